"""The audience of a broadcast, as text and as buttons."""

from collections.abc import Iterable

from bot.actions.broadcast_drafts import BroadcastDraft
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import delivery_results, parts
from course.cohorts.audiences import Audience, AudienceFilter
from course.cohorts.placeholders import visible_text
from course.limits import utf16_units
from course.statistics.suppression import MIN_PEOPLE
from storage.broadcasts import Broadcast
from storage.cohorts import Cohort

COHORTS_PAGE_SIZE = 4
_MAX_LANGUAGES = 6
_MAX_LABEL_LENGTH = 40
SILENCE_DAYS = (3, 7, 14, 30)
"""Days of silence that are offered."""


def cohort_choice(_: Translator, draft: BroadcastDraft, page: int = 0) -> Reply:
    """Choice of cohorts, one page at a time.

    Args:
        page: from 0; a page beyond the end gives the first.
    """
    to = draft.broadcast.audience
    page = page if page * COHORTS_PAGE_SIZE < len(draft.available_cohorts) else 0
    begin = page * COHORTS_PAGE_SIZE
    rows: Rows = tuple(
        (toggle_button(_, one.name, one.id in (to.cohorts or ()), "cohort", draft, str(one.id)),)
        for one in draft.available_cohorts[begin : begin + COHORTS_PAGE_SIZE]
    )
    if draft.is_admin:
        rows = (*rows, (toggle_button(_, _("Everybody"), to.cohorts is None, "all", draft),))
    if len(draft.available_cohorts) > COHORTS_PAGE_SIZE:
        rows = (*rows, (broadcast_button(_("More cohorts"), "whom", draft, str(page + 1)),))
    last = (
        broadcast_button(_("Only some of them"), "some", draft),
        done_button(_, draft, with_preview=True),
    )
    return Reply(_question_text(_, _("Who should get it?"), draft), (*rows, last))


def page_of(draft: BroadcastDraft, cohort: int) -> int:
    """The page of `cohort_choice` that has this cohort."""
    known = [one.id for one in draft.available_cohorts]
    return known.index(cohort) // COHORTS_PAGE_SIZE if cohort in known else 0


def filter_choice(_: Translator, draft: BroadcastDraft) -> Reply:
    """Choice of filters: which people in the cohorts."""
    to = draft.broadcast.audience
    switches = [
        toggle_button(_, filter_text(_, one, to), one in to.filters, "narrow", draft, one.value)
        for one in AudienceFilter
        if one is not AudienceFilter.SILENT
    ]
    silent = AudienceFilter.SILENT in to.filters
    label = filter_text(_, AudienceFilter.SILENT, to) if silent else _("silent for days")
    switches.append(toggle_button(_, label, silent, "silent", draft))
    spoken = _("language") if to.language is None else _language_text(_, to.language)
    switches.append(toggle_button(_, spoken, to.language is not None, "language", draft))
    rows = tuple(tuple(switches[at : at + 2]) for at in range(0, len(switches), 2))
    return Reply(
        _question_text(_, _("Only people who are ..."), draft),
        (*rows[:-1], (*rows[-1], _back_button(_, draft))),
    )


def silence_choice(_: Translator, draft: BroadcastDraft) -> Reply:
    """Choice of the number of silent days."""
    to = draft.broadcast.audience
    is_chosen = AudienceFilter.SILENT in to.filters
    days = tuple(
        toggle_button(
            _, _.number(one), is_chosen and to.silent_days == one, "silent", draft, str(one)
        )
        for one in SILENCE_DAYS
    )  # fmt: skip
    rows: Rows = (days[:2], days[2:])
    if is_chosen:
        either = broadcast_button(_("Silent or not"), "narrow", draft, AudienceFilter.SILENT.value)
        rows = (*rows, (either,))
    text = parts.join_paragraphs(
        parts.bold(_("Silent for how many days?")),
        _("People who began, have not finished and did nothing for so long. You can also type it."),
    )
    return Reply(text, (*rows, (broadcast_button(_("Back"), "some", draft),)))


def language_choice(_: Translator, draft: BroadcastDraft, spoken: Iterable[str]) -> Reply:
    """Choice of the language of people's Telegram.

    Args:
        spoken: the languages of the audience, most frequent first.
    """
    to = draft.broadcast.audience
    chosen = () if to.language is None else (to.language,)
    offered = tuple(dict.fromkeys((*chosen, *spoken)))[:_MAX_LANGUAGES]
    switches = [
        toggle_button(_, _language_text(_, one), to.language == one, "language", draft, one)
        for one in offered
    ]
    rows = tuple(tuple(switches[at : at + 2]) for at in range(0, len(switches), 2))
    text = parts.join_paragraphs(
        parts.bold(_("Which language?")),
        _("This is the language of their Telegram, as far as it tells me."),
        _.ngettext(
            "I offer only what at least {number} person has, so that nobody can be made out.",
            "I offer only what at least {number} people have, so that nobody can be made out.",
            MIN_PEOPLE,
        ),
    )
    return Reply(text, (*rows, (broadcast_button(_("Back"), "some", draft),)))


