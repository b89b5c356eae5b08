"""The reminders themselves: what they say, and what one tap on them does."""

import re
from datetime import UTC, datetime

import pytest
from inline_snapshot import snapshot

from bot.callback_data import (
    Continue,
    ExplainReminder,
    ShowScreen,
    SubmitAnswer,
    ToggleSetting,
    unpack,
)
from bot.i18n import Translators
from bot.messages import Reply
from bot.rendering import reminder_wordings, reminders
from bot.rendering.reminders import LearnerClock
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    SeeFeedback,
)
from course.reminders.rhythm import ReminderKind, Rhythm
from tests.course.examples import SMALL, Walker
from tests.support.running import real_course

ENGLISH = Translators.load().for_language("en")
TOLD = LearnerClock(knows_zone=True, deadline=datetime(2026, 3, 12, 17, 30, tzinfo=UTC))


def nudge(
    walker: Walker,
    kind: ReminderKind = ReminderKind.FIRST,
    wording: int = 0,
    local: LearnerClock = TOLD,
) -> Reply:
    return reminders.reminder(
        ENGLISH, walker.course, Rhythm(), walker.progress, kind, wording, local
    )


def labels(reply: Reply) -> list[list[str]]:
    return [[button.text for button in row] for row in reply.rows]


def presses(reply: Reply) -> list[object]:
    return [unpack(button.data) for row in reply.rows for button in row]


def test_a_reminder_names_the_place_the_time_and_carries_the_question() -> None:
    walker = Walker()
    walker.goes_to(AnswerQuestion)

    reply = nudge(walker)

    assert reply.text == snapshot("""\
Your place is kept: Module 1, lesson 1 of 2. It is about 1 minute to the end of the module.

What of m1q1?

<b>A.</b> Option a
<b>B.</b> Option b
<b>C.</b> Option c\
""")
    assert labels(reply) == [["A", "B", "C"], ["Later", "Why this message?"]]


def test_one_tap_on_it_is_an_answer() -> None:
    walker = Walker()
    asked = walker.goes_to(AnswerQuestion)
    assert isinstance(asked, AnswerQuestion)

    choice = presses(nudge(walker))[0]

    assert choice == SubmitAnswer(asked.question.id, 1, frozenset({asked.question.options[0].id}))


def test_where_a_card_comes_next_it_goes_on_by_one_tap() -> None:
    reply = nudge(Walker())

    assert reply.text == snapshot("""\
Your place is kept: Module 1, lesson 1 of 2. It is about 1 minute to the end of the module.

Next is a card: <b>Card 1</b>\
""")
    assert presses(reply) == [Continue(), ShowScreen("later"), ExplainReminder("first")]


def test_of_somebody_who_left_after_feedback_it_carries_what_follows() -> None:
    walker = Walker()
    walker.goes_to(SeeFeedback)

    assert "What of m1q2?" in nudge(walker).text


def test_at_the_end_of_a_module_it_names_the_next_one() -> None:
    walker = Walker()
    walker.goes_to(CloseModule)

    assert nudge(walker).text.startswith("Your place is kept: Module 2, lesson 1 of 1.")


def test_somebody_who_has_just_finished_reads_that_they_have() -> None:
    walker = Walker()
    walker.goes_to(Finished)

    assert nudge(walker).text.startswith("You have done everything that is here.")


def test_the_last_one_says_so_and_offers_to_stop_all_messages() -> None:
    for wording in range(3):
        reply = nudge(Walker(), ReminderKind.LAST, wording)

        assert "remind" in reply.text.splitlines()[0]
        assert labels(reply) == [["Continue", "Later"], ["Stop all messages"]]
        assert presses(reply) == [
            Continue(),
            ShowScreen("later"),
            ToggleSetting("unasked", on=False),
        ]


def test_the_last_one_with_a_question_can_also_be_gone_on_from_without_answering() -> None:
    walker = Walker()
    walker.goes_to(AnswerQuestion)

    assert labels(nudge(walker, ReminderKind.LAST)) == [
        ["A", "B", "C"], ["Continue", "Later"],
        ["Stop all messages"],
    ]  # fmt: skip


def test_whoever_has_not_told_their_time_reads_how_to() -> None:
    unknown = LearnerClock(knows_zone=False, deadline=TOLD.deadline)

    assert "/reminders" in nudge(Walker(), local=unknown).text
    assert "/reminders" not in nudge(Walker()).text
    assert "(UTC)" in nudge(Walker(), ReminderKind.DEADLINE, local=unknown).text
    assert "Thursday 12 March, 17:30" in nudge(Walker(), ReminderKind.DEADLINE).text


@pytest.mark.parametrize("kind", ReminderKind)
def test_every_kind_has_at_least_three_wordings_that_differ(kind: ReminderKind) -> None:
    walker = Walker(real_course())
    number = reminder_wordings.count_wordings(Rhythm(), kind)

    texts = {nudge(walker, kind, wording).text.splitlines()[0] for wording in range(number)}

    assert len(texts) == number >= 3


@pytest.mark.parametrize("kind", ReminderKind)
def test_every_wording_names_the_place_and_how_long_it_takes(kind: ReminderKind) -> None:
    walker = Walker(real_course())

    for wording in range(reminder_wordings.count_wordings(Rhythm(), kind)):
        text = nudge(walker, kind, wording).text.split("Next is a card:")[0]
        assert "Module 1, lesson 1 of 4" in text
        assert re.search(r"about \d+ minutes", text)


def test_no_wording_shouts_or_blames() -> None:
    blame = ("!", "miss", "forgot", "still not", "only", "should", "must", "hurry", "don't")

    for kind in ReminderKind:
        for wording in range(reminder_wordings.count_wordings(Rhythm(), kind)):
            opening = nudge(Walker(), kind, wording).text.lower()
            assert not any(word in opening for word in blame)


def test_an_authors_own_wordings_come_instead_with_their_places_filled() -> None:
    own = Rhythm(wordings={ReminderKind.FIRST: ("At {place} & {time} left {no}.", "Two.")})
    reply = reminders.reminder(ENGLISH, SMALL, own, Walker().progress, ReminderKind.FIRST, 2, TOLD)

    assert reminder_wordings.count_wordings(own, ReminderKind.FIRST) == 2
    assert reminder_wordings.count_wordings(own, ReminderKind.SECOND) == 3
    assert reply.text.startswith("At Module 1, lesson 1 of 2 &amp; 1 minute left {no}.")
