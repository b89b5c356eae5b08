"""`python -m simulator --port 8081` runs the simulator alone."""

import argparse

from simulator.server import run


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one")
    run(port=parser.parse_args().port)


if __name__ == "__main__":
    main()
