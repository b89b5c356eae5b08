"""Old buttons, double taps and buttons of a finished question do no harm."""

import pytest

from bot.callback_data import SelectOptions, SubmitAnswer, pack
from course.model import LearnerId, OptionId, QuestionId
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA = LearnerId(1001)
FIRST = QuestionId("m1q1")


async def test_an_old_next_shows_where_one_is_and_says_so(amina: Careful) -> None:
    old = amina.button("Next")
    await amina.taps("Next")
    await amina.taps("Next")
    here = amina.sees
    amina.waits(60)

    await amina.presses(*old)

    assert amina.toast == "You have done this already. Here is where you are."
    assert amina.sees == here


async def test_an_old_answer_shows_where_one_is_and_says_so(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    old = amina.button("B")
    await amina.taps("A")
    await amina.taps("Next")
    here = amina.sees

    await amina.presses(*old)

    assert amina.toast == "You have answered this one already. Here is where you are."
    assert amina.sees == here
    kept = await on_small.store.fetch_history(AMINA)
    assert kept.progress.times_answered(FIRST) == 1
    assert kept.progress.has_passed(FIRST)


async def test_another_letter_while_the_feedback_shows_leaves_the_first_answer(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    a, b = amina.button("A"), amina.button("B")
    await amina.presses(*b)
    feedback = amina.sees

    await amina.presses(*a)

    assert amina.toast == "Your answer is in. Press Next to go on."
    assert amina.sees == feedback
    first = (await on_small.store.fetch_history(AMINA)).progress.first_attempt(FIRST)
    assert first is not None
    assert first.chosen == {"b"}


async def test_two_letters_at_once_count_once(amina: Careful, on_small: Stage) -> None:
    await amina.goes_to_question()
    heard = amina.heard

    await amina.presses_at_once(amina.button("B"), amina.button("A"))

    assert amina.heard == heard
    assert amina.sees.startswith("You chose B.")
    assert (await on_small.store.fetch_history(AMINA)).progress.times_answered(FIRST) == 1


async def test_the_same_letter_twice_at_once_is_one_attempt_and_no_new_message(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    heard, letter = amina.heard, amina.button("A")

    await amina.presses_at_once(letter, letter, letter)

    assert amina.heard == heard
    assert amina.sees.startswith("You chose A.")
    assert (await on_small.store.fetch_history(AMINA)).progress.times_answered(FIRST) == 1


@pytest.mark.parametrize("pause", [0, 3, 8], ids=["at once", "3 seconds", "8 seconds"])
async def test_next_twice_goes_on_once(amina: Careful, pause: float) -> None:
    heard, following = amina.heard, amina.button("Next")

    if pause:
        await amina.presses(*following)
        amina.pause = pause
        await amina.presses(*following)
        assert amina.toast == "The next one is below."
    else:
        await amina.presses_at_once(following, following)

    assert amina.heard == heard + 1
    assert "Card 2 of 2" in amina.sees


async def test_next_of_what_was_read_by_a_clock_set_back_since_is_no_double_tap(
    amina: Careful, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = amina.button("Next")
    await amina.presses(*following)

    monkeypatch.setattr(amina.stage.simulator.world.clock, "_ahead", -600.0)
    await amina.presses(*following)

    assert amina.toast.startswith("You have done this already.")


async def test_start_twice_at_once_shows_one_first_picture(learner: Careful) -> None:
    await learner.says("/start")
    heard, start = learner.heard, learner.button("Start")

    await learner.presses_at_once(start, start)

    assert learner.heard == heard + 1
    assert learner.newest.kind == "photo"
    await learner.taps("Next")
    assert "Card 1 of 3" in learner.sees


async def test_continue_at_the_end_of_a_module_twice_opens_the_next_module_once(
    amina: Careful,
) -> None:
    await amina.goes_to_end()
    heard, following = amina.heard, amina.button("Continue")

    await amina.presses_at_once(following, following)

    assert amina.heard == heard + 1
    assert amina.sees.startswith("Module 2 of 2 · Lesson 1 of 1")


async def test_a_press_and_a_typed_letter_at_once_count_once(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    message, data = amina.button("A")
    world = on_small.simulator.world

    world.say(amina.id, "b")
    world.press(amina.id, message, data)
    await on_small.settled()

    kept = await on_small.store.fetch_history(AMINA)
    assert kept.progress.times_answered(FIRST) == 1


async def test_a_press_of_another_device_shows_where_one_is(amina: Careful) -> None:
    on_the_tablet = amina.buttons()
    for _ in range(6):
        await amina.goes_on()
    here = amina.sees
    amina.waits(3600)

    for button in on_the_tablet:
        await amina.presses(*button)

    assert amina.sees == here


async def test_two_devices_can_take_turns(amina: Careful, on_small: Stage) -> None:
    other_device = Careful(on_small)

    for turn in range(40):
        if amina.sees.startswith("Module 1 done."):
            break
        await (amina, other_device)[turn % 2].goes_on(right=turn % 3 != 0)

    assert other_device.sees.startswith("Module 1 done.")


async def test_days_later_an_old_card_and_continue_lead_to_the_same_place(amina: Careful) -> None:
    await amina.goes_to_question()
    asked = amina.sees
    amina.waits(9 * 86_400)

    await amina.says("/continue")

    assert amina.sees == asked
    await amina.taps("A")
    assert amina.sees.startswith("You chose A. That is right.")


async def test_a_button_under_a_message_that_was_deleted_still_works(
    amina: Careful, on_small: Stage
) -> None:
    message, data = amina.button("Next")
    on_small.simulator.world.history(amina.id).pop(message)

    await amina.presses(message, data)

    assert "Card 2 of 2" in amina.sees


async def test_an_answer_under_a_message_that_was_deleted_gets_its_feedback(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    message, data = amina.button("A")
    on_small.simulator.world.history(amina.id).pop(message)

    await amina.presses(message, data)

    assert amina.sees.startswith("You chose A. That is right.")
    await amina.taps("Next")
    assert amina.has_question


async def test_a_letter_of_the_first_asking_does_not_answer_the_second(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    old = amina.button("A")
    await amina.taps("B")
    await amina.taps_forward()
    while not amina.sees.startswith("Question again"):
        await amina.goes_on()
    assert amina.question.id == FIRST

    await amina.presses(*old)

    kept = await on_small.store.fetch_history(AMINA)
    assert kept.progress.times_answered(FIRST) == 1
    assert amina.sees.startswith("Question again")


async def test_the_question_after_the_feedback_at_which_one_left_can_be_answered_at_once(
    amina: Careful, on_small: Stage
) -> None:
    """A reminder shows it; see bot.rendering.reminders."""
    await amina.goes_to_question()
    await amina.answers()
    following, both = QuestionId("m1q2"), frozenset({OptionId("a"), OptionId("c")})

    await amina.presses(amina.newest.id, pack(SelectOptions(following, 1, both)))
    assert "A. Option a (chosen)" in amina.sees
    await amina.presses(amina.newest.id, pack(SubmitAnswer(following, 1, both)))

    assert amina.sees.startswith("You chose A, C. That is right.")
    progress = (await on_small.store.fetch_history(AMINA)).progress
    assert "m1q1#1" in progress.read
    assert progress.has_passed(following)


async def test_a_typed_answer_takes_the_letters_under_the_question_away(amina: Careful) -> None:
    await amina.goes_to_question()
    asked = amina.newest.id

    await amina.types_answer()

    assert amina.sees.startswith("You chose")
    assert [one.buttons for one in amina.messages if one.id == asked] == [[]]
    assert letters_shown(amina) == []


async def test_a_question_shown_again_keeps_its_letters_in_one_place(amina: Careful) -> None:
    await amina.goes_to_question()
    await amina.says("/continue")
    await amina.says("/continue")

    assert letters_shown(amina) == [amina.newest.id]

    await amina.answers()

    assert letters_shown(amina) == []


async def test_letters_tapped_at_once_leave_none_behind(amina: Careful) -> None:
    await amina.goes_to_question()
    first = amina.button("A")
    second = amina.button("B")

    await amina.presses_at_once(first, second)

    assert letters_shown(amina) == []


def letters_shown(amina: Careful) -> list[int]:
    """The messages under which a letter can be pressed."""
    return [
        message.id
        for message in amina.messages
        if any(button["text"] == "A" for row in message.buttons for button in row)
    ]
