"""Data that we never put on a button, or not for this person, changes nothing."""

from collections.abc import Iterator
from itertools import islice, product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.callback_data import (
    FinishItem,
    ListLessons,
    Press,
    ReviewQuestion,
    SelectOptions,
    ShowCard,
    ShowScreen,
    SubmitAnswer,
    ToggleSetting,
    pack,
    unpack,
)
from course.model import CardId, LearnerId, ModuleId, OptionId, QuestionId
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import Stage

AMINA = LearnerId(1001)
CHOICES = tuple(frozenset(map(OptionId, chosen)) for chosen in ("a", "ac", ["zz"]))


def closed_buttons() -> Iterator[Press]:
    """Every button about the course that is not open at the first question."""
    for question in (*(one.id for one in SMALL.questions()), QuestionId("m9q9")):
        yield ReviewQuestion(question)
        for ordinal, chosen in product((1, 2, 7), CHOICES):
            if question != "m1q1" or ordinal != 1 or "zz" in chosen:
                yield SubmitAnswer(question, ordinal, chosen)
            if question != "m1q1" or ordinal != 1:
                yield SelectOptions(question, ordinal, chosen)
    for card in (*(one.id for one in SMALL.modules[1].cards()), CardId("m9")):
        yield ShowCard(card)
        yield FinishItem(card)
    yield from map(FinishItem, ("m1", "m2", "m1q1", "m1q1#1", "m1q1#7", "x" * 62))
    yield ListLessons(ModuleId("m9"))


@pytest.fixture
async def asked(amina: Careful) -> Careful:
    """Amina at the first question."""
    await amina.goes_to_question()
    return amina


async def test_what_is_not_open_stays_closed(asked: Careful, on_small: Stage) -> None:
    before, here = await on_small.kept_of(AMINA), asked.sees

    for press in closed_buttons():
        await asked.presses(asked.newest.id, pack(press))

        assert asked.toast.endswith("Here is where you are."), press
        assert asked.sees == here, press
        assert await on_small.kept_of(AMINA) == before, press


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

    screens = map(ShowScreen, ("progress", "modules", "forget"))
    for press in (*islice(closed_buttons(), 0, None, 5), *screens):
        await chen.presses(1, pack(press))
        chen.waits(20)

    assert (await on_small.store.fetch_history(LearnerId(1003))).progress.is_new
    await chen.presses(chen.newest.id, pack(ToggleSetting("plain", on=True)))
    assert chen.sees.startswith("Settings")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.text(max_size=80) | st.from_regex(r"[antprlsx]:[\w.#:]{0,50}", fullmatch=True))
@example("")
@example("a:" + "q" * 500)
@example("a:m1q1:\N{ARABIC-INDIC DIGIT ONE}:a")
async def test_whatever_the_data_is_nothing_is_lost_and_what_we_never_made_changes_nothing(
    asked: Careful, on_small: Stage, data: str
) -> None:
    data = data.encode(errors="ignore").decode()
    before, here = await on_small.kept_of(AMINA), asked.sees

    await asked.presses(asked.newest.id, data)

    after = await on_small.kept_of(AMINA)
    assert set(after.progress.read.items()) >= set(before.progress.read.items())
    assert set(after.progress.attempts) >= set(before.progress.attempts)
    if unpack(data) is None:
        assert asked.toast == "This button is no longer in use. Here is where you are."
        assert (asked.sees, after) == (here, before)
