"""The radar: who may need their facilitator, and why, with buttons to act on it."""

from collections.abc import Sequence

from bot.actions.radar import Radar, Shown
from bot.callback_data import Manage
from bot.i18n import Voice
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.cohorts import AT_A_TIME
from course.cohorts.learner_status import DAY, SILENT_DAYS
from course.cohorts.radar import NOT_STARTED_DAYS, Concern, Sighting
from course.model import Course
from storage.cohorts import Cohort


def page(_: Voice, course: Course, found: Radar) -> Reply:
    """A page of the radar, or of people whose concerns are handled."""
    text = parts.lines(
        parts.bold(_("Radar · {cohort}", cohort=parts.name(found.cohort.name))),
        _head(_, found),
        *(_person(_, course, found, number, one) for number, one in enumerate(found.people, 1)),
        _foot(_, found),
    )
    people = tuple(_buttons(_, found, number, one) for number, one in enumerate(found.people, 1))
    return Reply(text, tuple(row for row in (*people, _turning(_, found)) if row))


def choose(_: Voice, mine: Sequence[Cohort]) -> Reply:
    """Asks which cohort's radar to show."""
    if not mine:
        return Reply(_("You have no cohort yet. /newcohort makes one."))
    text = parts.lines(
        parts.bold(_("Radar")),
        _("Which cohort? /radar with a name behind it opens that one."),
    )
    return Reply(text, tuple((button(one.name, "list", one.id),) for one in mine[:AT_A_TIME]))


def dealt_with(_: Voice) -> str:
    """Toast: the concern was handled, or no longer exists."""
    return _("Somebody has dealt with this, or it is no longer so. /radar shows how it is now.")


def seen(_: Voice, called: str) -> str:
    """Toast: somebody was taken off the radar."""
    return _("{name} comes back when something happens anew.", name=called)


def why(_: Voice, course: Course, found: Sighting, now: int) -> str:
    """One reason, in half a line."""
    days = (now - found.since) // DAY
    match found.concern:
        case Concern.STUCK:
            words = _.ngettext(
                "stuck: missed one question {number} time",
                "stuck: missed one question {number} times",
                found.misses,
            )
            where = _where(_, course, found)
            return f"{words} ({where})" if where else words
        case Concern.SILENT:
            return _.ngettext(
                "silent for {number} day", "silent for {number} days", days + SILENT_DAYS
            )
        case Concern.NOT_STARTED:
            return _.ngettext(
                "not started for {number} day",
                "not started for {number} days",
                days + NOT_STARTED_DAYS,
            )
        case Concern.BEHIND:
            return _("behind: at this pace the deadline comes first")
        case Concern.UNREACHABLE:
            return _("cannot get messages now")


def button(label: str, what: str, number: int = 0, value: str = "") -> Button:
    """A button of the radar."""
    return parts.button(label, Manage("d", what, number, value))


def _head(_: Voice, found: Radar) -> str:
    if found.dealt_with:
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


def _person(_: Voice, course: Course, found: Radar, number: int, one: Shown) -> str:
    reasons = [why(_, course, each, found.now) for each in one.sightings]
    name = parts.bold(parts.name(one.called))
    return f"{_.number(number)}. {name}\n" + "\n".join(reasons)


def _foot(_: Voice, found: Radar) -> str | None:
    words = []
    if found.waiting:
        words.append(
            _.ngettext(
                "{number} question waits for an answer.",
                "{number} questions wait for an answer.",
                found.waiting,
            )
        )
    if not found.dealt_with:
        words.append(_("/digest sets when I tell you of what is new."))
    return " ".join(words) or None


def _buttons(_: Voice, found: Radar, number: int, one: Shown) -> tuple[Button, ...]:
    shown = _.number(number)
    again = found.dealt_with
    tell = button(
        _("{number} · Write again", number=shown) if again else _("{number} · Write", number=shown),
        "again" if again else "write",
        one.membership,
    )
    seen_button = button(
        _("{number} · Seen", number=shown), "seen", one.membership, str(found.number)
    )
    return (*((tell,) if one.can_be_told else ()), *(() if again else (seen_button,)))


def _turning(_: Voice, found: Radar) -> tuple[Button, ...]:
    """At most two buttons, since each of three people has two of its own."""
    cohort, what = found.cohort.id, "dealt" if found.dealt_with else "list"
    back = (button(_("Earlier"), what, cohort, str(found.number - 1)),) if found.number else ()
    forth = () if found.is_last else (button(_("More"), what, cohort, str(found.number + 1)),)
    if found.dealt_with:
        return (*back, *forth, button(_("Back"), "list", cohort))
    if not back and found.waiting:
        back = (parts.button(_("Questions"), Manage("q", "list", cohort)),)
    if not forth and found.others:
        forth = (button(_("Dealt with"), "dealt", cohort),)
    return (*back, *forth)


def _where(_: Voice, course: Course, found: Sighting) -> str | None:
    place = course.place_of(found.question) if found.question else None
    if place is None:
        return None
    return _(
        "Module {module}, lesson {lesson} of {lessons}",
        module=_.number(place.module_number),
        lesson=_.number(place.lesson_number or 1),
        lessons=_.number(place.lessons_total),
    )
