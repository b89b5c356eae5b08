"""The context that all handlers share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.actions.exports import ExportPermission
from bot.actions.learner_state import Interaction, LearnerState, Services
from bot.callback_data import ManagePress
from bot.chart_renderer import ChartRenderer
from bot.i18n import Translator, Translators
from bot.inbox.duplicate_presses import DuplicatePresses
from bot.messages import Response
from bot.rendering.status import Health
from course.model import Course, LearnerId
from storage.broadcasts import Broadcast, BroadcastContent
from storage.course_search import CourseSearch


@dataclass(slots=True)
class Context:
    """The services, the translators, and what else handlers need.

    Attributes:
        operator_contact: whom learners can ask; `None` when the operator has not set it.
        version: of the program.
        get_bot_username: the bot's username without the @, once it is connected.
        chart_renderer: renders charts of the figures.
        wake_outbox: tells the outbox that something may be due now.
        notify_broadcast_changed: called with the id of a broadcast that somebody has changed.
        start_export: starts an export for a person; false while another one of theirs is running.
        measure_health: measures how the process is, given the last recount.
        course_search: finds what the course says; built once, since a course changes by a restart.
    """

    services: Services
    translators: Translators
    operator_contact: str | None
    version: str
    get_bot_username: Callable[[], str]
    chart_renderer: ChartRenderer
    wake_outbox: Callable[[], None]
    notify_broadcast_changed: Callable[[int], None]
    start_export: Callable[[Interaction, int, str, ExportPermission], bool]
    measure_health: Callable[[tuple[int, int] | None], Health]
    _previews: dict[LearnerId, tuple[int, BroadcastContent]] = field(default_factory=dict)
    duplicate_presses: DuplicatePresses = field(default_factory=DuplicatePresses)
    course_search: CourseSearch = field(init=False)

    def __post_init__(self) -> None:
        self.course_search = CourseSearch(self.course)

    @property
    def bot_username(self) -> str:
        """The bot's username without the @, once it is connected."""
        return self.get_bot_username()

    @property
    def course(self) -> Course:
        """The course that is taught."""
        return self.services.course

    def translator(self, state: LearnerState) -> Translator:
        """The translator for this learner."""
        return self.translators.for_language(
            state.interaction.language or _stored_language(state), plain=state.plain
        )

    def translator_of(self, interaction: Interaction) -> Translator:
        """The translator for the language of the person's Telegram."""
        return self.translators.for_language(interaction.language)

    def remember_preview(self, person: LearnerId, broadcast: Broadcast) -> None:
        """Remember which content of a broadcast a person was shown."""
        self._previews[person] = broadcast.id, broadcast.content

    def has_seen_preview(self, person: LearnerId, broadcast: Broadcast) -> bool:
        """Whether a broadcast's current content is what the person was shown last.

        Kept in memory: false after a restart.
        """
        return self._previews.get(person) == (broadcast.id, broadcast.content)


PressHandler: TypeAlias = Callable[[Context, Interaction, ManagePress], Awaitable[Response | None]]
"""Handles a button of facilitators or admins; `None` when it is not theirs to use."""


def _stored_language(state: LearnerState) -> str | None:
    return None if state.learner is None else state.learner.language
