"""`python -m charts`: reads an order as JSON, writes a PNG file, and ends."""

import sys

from pydantic import TypeAdapter

from charts.specs import Chart


def main() -> int:
    """The whole life of the process."""
    chart = TypeAdapter[Chart](Chart).validate_json(sys.stdin.buffer.read())
    from charts.painting import picture  # noqa: PLC0415 - an order that is no order costs nothing

    sys.stdout.buffer.write(picture(chart))
    return 0


if __name__ == "__main__":
    sys.exit(main())
