"""How long the process waits for others."""

import logging
from dataclasses import dataclass, field

from bot.bot_api.polling import PollWaits
from bot.inbox.retries import RetryWaits

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds that the process waits for others.

    Attributes:
        connect: between attempts to reach Telegram at startup.
        stop: for running work to finish on shutdown; all parts stop concurrently within this limit.
            deploy/tutorbot.service kills the process after twice as long.
    """

    connect: float = 5.0
    stop: float = 10.0
    retries: RetryWaits = field(default_factory=RetryWaits)
    polls: PollWaits = field(default_factory=PollWaits)
