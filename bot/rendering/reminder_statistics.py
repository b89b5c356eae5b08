"""Results of reminders for admins; says so where there is too little data."""

from collections.abc import Sequence

from bot.callback_data import ShowScreen
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, reminder_wordings
from bot.rendering.reminder_comparison import figures_text
from course.reminders.experiment import ExperimentArm
from course.reminders.rhythm import ReminderKind, Rhythm
from storage.reminders import ReminderCounts

# Wordings of a kind that are shown: more do not fit into one message.
_MAX_WORDINGS = 6

# The placeholders of wordings.
_PLACEHOLDERS = ("place", "time", "total", "deadline")

SCREENS = ("nudges", *(f"nudges-{kind.value}" for kind in ReminderKind))
"""All kinds together, and each kind with its wordings."""


def kind_figures(_: Translator, rhythm: Rhythm, found: Sequence[ReminderCounts]) -> Reply:
    """Each kind: sent and held out, who returned, the difference, and the costs."""
    kinds = [each for each in ReminderKind if any(one.kind is each for one in found)]
    text = parts.join_paragraphs(
        parts.bold(_("Reminders, and what came of them")),
        *(_how_to_read(_, rhythm) if kinds else (_("None has been sent or held out so far."),)),
        *(_kind_text(_, each, [one for one in found if one.kind is each]) for each in kinds),
    )
    buttons = [
        parts.button(kind_name(_, each), ShowScreen(f"nudges-{each.value}")) for each in kinds
    ]
    return Reply(text, (*parts.rows_of(2, buttons), (parts.continue_button(_),)))


def _how_to_read(_: Translator, rhythm: Rhythm) -> tuple[str, str]:
    return (
        _(
            "{number} in 100 are held out by chance, to compare with. In brackets: the bounds"
            " between which the true number lies, 95 times in 100.",
            number=_.number(rhythm.hold_out_percent),
        ),
        _(
            "Counted are times, not people: one person may be reminded several times. They are"
            " counted in fives, rounded down. “With” is of all that were to be sent, also where"
            " that failed."
        ),
    )


def wording_figures(
    _: Translator, rhythm: Rhythm, kind: ReminderKind, found: Sequence[ReminderCounts]
) -> Reply:
    """One kind, wording by wording; each is compared with all held-out reminders of the kind."""
    own = [one for one in found if one.kind is kind]
    numbers = sorted({one.wording for one in own})
    text = parts.join_paragraphs(
        parts.bold(kind_name(_, kind)),
        *(_wording_text(_, rhythm, each, own) for each in numbers[:_MAX_WORDINGS]),
        _more(_, len(numbers) - _MAX_WORDINGS),
        None if own else _("None has been sent or held out so far."),
    )
    every = parts.button(_("All kinds"), ShowScreen("nudges"))
    return Reply(text, ((every, parts.continue_button(_)),))


def _wording_text(_: Translator, rhythm: Rhythm, number: int, own: Sequence[ReminderCounts]) -> str:
    kind = own[0].kind
    sent = [one for one in own if one.wording == number and one.arm is ExperimentArm.SEND]
    held = [one for one in own if one.arm is ExperimentArm.HOLD]
    of_it = [one for one in held if one.wording == number]
    begins = reminder_wordings.opening_text(
        _, rhythm, kind, number, dict.fromkeys(_PLACEHOLDERS, "…")
    )
    lines = (
        parts.bold(_("Wording {number}", number=_.number(number + 1))),
        f"<i>{begins.splitlines()[0]}</i>",
        figures_text(_, kind, sent, of_it, held),
    )
    return "\n".join(lines)


def _kind_text(_: Translator, kind: ReminderKind, found: Sequence[ReminderCounts]) -> str:
    sent = [one for one in found if one.arm is ExperimentArm.SEND]
    held = [one for one in found if one.arm is ExperimentArm.HOLD]
    return "\n".join((parts.bold(kind_name(_, kind)), figures_text(_, kind, sent, held, held)))


def _more(_: Translator, left_out: int) -> str | None:
    if left_out <= 0:
        return None
    return _.ngettext(
        "{number} more wording is left out here.",
        "{number} more wordings are left out here.",
        left_out,
    )


def kind_name(_: Translator, kind: ReminderKind) -> str:
    """The name of a kind of reminder."""
    return {
        ReminderKind.OPEN_QUESTION: _("A question left open"),
        ReminderKind.FIRST: _("The first reminder"),
        ReminderKind.SECOND: _("The second reminder"),
        ReminderKind.LAST: _("The last reminder"),
        ReminderKind.DEADLINE: _("Before a group's last day"),
        ReminderKind.SNOOZED: _("Asked for by the learner"),
    }[kind]
