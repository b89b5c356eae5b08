"""The audience of a broadcast, as text and as buttons."""

from collections.abc import Iterable

from bot.actions.broadcast_drafts import BroadcastDraft
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import delivery_results, parts
from bot.rendering.broadcast_buttons import broadcast_button, done_button, toggle_button
from bot.rendering.paging import cut_page
from course.cohorts.audiences import Audience, AudienceFilter
from course.cohorts.placeholders import visible_text
from course.limits import utf16_units
from course.statistics.suppression import MIN_PEOPLE
from storage.broadcasts import Broadcast
from storage.cohorts import Cohort

COHORTS_PAGE_SIZE = 4
_MAX_LANGUAGES = 6
SILENCE_DAYS = (3, 7, 14, 30)
"""Days of silence that are offered."""


def cohort_choice(_: Translator, draft: BroadcastDraft, page: int = 0) -> Reply:
    """Choice of cohorts; page by page from 0, and a page beyond the end gives the first."""
    chosen = draft.broadcast.audience.cohorts
    shown = cut_page(draft.available_cohorts, page, COHORTS_PAGE_SIZE)
    offered = [
        toggle_button(_, one.name, one.id in (chosen or ()), "cohort", draft, str(one.id))
        for one in shown.items
    ]
    if draft.is_admin:
        offered.append(toggle_button(_, _("Everybody"), chosen is None, "all", draft))
    if len(draft.available_cohorts) > COHORTS_PAGE_SIZE:
        more = broadcast_button(_("More cohorts"), "whom", draft, str(shown.number + 1))
        offered.append(more)
    narrow = broadcast_button(_("Only some of them"), "some", draft)
    last = (narrow, done_button(_, draft, with_preview=True))
    return Reply(_question_text(_, _("Who should get it?"), draft), (*parts.column(offered), last))


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
    spoken = _("language") if to.language is None else _language_text(_, to.language)
    switches.append(toggle_button(_, label, silent, "silent", draft))
    switches.append(toggle_button(_, spoken, to.language is not None, "language", draft))
    rows = parts.rows_of(2, [*switches, broadcast_button(_("Back"), "whom", draft)])
    return Reply(_question_text(_, _("Only people who are ..."), draft), rows)


def silence_choice(_: Translator, draft: BroadcastDraft) -> Reply:
    """Choice of the number of silent days."""
    to = draft.broadcast.audience
    is_chosen = AudienceFilter.SILENT in to.filters
    days = [
        toggle_button(_, _.number(n), is_chosen and to.silent_days == n, "silent", draft, str(n))
        for n in SILENCE_DAYS
    ]
    either = broadcast_button(_("Silent or not"), "narrow", draft, AudienceFilter.SILENT.value)
    text = parts.join_paragraphs(
        parts.bold(_("Silent for how many days?")),
        _("People who began, have not finished and did nothing for so long. You can also type it."),
    )
    last = (_back_to_filters(_, draft),)
    return Reply(text, parts.filled(*parts.rows_of(2, days), (either,) if is_chosen else (), last))


def language_choice(_: Translator, draft: BroadcastDraft, spoken: Iterable[str]) -> Reply:
    """Choice of the language of people's Telegram, of those that are `spoken`, in this order."""
    chosen = draft.broadcast.audience.language
    offered = list(dict.fromkeys(one for one in (chosen, *spoken) if one is not None))
    switches = [
        toggle_button(_, _language_text(_, one), chosen == one, "language", draft, one)
        for one in offered[:_MAX_LANGUAGES]
    ]
    rows = (*parts.rows_of(2, switches), (_back_to_filters(_, draft),))
    return Reply(_language_question(_), rows)


def _language_question(_: Translator) -> str:
    return parts.join_paragraphs(
        parts.bold(_("Which language?")),
        _("This is the language of their Telegram, as far as it tells me."),
        _.ngettext(
            "I offer only what at least {number} person has, so that nobody can be made out.",
            "I offer only what at least {number} people have, so that nobody can be made out.",
            MIN_PEOPLE,
        ),
    )


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
        recipients_text(_, draft) if draft.reach else None,
    )


def _back_to_filters(_: Translator, draft: BroadcastDraft) -> Button:
    return broadcast_button(_("Back"), "some", draft)


def draft_audience(_: Translator, draft: BroadcastDraft) -> str:
    """The audience of a draft in half a line; safe in HTML."""
    return audience_text(_, draft.broadcast.audience, draft.cohorts)


def audience_text(_: Translator, audience: Audience, cohorts: Iterable[Cohort]) -> str:
    """An audience in half a line; safe in HTML."""
    names = [parts.safe_name(one.name) for one in cohorts]
    some = parts.join_words(_, names) if names else _("nobody")
    who = _("everybody") if audience.cohorts is None else some
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
    counted = draft.reach
    assert counted is not None, "asked for only when it is for somebody"
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


def _language_text(_: Translator, code: str) -> str:
    return _("language: {code}", code=code)
