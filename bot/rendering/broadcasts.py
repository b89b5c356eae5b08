"""A broadcast as one learner gets it: placeholders filled, its buttons underneath."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts, reminders
from bot.rendering.dates import date_and_time
from course import local_time
from course.cohorts import placeholders
from course.cohorts.names import MAX_NAME_LENGTH
from course.cohorts.placeholders import Placeholder
from course.learning.progress import Progress
from course.learning.reading_time import minutes_left
from course.limits import MAX_CAPTION_UNITS, MAX_MESSAGE_BYTES, MAX_MESSAGE_UNITS, utf8_bytes
from course.model import Course
from storage.broadcasts import AnswerButton, Broadcast, BroadcastContent, ContinueButton, LinkButton

# The longest values. A character of a name may be two of the units that Telegram counts, and
# isolating right-to-left text takes two more; the day is a Wednesday in September.
_WIDEST_NAME = "\U0001f600" * MAX_NAME_LENGTH + "  "
_WIDEST_PLACE = "w" * 80
_LONGEST_DAY = 1_884_686_340_000

PlaceholderValues = dict[Placeholder, str | None]


@dataclass(frozen=True, slots=True)
class Recipient:
    """The learner whose values fill the placeholders of a text.

    Attributes:
        name: as they want to be called; `None` when they chose none.
        deadline: of their cohort, in UTC milliseconds.
        zone: the time zone in which the deadline is shown; `None` for UTC, which is then named.
    """

    progress: Progress
    name: str | None = None
    deadline: int | None = None
    zone: str | None = None


def broadcast_message(
    _: Translator, course: Course, broadcast: Broadcast, recipient: Recipient
) -> Reply:
    """The message to one learner."""
    content = broadcast.content
    return Reply(
        fill_for_learner(_, course, content.html, recipient),
        tuple((_button(_, broadcast, number),) for number in range(len(content.buttons))),
        photo_file_id=content.photo,
        document_file_id=content.document,
    )


def fill_for_learner(_: Translator, course: Course, html: str, recipient: Recipient) -> str:
    """A text with its placeholders filled for a learner."""
    is_plain = not placeholders.find_placeholders(html)
    values: PlaceholderValues = {} if is_plain else _values(_, course, recipient)
    return placeholders.fill_placeholders(html, values, _fallbacks(_))


def max_length(content: BroadcastContent) -> int:
    """The most units, as Telegram counts them, of a text with its placeholders filled."""
    return MAX_CAPTION_UNITS if content.has_file else MAX_MESSAGE_UNITS


def longest_length(translators: Iterable[Translator], content: BroadcastContent) -> int:
    """The longest it can become with its placeholders filled, in any language."""
    return max(_longest_filled(_, content.html) for _ in translators)


def has_too_many_bytes(content: BroadcastContent) -> bool:
    """Whether Telegram may refuse it for its bytes, however few characters are visible."""
    return utf8_bytes(content.html) > MAX_MESSAGE_BYTES // 2


def _longest_filled(_: Translator, html: str) -> int:
    instead = _fallbacks(_)
    most = {
        Placeholder.NAME: _WIDEST_NAME,
        Placeholder.NEXT_LESSON: _WIDEST_PLACE,
        Placeholder.MINUTES_LEFT: _.number(9_999),
        Placeholder.DEADLINE: _deadline(_, _LONGEST_DAY, None),
    }
    values: PlaceholderValues = {
        key: max(words, instead[key], key=placeholders.visible_length)
        for key, words in most.items()
    }
    return placeholders.visible_length(placeholders.fill_placeholders(html, values, instead))


def _values(_: Translator, course: Course, recipient: Recipient) -> PlaceholderValues:
    progress, deadline = recipient.progress, recipient.deadline
    return {
        Placeholder.NAME: recipient.name,
        Placeholder.NEXT_LESSON: reminders.next_position(_, course, progress),
        Placeholder.MINUTES_LEFT: _.number(minutes_left(course, progress)),
        Placeholder.DEADLINE: None if deadline is None else _deadline(_, deadline, recipient.zone),
    }


def _fallbacks(_: Translator) -> dict[Placeholder, str]:
    """The texts for values that are not known."""
    return {
        # Translators: how somebody is addressed who told no name, as in "Hello learner".
        Placeholder.NAME: _("learner"),
        Placeholder.NEXT_LESSON: _("the course"),
        Placeholder.MINUTES_LEFT: _.number(0),
        Placeholder.DEADLINE: _("no fixed day"),
    }


def _deadline(_: Translator, at: int, zone: str | None) -> str:
    there = local_time.to_local(zone or "UTC", at)
    return date_and_time(_, there, knows_zone=zone is not None)


def _button(_: Translator, broadcast: Broadcast, number: int) -> Button:
    match broadcast.content.buttons[number]:
        case ContinueButton():
            return parts.continue_button(_)
        case LinkButton(text, url):
            return Button(text, "", url)
        case AnswerButton(text):
            before = broadcast.content.buttons[:number]
            choice = sum(isinstance(one, AnswerButton) for one in before)
            return parts.button(text, ManagePress("v", "answer", broadcast.id, str(choice)))
