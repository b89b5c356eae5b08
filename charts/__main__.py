"""`python -m charts`: reads a chart spec as JSON from stdin, and writes a PNG file to stdout."""

import sys

from pydantic import TypeAdapter

from charts.specs import Chart


def main() -> int:
    """Render one chart; return the exit code."""
    chart = TypeAdapter[Chart](Chart).validate_json(sys.stdin.buffer.read())
    from charts.renderer import render_png  # noqa: PLC0415 - imported only for a valid spec

    sys.stdout.buffer.write(render_png(chart))
    return 0


if __name__ == "__main__":
    sys.exit(main())
