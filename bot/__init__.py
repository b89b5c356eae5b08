"""The Telegram bot and its process: everything that talks to people or to the outside."""

import os

# python-telegram-bot then gives times as timedelta, its future form, instead of warning each time.
os.environ.setdefault("PTB_TIMEDELTA", "1")
