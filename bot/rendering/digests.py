"""The daily digest of a facilitator; without names, as it may show on a locked screen."""

from collections.abc import Sequence

from bot.actions.digests import CohortNews, DigestMessage
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.mistake_reports import waiting_reports
from course.cohorts.digests import OFFERED_HOURS
from course.cohorts.radar import Concern

_MAX_COHORTS = 5


def digest_message(_: Translator, found: DigestMessage) -> Reply:
    """What is new, by cohort."""
    text = parts.join_paragraphs(
        _("Your daily summary"),
        *(_cohort(_, one) for one in found.news),
        waiting_reports(_, found.mistake_reports),
        _("It comes only when something is new."),
    )
    rows = tuple(
        (
            parts.button(
                _("Radar") if len(found.news) == 1 else one.cohort.name,
                ManagePress("d", "list", one.cohort.id),
            ),
        )
        for one in found.news[:_MAX_COHORTS]
    )
    setting = (
        parts.button(_("Another time"), ManagePress("d", "hours")),
        parts.button(_("Turn it off"), ManagePress("d", "hour", 0, "off")),
    )
    return Reply(text, (*rows, setting))


def digest_hours(_: Translator, found: Sequence[tuple[str, int | None]]) -> Reply:
    """When the digest is sent, and the hours to choose from."""
    if not found:
        return Reply(_("You facilitate no cohort yet. /newcohort makes one."))
    chosen = {hour for _name, hour in found}
    text = parts.join_paragraphs(
        parts.bold(_("The daily summary")),
        _("It tells how many people may need you and how many questions wait, without names."),
        _current_hour(_, chosen),
    )
    times = tuple(
        parts.button(_.time(hour * 60), ManagePress("d", "hour", 0, str(hour)))
        for hour in OFFERED_HOURS
    )
    off = parts.button(_("Turn it off"), ManagePress("d", "hour", 0, "off"))
    return Reply(text, (times,) if chosen == {None} else (times, (off,)))


def _current_hour(_: Translator, chosen: set[int | None]) -> str:
    if len(chosen) > 1:
        return _("It comes at different times for your cohorts. Choose one time for all.")
    (hour,) = chosen
    if hour is None:
        return _("It is off. When should it come?")
    return _(
        "It comes at {time} by the clock of the cohort, if something is new.",
        time=_.time(hour * 60),
    )


def _cohort(_: Translator, one: CohortNews) -> str:
    lines = [parts.bold(parts.safe_name(one.cohort.name))]
    lines += [_count(_, concern, one.concerns[concern]) for concern in Concern
              if one.concerns[concern]]  # fmt: skip
    if one.waiting_questions:
        lines.append(
            _.ngettext(
                "{number} question waits for an answer",
                "{number} questions wait for an answer",
                one.waiting_questions,
            )
        )
    return "\n".join(lines)


def _count(_: Translator, concern: Concern, count: int) -> str:
    match concern:
        case Concern.STUCK:
            return _.ngettext(
                "{number} person stuck at a question", "{number} people stuck at a question", count
            )
        case Concern.SILENT:
            return _.ngettext("{number} person silent", "{number} people silent", count)
        case Concern.BEHIND:
            return _.ngettext(
                "{number} person behind the schedule", "{number} people behind the schedule", count
            )
        case Concern.NOT_STARTED:
            return _.ngettext("{number} person not started", "{number} people not started", count)
        case Concern.UNREACHABLE:
            return _.ngettext(
                "{number} person cannot get messages now",
                "{number} people cannot get messages now",
                count,
            )
