"""Whom a broadcast is for, in words and in buttons."""

from collections.abc import Iterable

from bot.actions.composing import Composed
from bot.callbacks import Manage
from bot.rendering import outcomes, parts
from bot.replies import Button, Reply, Rows
from bot.voice import Voice
from course.audiences import Audience, LeftOut, Narrowing
from course.limits import units
from course.placeholders import visible
from storage.broadcasts import Broadcast
from storage.cohorts import Cohort

_MOST = 6
DAYS = (3, 7, 14)
"""Days of silence that are offered."""


def whom(_: Voice, shown: Composed) -> Reply:
    """Which cohorts."""
    to = shown.broadcast.audience
    text = parts.lines(
        parts.bold(_("Who should get it?")),
        _("Now: {audience}", audience=audience(_, shown)),
        people(_, shown) if shown.counted else None,
    )
    rows: Rows = tuple(
        (switch(_, one.name, one.id in (to.cohorts or ()), "cohort", shown, str(one.id)),)
        for one in shown.mine[:_MOST]
    )
    if shown.is_admin:
        rows = (*rows, (switch(_, _("Everybody"), to.cohorts is None, "all", shown),))
    return Reply(text, (*rows, (button(_("Only some of them"), "some", shown), done(_, shown))))


def some(_: Voice, shown: Composed, languages: Iterable[str]) -> Reply:
    """Which of the people in the cohorts."""
    to = shown.broadcast.audience
    text = parts.lines(
        parts.bold(_("Only people who ...")),
        _("Now: {audience}", audience=audience(_, shown)),
        people(_, shown) if shown.counted else None,
    )
    switches = [
        switch(_, narrowing(_, one, to), one in to.narrowed, "narrow", shown, one.value)
        for one in Narrowing
        if one is not Narrowing.SILENT
    ]
    switches += [
        switch(
            _,
            _.ngettext("silent for {number} day", "silent for {number} days", days),
            Narrowing.SILENT in to.narrowed and to.silent_days == days,
            "silent",
            shown,
            str(days),
        )
        for days in DAYS
    ]
    spoken = sorted(languages)
    if len(spoken) > 1:
        switches += [
            switch(_, _language(_, one), to.language == one, "language", shown, one)
            for one in spoken[:_MOST]
        ]
    rows = tuple(tuple(switches[at : at + 2]) for at in range(0, len(switches), 2))
    return Reply(text, (*rows, (button(_("Whom"), "whom", shown), done(_, shown))))


def audience(_: Voice, shown: Composed) -> str:
    """To whom, in half a line; safe to stand in HTML."""
    return audience_of(_, shown.broadcast.audience, shown.cohorts)


def audience_of(_: Voice, to: Audience, cohorts: Iterable[Cohort]) -> str:
    """The same of any broadcast."""
    names = [parts.name(one.name) for one in cohorts]
    who = _("everybody") if to.cohorts is None else parts.listed(_, names) if names else _("nobody")
    narrowed = [narrowing(_, one, to) for one in Narrowing if one in to.narrowed]
    if to.language is not None:
        narrowed.append(_language(_, to.language))
    return " · ".join((who, ", ".join(narrowed))) if narrowed else who


def narrowing(_: Voice, which: Narrowing, to: Audience) -> str:
    """What people of an audience have in common."""
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
    """How many people get it, and who of them does not and why."""
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
        words = [outcomes.left_out(_, why, counted.left_out[why]) for why in LeftOut
                 if counted.left_out[why]]  # fmt: skip
        lines.append(_("Left out: {reasons}.", reasons=", ".join(words)))
    return " ".join(lines)


def excerpt(broadcast: Broadcast, most: int = 40) -> str:
    """The beginning of its text, on one line and safe to stand in HTML."""
    line = " ".join(visible(broadcast.content.html).split())
    short = line if units(line) <= most else f"{line[: most - 1].rstrip()}…"
    return parts.plain_text(short)


def button(label: str, what: str, shown: Composed | Broadcast | None, value: str = "") -> Button:
    """A button about a broadcast."""
    known = shown.broadcast if isinstance(shown, Composed) else shown
    return parts.button(label, Manage("b", what, known.id if known else 0, value))


def switch(_: Voice, label: str, on: bool, what: str, shown: Composed, value: str = "") -> Button:
    """A button that tells whether what it stands for is chosen."""
    chosen = _("{label}: chosen", label=label) if on else label
    return button(chosen, what, shown, value)


def whom_button(_: Voice, shown: Composed) -> Button:
    """Asks whom it is for."""
    return button(_("Whom"), "whom", shown)


def cancel(_: Voice, shown: Composed) -> Button:
    """Throws the broadcast away."""
    return button(_("Cancel"), "cancel", shown)


def done(_: Voice, shown: Composed) -> Button:
    """Back to the preview."""
    return button(_("Done"), "look", shown)


def _language(_: Voice, code: str) -> str:
    return _("language: {code}", code=code)
