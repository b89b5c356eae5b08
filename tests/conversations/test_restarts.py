"""The bot stops and starts between any two taps; what comes twice counts once."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot.inbox import retries
from bot.waits import Waits
from course.model import Course, LearnerId, QuestionId
from simulator.clock import Clock
from simulator.server import Simulator
from simulator.wire import Json
from tests.conversations.audit import audit
from tests.conversations.leading import facilitates, makes_cohort, sends, silent, writes
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import NOON, SHORT_WAITS, Stage, connected

AMINA = LearnerId(1001)


class Restarting:
    """A bot that can be stopped and started, on a Telegram and a database that stay."""

    def __init__(self, simulator: Simulator, url: str, course: Course) -> None:
        self.simulator = simulator
        self.url = url
        self.course = course
        self.waits = Waits()
        self.arrived: list[Json] = []
        simulator.world.updates.on_arrival(lambda update: self.arrived.append(update.wire()))
        self._running = AsyncExitStack()

    async def start(self) -> Stage:
        return await self._running.enter_async_context(
            connected(self.simulator, self.url, self.course, self.waits)
        )

    async def stop(self) -> None:
        await self._running.aclose()

    async def restart(self) -> Stage:
        await self.stop()
        return await self.start()


@asynccontextmanager
async def restarting(url: str, course: Course) -> AsyncIterator[Restarting]:
    async with Simulator(clock=Clock(NOON)) as simulator:
        bot = Restarting(simulator, url, course)
        try:
            yield bot
        finally:
            await bot.stop()
        audit(simulator.world)


@pytest.fixture
async def bot(store_url: str) -> AsyncIterator[Restarting]:
    async with restarting(store_url, SMALL) as one:
        yield one


async def test_a_restart_between_any_two_taps_loses_nothing(bot: Restarting) -> None:
    learner = Careful(await bot.start())
    await learner.says("/start")
    taps = 0

    while not learner.sees.startswith("You have done everything"):
        learner.stage = await bot.restart()
        await learner.goes_on(right=taps % 3 != 0)
        taps += 1

    history = await learner.stage.store.fetch_history(AMINA)
    assert all(history.progress.has_passed(q.id) for q in SMALL.questions())
    updates = [a.update for askings in history.progress.attempts.values() for a in askings]
    assert len(updates) == len(set(updates))


async def test_what_was_pressed_while_the_bot_was_away_is_done_when_it_comes_back(
    bot: Restarting,
) -> None:
    learner = Careful(await bot.start())
    await learner.says("/start")
    start = learner.button("Start")
    await bot.stop()

    bot.simulator.world.press(learner.id, *start)
    learner.stage = await bot.start()
    await learner.stage.settled()

    assert "Card 1 of 2" in learner.sees


async def test_a_press_that_telegram_dropped_meanwhile_can_be_pressed_again(
    bot: Restarting,
) -> None:
    learner = Careful(await bot.start())
    await learner.says("/start")
    start = learner.button("Start")
    await bot.stop()
    bot.simulator.world.press(learner.id, *start)
    bot.simulator.world.clock.advance(3600)
    learner.stage = await bot.start()
    await learner.stage.settled()
    assert learner.sees.startswith("Welcome.")

    await learner.presses(*start)

    assert "Card 1 of 2" in learner.sees


@pytest.mark.journey
async def test_a_note_that_is_typed_after_a_restart_is_the_note(bot: Restarting) -> None:
    stage = await bot.start()
    farid = await facilitates(stage)
    amina = await silent(stage, farid, await makes_cohort(farid, "Nairobi, March; city Nairobi"))
    await writes(farid)

    farid.stage = amina.stage = await bot.restart()
    await farid.says("Shall we talk?")
    await sends(farid)

    assert "\n\nShall we talk?\n\n" in amina.sees


async def test_updates_that_come_again_after_a_restart_change_nothing_and_are_not_answered_twice(
    bot: Restarting,
) -> None:
    learner = Careful(await bot.start())
    await learner.says("/start")
    while not learner.sees.startswith("Module 1 done."):
        await learner.goes_on(right=learner.heard % 2 == 0)
    await learner.says("/progress")
    before = await learner.stage.store.fetch_history(AMINA)
    chat = [(message.id, message.text, message.buttons) for message in learner.messages]

    stage = await bot.restart()
    for update in bot.arrived:
        await stage.tutor.inbox.receive([update])
    await stage.tutor.inbox.receive(bot.arrived)
    await stage.settled()

    assert await stage.store.fetch_history(AMINA) == before
    assert [(message.id, message.text, message.buttons) for message in learner.messages] == chat


@pytest.mark.parametrize("typed", [False, True], ids=["pressed", "typed"])
async def test_an_answer_that_was_counted_but_not_replied_to_is_replied_to_once(
    bot: Restarting, typed: bool
) -> None:
    learner = Careful(await bot.start())
    await learner.says("/start")
    await learner.goes_to_question()
    message, data = learner.button("B")
    heard, world = learner.heard, bot.simulator.world
    for method in ("sendMessage", "editMessageText"):
        world.faults.add(method, "status", times=1, code=502, description="Bad Gateway")

    update = world.say(learner.id, "b") if typed else world.press(learner.id, message, data)
    await answered(learner.stage)
    await bot.stop()
    world.faults.clear()
    stage = learner.stage = await bot.start()
    await stage.settled()

    assert stage.tutor.pending_updates == 1
    assert learner.sees.startswith("You chose B. Not quite.")
    assert learner.heard == heard + typed
    (attempt,) = (await stage.store.fetch_history(AMINA)).progress.attempts[QuestionId("m1q1")]
    assert attempt.update == update.update_id
    await learner.taps("Next")
    assert learner.has_question


async def answered(stage: Stage) -> None:
    """Wait until the answer to the first question is kept; its reply may be owed."""
    while not (await stage.store.fetch_history(AMINA)).progress.attempts:
        pass


async def test_a_next_that_was_counted_but_not_replied_to_shows_where_one_is(
    bot: Restarting,
) -> None:
    learner = Careful(await bot.start())
    await learner.says("/start")
    await learner.taps("Start")
    following, world = learner.button("Next"), bot.simulator.world
    world.faults.add("sendMessage", "status", times=1, code=502, description="Bad Gateway")

    world.press(learner.id, *following)
    while "m1l1c1" not in (await learner.stage.store.fetch_history(AMINA)).progress.read:
        pass
    await bot.stop()
    world.faults.clear()
    learner.stage = await bot.start()
    await learner.stage.settled()

    assert "Card 2 of 2" in learner.sees
    assert set((await learner.stage.store.fetch_history(AMINA)).progress.read) == {
        "#welcome",
        "m1l1c1",
    }


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageReplyMarkup"])
async def test_a_toast_or_buttons_that_fail_do_not_bring_the_card_twice(
    bot: Restarting, method: str
) -> None:
    learner = Careful(await bot.start())
    await learner.says("/start")
    await learner.taps("Start")
    heard, following = learner.heard, learner.button("Next")
    bot.simulator.world.faults.add(method, "drop_after")

    await learner.presses(*following)

    assert learner.heard == heard + 1


async def test_a_short_trouble_of_the_network_is_got_over_without_a_restart(
    bot: Restarting,
) -> None:
    learner = Careful(await bot.start())
    await learner.says("/start")
    await learner.taps("Start")
    bot.simulator.world.faults.add("sendMessage", "drop_before")
    heard = learner.heard

    await learner.taps("Next")

    assert learner.heard == heard + 1
    assert "Card 2 of 2" in learner.sees


@pytest.mark.parametrize("code", [200, 403, 502])
@pytest.mark.parametrize("body", ["{}", "null", "[]", '{"ok":true}', '{"ok":false}', "<html>"])
async def test_a_tap_that_another_server_answered_is_answered_once_when_telegram_is_back(
    bot: Restarting, code: int, body: str
) -> None:
    bot.waits = SHORT_WAITS
    learner = Careful(await bot.start())
    await learner.says("/start")
    await learner.taps("Start")
    bot.simulator.world.faults.add("sendMessage", "foreign", times=5, code=code, body=body)
    heard = learner.heard

    await learner.taps("Next")

    assert len(bot.simulator.world.faults) == 0
    assert learner.heard == heard + 1
    assert "Card 2 of 2" in learner.sees
    assert await learner.stage.store.fetch_set_aside_updates(retries.MAX_TRIES) == ()
