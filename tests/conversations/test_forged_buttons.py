"""Data that we never put on a button, or not for this person, changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.callback_data import (
    FinishItem,
    ListLessons,
    ReviewQuestion,
    SelectOptions,
    ShowCard,
    ShowScreen,
    SubmitAnswer,
    ToggleSetting,
    pack,
)
from course.model import CardId, LearnerId, ModuleId, OptionId, QuestionId
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA = LearnerId(1001)
A = frozenset({OptionId("a")})

FORGED = {
    "nothing": "",
    "noise": "\x00\x01\x02",
    "words": "give me the answers",
    "64 bytes": "x" * 64,
    "64 bytes that begin well": "a:" + "x" * 62,
    "longer than Telegram allows": "a:" + "q" * 500,
    "an emoji": "\N{THUMBS UP SIGN}" * 16,
    "another bot's": '{"action":"vote","id":7}',
    "many colons": ":" * 60,
    "a number that is none": "a:m1q1:\N{SUPERSCRIPT TWO}:a",
    "a number in another script": "a:m1q1:\N{ARABIC-INDIC DIGIT ONE}:a",
    "a huge number": "a:m1q1:99999999999999999999:a",
    "asking zero": "a:m1q1:0:a",
    "no option": "a:m1q1:1:",
    "an unknown screen": "s:admin",
    "an unknown setting": "x:admin:1",
}

NOT_OPEN = {
    "a later question": SubmitAnswer(QuestionId("m1q3"), 1, A),
    "a question of a later module": SubmitAnswer(QuestionId("m2q1"), 1, A),
    "a later asking": SubmitAnswer(QuestionId("m1q1"), 7, A),
    "a later choice": SelectOptions(QuestionId("m1q2"), 1, A),
    "an unknown question": SubmitAnswer(QuestionId("m9q9"), 1, A),
    "an unknown choice": SelectOptions(QuestionId("m9q9"), 1, A),
    "an unknown option": SubmitAnswer(QuestionId("m1q1"), 1, frozenset({OptionId("zz")})),
    "a later card": ShowCard(CardId("m2l1c1")),
    "an unknown card": ShowCard(CardId("m9")),
    "going on from a later card": FinishItem("m2l1c1"),
    "going on from the end of the module": FinishItem("m1"),
    "going on from feedback that never was": FinishItem("m1q1#1"),
    "going on from the open question": FinishItem("m1q1"),
    "going on from 62 letters": FinishItem("x" * 62),
    "the answers of a later question": ReviewQuestion(QuestionId("m2q1")),
    "the answers of the open question": ReviewQuestion(QuestionId("m1q1")),
    "an unknown module": ListLessons(ModuleId("m9")),
}


@pytest.fixture
async def asked(amina: Careful) -> Careful:
    """Amina at the first question."""
    await amina.goes_to_question()
    return amina


async def test_data_we_never_made_shows_where_one_is(asked: Careful, on_small: Stage) -> None:
    before, here = await on_small.kept_of(AMINA), asked.sees

    for name, data in FORGED.items():
        await asked.presses(asked.newest.id, data)

        assert asked.toast == "This button is no longer in use. Here is where you are.", name
        assert asked.sees == here, name
        assert await on_small.kept_of(AMINA) == before, name


async def test_what_is_not_open_stays_closed(asked: Careful, on_small: Stage) -> None:
    before, here = await on_small.kept_of(AMINA), asked.sees

    for name, press in NOT_OPEN.items():
        await asked.presses(asked.newest.id, pack(press))

        assert asked.toast.endswith("Here is where you are."), name
        assert asked.sees == here, name
        assert await on_small.kept_of(AMINA) == before, name


async def test_no_button_tells_which_answer_is_right(asked: Careful) -> None:
    told = [data for _, data in asked.buttons() if data.startswith("a:")]

    assert told == ["a:m1q1:1:a", "a:m1q1:1:b", "a:m1q1:1:c"]


async def test_another_learners_button_counts_for_whoever_presses_it(
    asked: Careful, on_small: Stage
) -> None:
    message, right = asked.button("A")
    world = on_small.simulator.world
    world.person(1002, "Baraka")
    baraka = Careful(on_small, 1002)
    await baraka.says("/start")

    await baraka.presses(message, right)

    assert (await on_small.store.fetch_history(LearnerId(1002))).progress.attempts == {}
    assert (await on_small.store.fetch_history(AMINA)).progress.attempts == {}
    assert "Card 1 of 2" in baraka.sees


async def test_somebody_the_bot_never_saw_can_press_anything(on_small: Stage) -> None:
    world = on_small.simulator.world
    world.person(1003, "Chen").started = True
    chen = Careful(on_small, 1003)

    for press in (
        *NOT_OPEN.values(),
        ShowScreen("progress"),
        ShowScreen("modules"),
        ShowScreen("forget"),
    ):
        await chen.presses(1, pack(press))
        chen.waits(20)

    assert (await on_small.store.fetch_history(LearnerId(1003))).progress.is_new
    await chen.presses(chen.newest.id, pack(ToggleSetting("plain", on=True)))
    assert chen.sees.startswith("Settings")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.text(max_size=80) | st.from_regex(r"[antprlsx]:[\w.#:]{0,50}", fullmatch=True))
async def test_whatever_the_data_is_the_press_is_answered_and_nothing_is_lost(
    asked: Careful, on_small: Stage, data: str
) -> None:
    data = data.encode(errors="ignore").decode()
    before = (await on_small.store.fetch_history(AMINA)).progress

    await asked.presses(asked.newest.id, data)

    after = (await on_small.store.fetch_history(AMINA)).progress
    assert set(after.read.items()) >= set(before.read.items())
    assert set(after.attempts) >= set(before.attempts)
