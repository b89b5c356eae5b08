"""What admins read of reminders: numbers to check by hand, and when there are too few."""

from bot.i18n import Translators
from bot.rendering import reminder_statistics
from course.reminders.experiment import ExperimentArm
from course.reminders.rhythm import ReminderKind, Rhythm
from simulator.entities import read
from storage.reminders import ReminderCounts

ENGLISH = Translators.load().for_language("en")


def shown(*found: ReminderCounts, percent: int = 10) -> str:
    reply = reminder_statistics.kind_figures(ENGLISH, Rhythm(hold_out_percent=percent), found)
    return read(reply.text, "HTML").text


def test_the_difference_is_told_with_its_bounds_and_the_price_for_a_hundred() -> None:
    text = shown(
        ReminderCounts(ReminderKind.FIRST, 0, ExperimentArm.SEND, 70, 69, 28, 56, 2, 1, 7),
        ReminderCounts(ReminderKind.FIRST, 1, ExperimentArm.SEND, 10, 10, 5, 6, 0, 0, 0),
        ReminderCounts(ReminderKind.FIRST, 0, ExperimentArm.HOLD, 80, 0, 8, 48, 0, 0, 0),
    )

    assert text.split("\n\n")[3].splitlines() == [
        "The first reminder",
        "Sent: 75. Held out: 80.",
        (
            "Back within 24 hours: 41 percent with, 10 percent without."
            " Difference in percentage points: +31 (+18 to +43)."
        ),
        (
            "Back within 72 hours: 78 percent with, 60 percent without."
            " Difference in percentage points: +18 (+3 to +31)."
        ),
        (
            "Within 72 hours of 100 that were sent: fewer than 6.7 stopped, fewer than 6.7 blocked,"
            " 6.7 put off."
        ),
    ]


def test_a_wording_is_compared_with_all_that_was_held_out_of_its_kind() -> None:
    # Newcombe 1998, table 2: 56 of 70 against 48 of 80 is 0.0524 to 0.3339 by method 10.
    found = (
        ReminderCounts(ReminderKind.FIRST, 0, ExperimentArm.SEND, 70, 69, 28, 56, 2, 1, 7),
        ReminderCounts(ReminderKind.FIRST, 1, ExperimentArm.SEND, 10, 10, 5, 6, 0, 0, 0),
        ReminderCounts(ReminderKind.FIRST, 0, ExperimentArm.HOLD, 50, 0, 5, 30, 0, 0, 0),
        ReminderCounts(ReminderKind.FIRST, 1, ExperimentArm.HOLD, 30, 0, 3, 18, 0, 0, 0),
        ReminderCounts(ReminderKind.LAST, 0, ExperimentArm.HOLD, 900, 0, 0, 0, 0, 0, 0),
    )

    reply = reminder_statistics.wording_figures(ENGLISH, Rhythm(), ReminderKind.FIRST, found)

    _head, one, two = read(reply.text, "HTML").text.split("\n\n")
    assert one.splitlines() == [
        "Wording 1",
        "Your place is kept: …. It is about … to the end of the module.",
        "Sent: 65. Held out: 50.",
        (
            "Back within 24 hours: 40 percent with, 10 percent without."
            " Difference in percentage points: +30 (+16 to +43)."
        ),
        (
            "Back within 72 hours: 80 percent with, 60 percent without."
            " Difference in percentage points: +20 (+5 to +33)."
        ),
        (
            "Within 72 hours of 100 that were sent: fewer than 7.7 stopped, fewer than 7.7 blocked,"
            " 7.7 put off."
        ),
    ]
    assert two.count("not enough data yet") == 2


def test_of_too_few_no_difference_is_told() -> None:
    text = shown(
        ReminderCounts(
            ReminderKind.SECOND, 0, ExperimentArm.SEND, 4_000, 4_000, 900, 1_500, 40, 2, 100
        ),
        ReminderCounts(ReminderKind.SECOND, 0, ExperimentArm.HOLD, 39, 0, 1, 2, 0, 0, 0),
    )

    assert "Back within 24 hours: not enough data yet. It takes 40 of each." in text
    assert "Difference" not in text


def test_what_was_asked_for_is_never_held_out_and_not_compared() -> None:
    text = shown(
        ReminderCounts(ReminderKind.SNOOZED, 2, ExperimentArm.SEND, 50, 50, 20, 25, 0, 0, 3)
    )

    assert "Sent: 50. Never held out." in text
    assert "Back within 72 hours: 50 percent (37 to 63)." in text


def test_before_anything_was_sent_it_says_so() -> None:
    assert "None has been sent or held out so far." in shown()


def test_of_few_neither_numbers_nor_the_price_are_told() -> None:
    text = shown(
        ReminderCounts(ReminderKind.FIRST, 0, ExperimentArm.SEND, 40, 39, 4, 4, 3, 2, 1),
        ReminderCounts(ReminderKind.FIRST, 0, ExperimentArm.HOLD, 4, 0, 1, 1, 1, 0, 0),
    )

    assert "Sent: 35. Held out: fewer than 5." in text
    assert "put off" not in text
    assert "Counted are times, not people" in text