def too_few_speakers(_: Translator) -> str:
    """So few people with one language are not written to."""
    return _.ngettext(
        "Fewer than {number} person would get this in that language. I write to people by their"
        " language only where at least {number} has it, so that nobody can be made out.",
        "Fewer than {number} people would get this in that language. I write to people by their"
        " language only where at least {number} have it, so that nobody can be made out.",
        MIN_PEOPLE,
    )


def _question_text(_: Translator, question: str, draft: BroadcastDraft) -> str:
    return parts.join_paragraphs(
        too_few_speakers(_) if draft.too_few else None,
        parts.bold(question),
        _("Now: {audience}", audience=draft_audience(_, draft)),
        recipients_text(_, draft) if draft.audience_count else None,
    )


def _back_button(_: Translator, draft: BroadcastDraft) -> Button:
    return broadcast_button(_("Back"), "whom", draft)


def draft_audience(_: Translator, draft: BroadcastDraft) -> str:
    """The audience of a draft in half a line; safe in HTML."""
    return audience_text(_, draft.broadcast.audience, draft.cohorts)


def audience_text(_: Translator, audience: Audience, cohorts: Iterable[Cohort]) -> str:
    """An audience in half a line; safe in HTML."""
    names = [parts.safe_name(one.name) for one in cohorts]
    who = (
        _("everybody")
        if audience.cohorts is None
        else parts.join_words(_, names)
        if names
        else _("nobody")
    )
    narrowed = [filter_text(_, one, audience) for one in AudienceFilter if one in audience.filters]
    if audience.language is not None:
        narrowed.append(_language_text(_, audience.language))
    return " · ".join((who, ", ".join(narrowed))) if narrowed else who


def filter_text(_: Translator, audience_filter: AudienceFilter, audience: Audience) -> str:
    """What the people matching a filter have in common."""
    match audience_filter:
        case AudienceFilter.NOT_STARTED:
            return _("not started")
        case AudienceFilter.NOT_FINISHED:
            return _("not finished")
        case AudienceFilter.FINISHED:
            return _("finished")
        case AudienceFilter.BEHIND:
            return _("behind the schedule")
        case AudienceFilter.STUCK:
            return _("stuck at a question")
        case AudienceFilter.SILENT:
            return _.ngettext(
                "silent for {number} day", "silent for {number} days", audience.silent_days
            )


def recipients_text(_: Translator, draft: BroadcastDraft) -> str:
    """How many people get it, and how many are left out for which reason."""
    counted = draft.audience_count
    assert counted is not None, "asked for only when something is to be sent"
    lines = [_.ngettext("{number} person.", "{number} people.", counted.reached)]
    if counted.later and draft.broadcast.local_hour is None:
        lines.append(
            _.ngettext(
                "{number} of them in the morning, as it is night there.",
                "{number} of them in the morning, as it is night there.",
                counted.later,
            )
        )
    if counted.excluded:
        words = delivery_results.exclusion_text(_, counted.excluded)
        lines.append(_("Left out: {reasons}.", reasons=", ".join(words)))
    return " ".join(lines)


def excerpt(broadcast: Broadcast, limit: int = 40) -> str:
    """The beginning of a broadcast's text, on one line; safe in HTML."""
    line = " ".join(visible_text(broadcast.content.html).split())
    short = line if utf16_units(line) <= limit else f"{line[: limit - 1].rstrip()}…"
    return parts.plain_text(short)


def broadcast_button(
    label: str, what: str, subject: BroadcastDraft | Broadcast | None, value: str = ""
) -> Button:
    """A button about a broadcast."""
    known = subject.broadcast if isinstance(subject, BroadcastDraft) else subject
    return parts.button(label, ManagePress("b", what, known.id if known else 0, value))


def toggle_button(
    _: Translator, label: str, on: bool, what: str, draft: BroadcastDraft, value: str = ""
) -> Button:
    """A button that shows whether its option is chosen."""
    if not on:
        return broadcast_button(_shorten(label, _MAX_LABEL_LENGTH), what, draft, value)
    room = _MAX_LABEL_LENGTH - len(_("{label}: chosen", label=""))
    return broadcast_button(_("{label}: chosen", label=_shorten(label, room)), what, draft, value)


def audience_button(_: Translator, draft: BroadcastDraft) -> Button:
    """Opens the choice of the audience."""
    return broadcast_button(_("Whom"), "whom", draft)


def cancel_button(_: Translator, draft: BroadcastDraft) -> Button:
    """Cancels the broadcast."""
    return broadcast_button(_("Cancel"), "cancel", draft)


def done_button(_: Translator, draft: BroadcastDraft, *, with_preview: bool = False) -> Button:
    """Returns to the summary.

    Args:
        with_preview: send a new preview too, since it may look different now.
    """
    return broadcast_button(_("Done"), "look", draft, "anew" if with_preview else "")


def _shorten(label: str, limit: int) -> str:
    return label if len(label) <= limit else f"{label[: limit - 1].rstrip()}…"


def _language_text(_: Translator, code: str) -> str:
    return _("language: {code}", code=code)
