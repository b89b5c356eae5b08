"""The radar: who may need their facilitator, and why, with buttons to act on it."""

from collections.abc import Sequence

from bot.actions.radar import RadarEntry, RadarPage
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts, positions
from bot.rendering.cohorts import PAGE_SIZE
from bot.rendering.paging import page_buttons
from course.cohorts.learner_status import SILENT_DAYS
from course.cohorts.radar import NOT_STARTED_DAYS, Concern, RadarAlert
from course.local_time import DAY
from course.model import Course
from storage.cohorts import Cohort


def radar_page(_: Translator, course: Course, found: RadarPage) -> Reply:
    """A page of the radar, or of people whose concerns are handled."""
    text = parts.join_paragraphs(
        parts.bold(_("Radar · {cohort}", cohort=parts.safe_name(found.cohort.name))),
        _heading(_, found),
        *(_person(_, course, found, number, one) for number, one in enumerate(found.entries, 1)),
        _foot(_, found),
    )
    people = tuple(_buttons(_, found, number, one) for number, one in enumerate(found.entries, 1))
    return Reply(text, tuple(row for row in (*people, _page_buttons(_, found)) if row))


def which_cohort(_: Translator, mine: Sequence[Cohort]) -> Reply:
    """Asks which cohort's radar to show."""
    if not mine:
        return Reply(_("You have no cohort yet. /newcohort makes one."))
    text = parts.join_paragraphs(
        parts.bold(_("Radar")),
        _("Which cohort? /radar with a name behind it opens that one."),
    )
    return Reply(text, tuple((radar_button(one.name, "list", one.id),) for one in mine[:PAGE_SIZE]))


def already_handled(_: Translator) -> str:
    """Toast: the concern was handled, or no longer exists."""
    return _("Somebody has dealt with this, or it is no longer so. /radar shows how it is now.")


def marked_handled(_: Translator, called: str) -> str:
    """Toast: somebody was taken off the radar."""
    return _("{name} comes back when something happens anew.", name=called)


def concern_text(_: Translator, course: Course, found: RadarAlert, now: int) -> str:
    """One reason, in half a line."""
    days = (now - found.since) // DAY
    match found.concern:
        case Concern.STUCK:
            return _stuck_text(_, course, found)
        case Concern.SILENT:
            days += SILENT_DAYS
            return _.ngettext("silent for {number} day", "silent for {number} days", days)
        case Concern.NOT_STARTED:
            days += NOT_STARTED_DAYS
            return _.ngettext("not started for {number} day", "not started for {number} days", days)
        case Concern.BEHIND:
            return _("behind: at this pace the deadline comes first")
        case Concern.UNREACHABLE:
            return _("cannot get messages now")


def _stuck_text(_: Translator, course: Course, found: RadarAlert) -> str:
    words = _.ngettext(
        "stuck: missed one question {number} time",
        "stuck: missed one question {number} times",
        found.misses,
    )
    place = course.position_of(found.question) if found.question else None
    return f"{words} ({positions.position_in_module(_, place)})" if place else words


def radar_button(label: str, what: str, number: int = 0, value: str = "") -> Button:
    """A button of the radar."""
    return parts.button(label, ManagePress("d", what, number, value))


def _heading(_: Translator, found: RadarPage) -> str:
    if found.shows_handled:
        return _.ngettext(
            "{number} person was dealt with. They come back when something happens anew.",
            "{number} people were dealt with. They come back when something happens anew.",
            found.total,
        )
    if not found.total:
        return _("Nobody needs you at this moment.")
    return _.ngettext(
        "{number} person may need you.", "{number} people may need you, the newest first.",
        found.total,
    )  # fmt: skip


def _person(_: Translator, course: Course, found: RadarPage, number: int, one: RadarEntry) -> str:
    reasons = [concern_text(_, course, each, found.now) for each in one.alerts]
    name = parts.bold(parts.safe_name(one.display_name))
    return f"{_.number(number)}. {name}\n" + "\n".join(reasons)


def _foot(_: Translator, found: RadarPage) -> str | None:
    words = []
    if found.waiting_questions:
        words.append(
            _.ngettext(
                "{number} question waits for an answer.",
                "{number} questions wait for an answer.",
                found.waiting_questions,
            )
        )
    if not found.shows_handled:
        words.append(_("/digest sets when I tell you of what is new."))
    return " ".join(words) or None


def _buttons(_: Translator, found: RadarPage, number: int, one: RadarEntry) -> tuple[Button, ...]:
    shown = _.number(number)
    again = found.shows_handled
    tell = radar_button(
        _("{number} · Write again", number=shown) if again else _("{number} · Write", number=shown),
        "again" if again else "write",
        one.membership,
    )
    seen_button = radar_button(
        _("{number} · Seen", number=shown), "seen", one.membership, str(found.number)
    )
    return (*((tell,) if one.can_be_messaged else ()), *(() if again else (seen_button,)))


def _page_buttons(_: Translator, found: RadarPage) -> tuple[Button, ...]:
    """At most two buttons, since each of three people has two of its own."""
    cohort, what = found.cohort.id, "dealt" if found.shows_handled else "list"
    turning = page_buttons(
        _,
        found.number,
        lambda label, number: radar_button(label, what, cohort, number),
        is_last=found.is_last,
    )
    if found.shows_handled:
        return (*turning, radar_button(_("Back"), "list", cohort))
    questions = parts.button(_("Questions"), ManagePress("q", "list", cohort))
    before = (questions,) if not found.number and found.waiting_questions else ()
    handled = radar_button(_("Dealt with"), "dealt", cohort)
    after = (handled,) if found.is_last and found.handled_count else ()
    return (*before, *turning, *after)
