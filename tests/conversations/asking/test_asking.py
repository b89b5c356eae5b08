"""Learners ask their facilitators; the answer comes back through the bot, and nobody sees ids."""

import pytest

from tests.conversations import leading
from tests.conversations.leading import (
    AMINA,
    BARAKA,
    GRACE,
    facilitates,
    invites,
    joins,
    makes_cohort,
    sends,
)
from tests.conversations.people import Careful
from tests.conversations.test_danger import is_help
from tests.support.running import Stage


def ids(*people: Careful) -> set[str]:
    return {str(one.id) for one in people}


async def test_a_question_whose_answer_did_not_get_through_is_no_idle_talk(
    amina: Careful, farid: Careful, on_small: Stage
) -> None:
    await amina.says("/askfacilitator")
    on_small.simulator.world.faults.add("sendMessage", "retry_after", seconds=0)

    await amina.says("Why?")

    assert amina.sees.startswith("I have your message and have dealt with it.")
    assert len([one for one in farid.messages if one.text.startswith("A question for you")]) == 1

    await amina.says("Thank you, dear machine")
    assert amina.sees.startswith("You are welcome. Your place is kept.")


@pytest.mark.journey
async def test_a_question_reaches_the_facilitator_with_its_place_and_the_answer_comes_back(
    amina: Careful, farid: Careful
) -> None:
    await amina.says("/askfacilitator")
    assert amina.sees.startswith("What do you want to ask your facilitator?")
    assert "Module 1 of 2 · Lesson 1 of 2" in amina.sees
    await amina.says("Why is it not <b> & c?")
    assert amina.sees.startswith("I have passed it on to your facilitator.")

    assert farid.sees.startswith("A question for you\n\n")
    assert "(Nairobi, March) asks:\n\nWhy is it not <b> & c?" in farid.sees
    assert "Where: Module 1 of 2 · Lesson 1 of 2\nWhat of m1q1?" in farid.sees
    await farid.taps("Answer")
    await farid.says("Because {name} & <i> are not tags")
    assert "They will read:\n\nBecause {name} & <i> are not tags" in farid.sees
    await sends(farid)

    assert farid.sees.startswith("Your message to ")
    assert amina.sees.startswith(
        "Your facilitator has answered you\n\nBecause {name} & <i> are not tags"
    )
    assert "You asked: Why is it not <b> & c?" in amina.sees
    shown = [one.text for person in (amina, farid) for one in person.messages if one.from_bot]
    assert not any(number in text for text in shown for number in ids(amina, farid))
    await amina.taps("Continue")
    assert amina.has_question


async def test_a_question_may_stand_behind_the_command(amina: Careful, farid: Careful) -> None:
    await amina.says("/askfacilitator What is m1q1 about?")

    assert amina.sees.startswith("I have passed it on")
    assert "asks:\n\nWhat is m1q1 about?" in farid.sees


async def test_a_picture_is_not_passed_on_and_its_words_go_once_the_learner_agrees(
    amina: Careful, farid: Careful
) -> None:
    before = farid.heard
    await amina.says("/askfacilitator")

    await amina.sends("photo", "Is this the <right> dose?")

    assert amina.sees == (
        "I can pass on your words, but not the picture or file. It stays here with you.\n\n"
        "Is this the <right> dose?\n\n"
        "Send only these words? You can also type your question anew."
    )
    assert farid.heard == before
    await amina.taps("Send only the words")
    assert amina.sees.startswith("I have passed it on to your facilitator.")
    assert "asks:\n\nIs this the <right> dose?" in farid.sees

    await amina.says("/askfacilitator")
    await amina.sends("document", "And this one?")
    await amina.says("Is 5 mg right?")
    assert "asks:\n\nIs 5 mg right?" in farid.sees


@pytest.mark.parametrize("command", ["/askfacilitator", "/AskFacilitator@course_tutor_bot"])
async def test_the_command_may_stand_under_a_picture(
    amina: Careful, farid: Careful, command: str
) -> None:
    await amina.sends("photo", f"{command} Is this the dose?")
    assert amina.sees.startswith("I can pass on your words, but not the picture or file.")
    await amina.taps("Send only the words")
    assert "asks:\n\nIs this the dose?" in farid.sees

    await amina.sends("photo", command)
    await amina.says("And this one?")
    assert "asks:\n\nAnd this one?" in farid.sees


