"""The audience of a broadcast, as text and as buttons."""

from collections.abc import Iterable

from bot.actions.broadcast_drafts import Composed
from bot.callback_data import Manage
from bot.i18n import Voice
from bot.messages import Button, Reply, Rows
from bot.rendering import delivery_results, parts
from course.cohorts.audiences import Audience, Narrowing
from course.cohorts.placeholders import visible
from course.limits import units
from course.statistics.suppression import FEWEST
from storage.broadcasts import Broadcast
from storage.cohorts import Cohort

COHORTS_AT_A_TIME = 4
_MOST_LANGUAGES = 6
_LONGEST_LABEL = 40
DAYS = (3, 7, 14, 30)
"""Days of silence that are offered."""


def whom(_: Voice, shown: Composed, page: int = 0) -> Reply:
    """Choice of cohorts, one page at a time.

    Args:
        page: from 0; a page beyond the end gives the first.
    """
    to = shown.broadcast.audience
    page = page if page * COHORTS_AT_A_TIME < len(shown.mine) else 0
    begin = page * COHORTS_AT_A_TIME
    rows: Rows = tuple(
        (switch(_, one.name, one.id in (to.cohorts or ()), "cohort", shown, str(one.id)),)
        for one in shown.mine[begin : begin + COHORTS_AT_A_TIME]
    )
    if shown.is_admin:
        rows = (*rows, (switch(_, _("Everybody"), to.cohorts is None, "all", shown),))
    if len(shown.mine) > COHORTS_AT_A_TIME:
        rows = (*rows, (button(_("More cohorts"), "whom", shown, str(page + 1)),))
    last = (button(_("Only some of them"), "some", shown), done(_, shown, anew=True))
    return Reply(_asked(_, _("Who should get it?"), shown), (*rows, last))


def page_of(shown: Composed, cohort: int) -> int:
    """The page of `cohort_choice` that has this cohort."""
    known = [one.id for one in shown.mine]
    return known.index(cohort) // COHORTS_AT_A_TIME if cohort in known else 0


def some(_: Voice, shown: Composed) -> Reply:
    """Choice of filters: which people in the cohorts."""
    to = shown.broadcast.audience
    switches = [
        switch(_, narrowing(_, one, to), one in to.narrowed, "narrow", shown, one.value)
        for one in Narrowing
        if one is not Narrowing.SILENT
    ]
    silent = Narrowing.SILENT in to.narrowed
    label = narrowing(_, Narrowing.SILENT, to) if silent else _("silent for days")
    switches.append(switch(_, label, silent, "silent", shown))
    spoken = _("language") if to.language is None else _language(_, to.language)
    switches.append(switch(_, spoken, to.language is not None, "language", shown))
    rows = tuple(tuple(switches[at : at + 2]) for at in range(0, len(switches), 2))
    return Reply(
        _asked(_, _("Only people who are ..."), shown), (*rows[:-1], (*rows[-1], _back(_, shown)))
    )


def silent(_: Voice, shown: Composed) -> Reply:
    """Choice of the number of silent days."""
    to = shown.broadcast.audience
    is_chosen = Narrowing.SILENT in to.narrowed
    days = tuple(
        switch(
            _, _.number(one), is_chosen and to.silent_days == one, "silent", shown, str(one)
        )
        for one in DAYS
    )  # fmt: skip
    rows: Rows = (days[:2], days[2:])
    if is_chosen:
        either = button(_("Silent or not"), "narrow", shown, Narrowing.SILENT.value)
        rows = (*rows, (either,))
    text = parts.lines(
        parts.bold(_("Silent for how many days?")),
        _("People who began, have not finished and did nothing for so long. You can also type it."),
    )
    return Reply(text, (*rows, (button(_("Back"), "some", shown),)))


def languages(_: Voice, shown: Composed, spoken: Iterable[str]) -> Reply:
    """Choice of the language of people's Telegram.

    Args:
        spoken: the languages of the audience, most frequent first.
    """
    to = shown.broadcast.audience
    chosen = () if to.language is None else (to.language,)
    offered = tuple(dict.fromkeys((*chosen, *spoken)))[:_MOST_LANGUAGES]
    switches = [
        switch(_, _language(_, one), to.language == one, "language", shown, one) for one in offered
    ]
    rows = tuple(tuple(switches[at : at + 2]) for at in range(0, len(switches), 2))
    text = parts.lines(
        parts.bold(_("Which language?")),
        _("This is the language of their Telegram, as far as it tells me."),
        _.ngettext(
            "I offer only what at least {number} person has, so that nobody can be made out.",
            "I offer only what at least {number} people have, so that nobody can be made out.",
            FEWEST,
        ),
    )
    return Reply(text, (*rows, (button(_("Back"), "some", shown),)))


