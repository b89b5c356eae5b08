"""The context that all handlers share, and how an update becomes an interaction."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from telegram import Update

from bot.actions.exports import Allowed
from bot.actions.learner_state import Services, Turn, Visit
from bot.callback_data import Manage
from bot.chart_renderer import Draughtsman
from bot.i18n import Voice, Voices, read_tag
from bot.inbox.duplicate_presses import DoubleTaps
from bot.messages import Response
from bot.rendering.status import Health
from course.model import Course, LearnerId
from storage.broadcasts import Broadcast, Content

# The key under which the inbox adds the time of receipt to an update (UTC milliseconds).
RECEIVED_AT = "tutorbot_received_at"


def _nobody() -> None:
    """Wake nothing: there is no outbox."""


def _nothing(_broadcast: int) -> None:
    """Notify nobody."""


def _makes_none(_turn: Turn, _message: int, _form: str, _allowed: Allowed) -> bool:
    """Start no export: there is no export sender."""
    return False


@dataclass(slots=True)
class Desk:
    """The services, the translators, and what else handlers need.

    Attributes:
        operator_contact: whom learners can ask; `None` when the operator has not set it.
        version: of the program.
        bot_username: the bot's username without the @; known once it is connected.
        chart_renderer: renders charts of the figures.
        wake_outbox: tells the outbox that something may be due now.
        notify_broadcast_changed: called with the id of a broadcast that somebody has changed.
        start_export: starts an export for a person; false while another one of theirs is running.
        measure_health: measures how the process is, given the last recount.
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
        """The course that is taught."""
        return self.services.course

    def voice(self, here: Visit) -> Voice:
        """The translator for this learner."""
        return self.voices.of(here.turn.language or _stored(here), plain=here.plain)

    def previews(self, person: LearnerId, broadcast: Broadcast) -> None:
        """Remember which content of a broadcast a person was shown."""
        self._previews[person] = broadcast.id, broadcast.content

    def has_seen(self, person: LearnerId, broadcast: Broadcast) -> bool:
        """Whether a broadcast's current content is what the person was shown last.

        Kept in memory: false after a restart.
        """
        return self._previews.get(person) == (broadcast.id, broadcast.content)


OnPress: TypeAlias = Callable[[Desk, Turn, Manage], Awaitable[Response | None]]
"""Handles a button of facilitators or admins; `None` when it is not theirs to use."""


def turn_of(update: Update) -> Turn:
    """The interaction that an update is; `update` must have a sender."""
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