async def test_words_of_danger_behind_the_command_under_a_picture_get_help_first(
    amina: Careful, farid: Careful
) -> None:
    before = farid.heard

    await amina.sends("photo", "/askfacilitator I want to kill myself")

    assert is_help(amina.sees)
    assert farid.heard == before


async def test_under_a_picture_without_words_the_question_is_asked_for(amina: Careful) -> None:
    await amina.says("/askfacilitator")

    await amina.sends("photo", "")

    assert amina.sees == "I can pass on text only. Please type your question."


async def test_under_a_question_missed_often_stands_a_button_that_asks(
    amina: Careful, farid: Careful, on_small: Stage
) -> None:
    await amina.misses(2)
    assert "Ask my facilitator" not in amina.labels
    await amina.misses(1)
    assert amina.labels == ["Next", "Ask my facilitator"]
    await amina.taps("Ask my facilitator")
    await amina.says("I do not see it")
    assert "What of m1q1?" in farid.sees

    baraka = leading.person(on_small, BARAKA, "Baraka")
    await baraka.says("/start")
    await baraka.taps("Start")
    await baraka.misses(4)
    assert baraka.labels == ["Next"]


async def test_a_card_that_is_read_again_is_what_is_asked_about(
    amina: Careful, farid: Careful, on_small: Stage
) -> None:
    await amina.says("/continue")
    assert "Ask my facilitator" not in amina.labels
    while "Module 1 of 2 · Lesson 2 of 2" not in amina.sees:
        await amina.goes_on()
    card = next(iter(on_small.course.modules[0].cards()))

    await amina.presses(amina.newest.id, f"p:{card.id}")
    assert amina.labels[-1] == "Ask my facilitator"
    await amina.taps("Ask my facilitator")
    assert "I pass it on with your place: Module 1 of 2 · Lesson 1 of 2." in amina.sees
    await amina.says("What does it mean?")

    assert "Where: Module 1 of 2 · Lesson 1 of 2" in farid.sees
    assert farid.sees.splitlines()[-1].endswith(card.title)
    baraka = leading.person(on_small, BARAKA, "Baraka")
    await baraka.says("/start")
    await baraka.taps("Start")
    await baraka.goes_on()
    await baraka.presses(baraka.newest.id, f"p:{card.id}")
    assert "Ask my facilitator" not in baraka.labels


async def test_without_a_cohort_one_hears_kindly_what_else_there_is(amina: Careful) -> None:
    stranger = leading.person(amina.stage, BARAKA)

    await stranger.says("/askfacilitator Who is there?")

    assert stranger.sees.startswith("You learn by yourself here")
    assert "/glossary" in stranger.sees
    assert stranger.labels == ["Continue"]


async def test_in_several_groups_one_chooses_whose_facilitator_is_asked(
    amina: Careful, farid: Careful, on_small: Stage
) -> None:
    grace = await facilitates(on_small, GRACE, "Grace")
    lima = await makes_cohort(grace, "Lima; city Lima")
    await joins(on_small, AMINA, await invites(grace, lima))
    before = farid.heard

    await amina.says("/askfacilitator Which one?")
    assert amina.labels == ["Nairobi, March", "Lima", "Cancel"]
    await amina.taps("Lima")

    assert amina.sees.startswith("I have passed it on")
    assert "(Lima) asks:\n\nWhich one?" in grace.sees
    assert farid.heard == before


@pytest.mark.parametrize("text", ["I want to die", "he took an overdose"])
async def test_words_of_danger_get_help_first_and_reach_nobody(
    amina: Careful, farid: Careful, text: str
) -> None:
    before = farid.heard

    await amina.says(f"/askfacilitator {text}")
    assert is_help(amina.sees)
    await amina.says("/askfacilitator")
    await amina.says(text)
    assert is_help(amina.sees)

    assert farid.heard == before
    await amina.says("Why c?")
    assert amina.sees.startswith("I have passed it on")


async def test_too_long_a_question_and_a_picture_are_asked_for_anew(
    amina: Careful, farid: Careful
) -> None:
    before = farid.heard
    await amina.says("/askfacilitator")
    await amina.says("x" * 1001)
    assert amina.sees.startswith("That is too long for one question.")
    await amina.sends("photo")
    assert amina.sees.startswith("I can pass on text only.")
    await amina.taps("Cancel")
    assert amina.sees.startswith("All right, I have asked nobody.")

    assert farid.heard == before