def too_few(_: Voice) -> str:
    """So few people with one language are not written to."""
    return _.ngettext(
        "Fewer than {number} person would get this in that language. I write to people by their"
        " language only where at least {number} has it, so that nobody can be made out.",
        "Fewer than {number} people would get this in that language. I write to people by their"
        " language only where at least {number} have it, so that nobody can be made out.",
        FEWEST,
    )


def _asked(_: Voice, question: str, shown: Composed) -> str:
    return parts.lines(
        too_few(_) if shown.too_few else None,
        parts.bold(question),
        _("Now: {audience}", audience=audience(_, shown)),
        people(_, shown) if shown.counted else None,
    )


def _back(_: Voice, shown: Composed) -> Button:
    return button(_("Back"), "whom", shown)


def audience(_: Voice, shown: Composed) -> str:
    """The audience of a draft in half a line; safe in HTML."""
    return audience_of(_, shown.broadcast.audience, shown.cohorts)


def audience_of(_: Voice, to: Audience, cohorts: Iterable[Cohort]) -> str:
    """An audience in half a line; safe in HTML."""
    names = [parts.name(one.name) for one in cohorts]
    who = _("everybody") if to.cohorts is None else parts.listed(_, names) if names else _("nobody")
    narrowed = [narrowing(_, one, to) for one in Narrowing if one in to.narrowed]
    if to.language is not None:
        narrowed.append(_language(_, to.language))
    return " · ".join((who, ", ".join(narrowed))) if narrowed else who


def narrowing(_: Voice, which: Narrowing, to: Audience) -> str:
    """What the people matching a filter have in common."""
    match which:
        case Narrowing.NOT_STARTED:
            return _("not started")
        case Narrowing.NOT_FINISHED:
            return _("not finished")
        case Narrowing.FINISHED:
            return _("finished")
        case Narrowing.BEHIND:
            return _("behind the schedule")
        case Narrowing.STUCK:
            return _("stuck at a question")
        case Narrowing.SILENT:
            return _.ngettext("silent for {number} day", "silent for {number} days", to.silent_days)


def people(_: Voice, shown: Composed) -> str:
    """How many people get it, and how many are left out for which reason."""
    counted = shown.counted
    assert counted is not None, "asked for only when something is to be sent"
    lines = [_.ngettext("{number} person.", "{number} people.", counted.reached)]
    if counted.later and shown.broadcast.local_hour is None:
        lines.append(
            _.ngettext(
                "{number} of them in the morning, as it is night there.",
                "{number} of them in the morning, as it is night there.",
                counted.later,
            )
        )
    if counted.left_out:
        words = delivery_results.left_out(_, counted.left_out)
        lines.append(_("Left out: {reasons}.", reasons=", ".join(words)))
    return " ".join(lines)


def excerpt(broadcast: Broadcast, most: int = 40) -> str:
    """The beginning of a broadcast's text, on one line; safe in HTML."""
    line = " ".join(visible(broadcast.content.html).split())
    short = line if units(line) <= most else f"{line[: most - 1].rstrip()}…"
    return parts.plain_text(short)


def button(label: str, what: str, shown: Composed | Broadcast | None, value: str = "") -> Button:
    """A button about a broadcast."""
    known = shown.broadcast if isinstance(shown, Composed) else shown
    return parts.button(label, Manage("b", what, known.id if known else 0, value))


def switch(_: Voice, label: str, on: bool, what: str, shown: Composed, value: str = "") -> Button:
    """A button that shows whether its option is chosen."""
    if not on:
        return button(_short(label, _LONGEST_LABEL), what, shown, value)
    room = _LONGEST_LABEL - len(_("{label}: chosen", label=""))
    return button(_("{label}: chosen", label=_short(label, room)), what, shown, value)


def whom_button(_: Voice, shown: Composed) -> Button:
    """Opens the choice of the audience."""
    return button(_("Whom"), "whom", shown)


def cancel(_: Voice, shown: Composed) -> Button:
    """Cancels the broadcast."""
    return button(_("Cancel"), "cancel", shown)


def done(_: Voice, shown: Composed, *, anew: bool = False) -> Button:
    """Returns to the summary.

    Args:
        with_preview: send a new preview too, since it may look different now.
    """
    return button(_("Done"), "look", shown, "anew" if anew else "")


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _language(_: Voice, code: str) -> str:
    return _("language: {code}", code=code)
