"""The Telegram bot and its process: handlers, jobs and all network access."""

import os

# Makes python-telegram-bot return timedelta for durations, instead of a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")
