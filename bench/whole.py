"""The whole bot as `tutorbot run` runs it, without rate limits.

The lanes still give every message its turn; Telegram's 30 a second would only make it wait.
"""

import asyncio
import sys

from bot.bot_api.rate_limits import Rates
from bot.course_files import load_course
from bot.serve import serve
from bot.settings import load_settings

_UNLIMITED = Rates(per_second=1_000_000, burst=1_000_000, group_per_minute=1_000_000)


def main() -> int:
    """Serve until a signal; return the exit code."""
    settings = load_settings()
    return asyncio.run(serve(settings, load_course(settings.course), rates=_UNLIMITED))


if __name__ == "__main__":
    sys.exit(main())
