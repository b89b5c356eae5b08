"""What every handler works with, and how an update becomes a learner's turn."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from telegram import Update

from bot.actions.exporting import Allowed
from bot.actions.visits import Services, Turn, Visit
from bot.callbacks import Manage
from bot.charting import Draughtsman
from bot.double_taps import DoubleTaps
from bot.rendering.health import Health
from bot.replies import Response
from bot.voice import Voice, Voices, read_tag
from course.model import Course, LearnerId
from storage.broadcasts import Broadcast, Content

# Where the inbox notes, beside what Telegram sent, when it received an update (UTC milliseconds).
RECEIVED_AT = "tutorbot_received_at"


def _nobody() -> None:
    """There is no outbox to tell."""


def _nothing(_broadcast: int) -> None:
    """Nobody is told."""


def _makes_none(_turn: Turn, _message: int, _form: str, _allowed: Allowed) -> bool:
    """There is nobody who makes files."""
    return False


@dataclass(slots=True)
class Desk:
    """The services, the voices, and what the pages tell about the operator.

    Attributes:
        contact: whom learners can ask; `None` when the operator told nobody.
        version: of the program.
        username: the bot's name at Telegram, without the @; known once it is connected.
        draughtsman: draws pictures of the figures.
        wake: tells the outbox that something may be due now.
        broadcast_changed: told the number of a broadcast of which somebody has changed something.
        export: makes a file for somebody and sends it; false while one is being made for them.
        health: says how the process is, given the last recount.
    """

    services: Services
    voices: Voices
    contact: str | None
    version: str
    username: str = ""
    draughtsman: Draughtsman = field(default_factory=Draughtsman)
    wake: Callable[[], None] = _nobody
    broadcast_changed: Callable[[int], None] = _nothing
    export: Callable[[Turn, int, str, Allowed], bool] = _makes_none
    health: Callable[[tuple[int, int] | None], Health] | None = None
    _previews: dict[LearnerId, tuple[int, Content]] = field(default_factory=dict)
    double_taps: DoubleTaps = field(default_factory=DoubleTaps)

    @property
    def course(self) -> Course:
        """What is taught."""
        return self.services.course

    def voice(self, here: Visit) -> Voice:
        """How to speak to the learner of this visit."""
        return self.voices.of(here.turn.language or _stored(here), plain=here.plain)

    def previews(self, person: LearnerId, broadcast: Broadcast) -> None:
        """Somebody is shown what a broadcast says."""
        self._previews[person] = broadcast.id, broadcast.content

    def has_seen(self, person: LearnerId, broadcast: Broadcast) -> bool:
        """Whether what it says now is what they were shown last; a new process knows of nobody."""
        return self._previews.get(person) == (broadcast.id, broadcast.content)


OnPress: TypeAlias = Callable[[Desk, Turn, Manage], Awaitable[Response | None]]
"""Answers a button of somebody who leads or administers; `None` when it is none of theirs."""


def turn_of(update: Update) -> Turn:
    """Whose turn an update is; `update` must have a sender."""
    user = update.effective_user
    assert user is not None, "handlers are wired to updates of people"
    return Turn(
        LearnerId(user.id),
        read_tag(user.language_code),
        update.update_id,
        int(update.api_kwargs[RECEIVED_AT]),
    )


def _stored(here: Visit) -> str | None:
    return None if here.learner is None else here.learner.language
