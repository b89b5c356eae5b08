"""A broadcast as one learner gets it: placeholders filled, its buttons underneath."""

from collections.abc import Iterable

from bot.callback_data import Manage
from bot.i18n import Voice
from bot.messages import Button, Reply
from bot.rendering import parts, reminders
from course import local_time
from course.cohorts import placeholders
from course.cohorts.names import LONGEST_NAME
from course.cohorts.placeholders import Placeholder
from course.learning.progress import Progress
from course.learning.remaining_time import minutes_left
from course.limits import CAPTION_UNITS, MESSAGE_BYTES, MESSAGE_UNITS, size
from course.model import Course
from storage.broadcasts import Answer, Broadcast, Content, GoOn, Link

# The longest values. A character of a name may be two of the units that Telegram counts, and
# isolating right-to-left text takes two more; the day is a Wednesday in September.
_WIDEST_NAME = "\U0001f600" * LONGEST_NAME + "  "
_WIDEST_PLACE = "w" * 80
_LONGEST_DAY = 1_884_686_340_000

Values = dict[Placeholder, str | None]


def message(
    _: Voice,
    course: Course,
    broadcast: Broadcast,
    progress: Progress,
    name: str | None = None,
    deadline: int | None = None,
    zone: str | None = None,
) -> Reply:
    """The message to one learner.

    Args:
        name: as they want to be called; `None` when they chose none.
        deadline: of their cohort, in UTC milliseconds.
        zone: the time zone in which the deadline is shown; `None` for UTC, which is then named.
    """
    content = broadcast.content
    return Reply(
        filled(_, course, content.html, progress, name, deadline, zone),
        tuple((_button(_, broadcast, number),) for number in range(len(content.buttons))),
        photo=content.photo,
        document=content.document,
    )


def filled(
    _: Voice,
    course: Course,
    html: str,
    progress: Progress,
    name: str | None,
    deadline: int | None,
    zone: str | None,
) -> str:
    """A text with its placeholders filled for a learner; arguments as for `broadcast_message`."""
    values: Values = {}
    if placeholders.used(html):
        values = _values(_, course, progress, name, deadline, zone)
    return placeholders.filled(html, values, _instead(_))


def room(content: Content) -> int:
    """The most units, as Telegram counts them, of a text with its placeholders filled."""
    return CAPTION_UNITS if content.has_file else MESSAGE_UNITS


def longest(voices: Iterable[Voice], content: Content) -> int:
    """The longest it can become with its placeholders filled, in any language."""
    return max(_longest(_, content.html) for _ in voices)


def is_too_big(content: Content) -> bool:
    """Whether Telegram may refuse it for its bytes, however few characters are visible."""
    return size(content.html) > MESSAGE_BYTES // 2


def _longest(_: Voice, html: str) -> int:
    instead = _instead(_)
    most = {
        Placeholder.NAME: _WIDEST_NAME,
        Placeholder.NEXT_LESSON: _WIDEST_PLACE,
        Placeholder.MINUTES_LEFT: _.number(9_999),
        Placeholder.DEADLINE: _deadline(_, _LONGEST_DAY, None),
    }
    values: Values = {
        key: max(words, instead[key], key=placeholders.length) for key, words in most.items()
    }
    return placeholders.length(placeholders.filled(html, values, instead))


def _values(
    _: Voice,
    course: Course,
    progress: Progress,
    name: str | None,
    deadline: int | None,
    zone: str | None,
) -> Values:
    return {
        Placeholder.NAME: name,
        Placeholder.NEXT_LESSON: reminders.place(_, course, progress),
        Placeholder.MINUTES_LEFT: _.number(minutes_left(course, progress)),
        Placeholder.DEADLINE: None if deadline is None else _deadline(_, deadline, zone),
    }


def _instead(_: Voice) -> dict[Placeholder, str]:
    """The texts for values that are not known."""
    return {
        # Translators: how somebody is addressed who told no name, as in "Hello learner".
        Placeholder.NAME: _("learner"),
        Placeholder.NEXT_LESSON: _("the course"),
        Placeholder.MINUTES_LEFT: _.number(0),
        Placeholder.DEADLINE: _("no fixed day"),
    }


def _deadline(_: Voice, at: int, zone: str | None) -> str:
    there = local_time.local(zone or "UTC", at)
    return reminders.moment(_, there, knows_zone=zone is not None)


def _button(_: Voice, broadcast: Broadcast, number: int) -> Button:
    match broadcast.content.buttons[number]:
        case GoOn():
            return parts.continue_button(_)
        case Link(text, url):
            return Button(text, "", url)
        case Answer(text):
            before = broadcast.content.buttons[:number]
            choice = sum(isinstance(one, Answer) for one in before)
            return parts.button(text, Manage("v", "answer", broadcast.id, str(choice)))
