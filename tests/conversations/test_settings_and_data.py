"""What a learner sets, and having everything deleted."""

from pathlib import Path

import pytest

from course.model import LearnerId
from storage import inbox
from storage.inbox import ReceivedUpdate
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import Stage, stage
from tests.support.tables import rows, tables_with

AMINA = LearnerId(1001)

# Nobody else's: found in a file's bytes by its digits, and as SQLite stores it.
ZENOBIA = 7_301_558_429_331
NAME = "Zenobia-Aurelia"


async def test_settings_gathers_what_can_be_set(learner: Careful) -> None:
    await learner.says("/settings")

    assert learner.sees.startswith("Settings\n\nPlain text: off.")
    assert "Messages from me: on." in learner.sees
    assert learner.labels == ["Turn plain text on", "Turn messages off", "Reminders", "Continue"]


async def test_a_setting_changes_in_place_and_back(learner: Careful, started: Stage) -> None:
    await learner.says("/settings")
    heard = learner.heard

    await learner.taps("Turn plain text on")
    assert "Plain text: on." in learner.sees
    assert learner.toast == "Saved."
    kept = (await started.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert kept.plain
    await learner.taps("Turn plain text off")

    assert "Plain text: off." in learner.sees
    assert learner.heard == heard


@pytest.mark.journey
async def test_stop_ends_what_comes_unasked_and_start_undoes_it(
    amina: Careful, on_small: Stage
) -> None:
    await amina.says("/stop")
    assert amina.sees.startswith("I will not write to you any more unless you write to me.")
    kept = (await on_small.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert kept.stopped

    await amina.taps("Continue")
    assert "Card 1 of 2" in amina.sees, "learning goes on all the same"
    await amina.says("/start")

    kept = (await on_small.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert not kept.stopped


async def test_messages_can_be_switched_in_settings_too(amina: Careful, on_small: Stage) -> None:
    await amina.says("/settings")
    await amina.taps("Turn messages off")
    assert "Messages from me: off. I only answer you." in amina.sees

    await amina.taps("Turn messages on")

    kept = (await on_small.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert not kept.stopped


async def test_blocking_and_coming_back_is_remembered(amina: Careful, on_small: Stage) -> None:
    world = on_small.simulator.world
    world.block(amina.id)
    await on_small.settled()
    kept = (await on_small.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert kept.unreachable

    world.unblock(amina.id)
    await on_small.settled()

    kept = (await on_small.store.fetch_history(AMINA)).learner
    assert kept is not None
    assert not kept.unreachable


async def test_deleting_asks_first_and_can_be_left(amina: Careful, on_small: Stage) -> None:
    await amina.taps("Next")

    await amina.says("/deletemydata")
    assert amina.sees.startswith("Delete everything I store about you?")
    await amina.taps("Keep my data")

    assert "Card 2 of 2" in amina.sees
    assert (await on_small.store.fetch_history(AMINA)).learner is not None


@pytest.mark.journey
async def test_after_deleting_one_is_new(amina: Careful, on_small: Stage) -> None:
    await amina.goes_to_end()
    await amina.says("/privacy")
    await amina.taps("Delete my data")
    await amina.taps("Delete everything")
    assert amina.sees.startswith("Done. Everything I stored about you is deleted.")

    history = await on_small.store.fetch_history(AMINA)
    assert history.learner is None
    assert history.progress.is_new
    await amina.says("/start")
    assert amina.sees.startswith("Welcome. This is a short course")


async def test_deleting_twice_and_pressing_old_buttons_after_it_is_harmless(
    amina: Careful, on_small: Stage
) -> None:
    await amina.goes_to_question()
    old = [*amina.buttons()]
    await amina.says("/deletemydata")
    delete = amina.button("Delete everything")
    await amina.presses(*delete)
    amina.waits(60)

    await amina.presses(*delete)
    for button in old:
        await amina.presses(*button)

    assert (await on_small.store.fetch_history(AMINA)).progress.is_new
    assert "Card 1 of 2" in amina.sees


async def goes_through_a_module(on: Stage) -> Careful:
    """Somebody beside others, with a name that is nobody else's."""
    on.simulator.world.person(ZENOBIA, NAME)
    person = Careful(on, ZENOBIA)
    amina = Careful(on)
    for each in (amina, person):
        await each.says("/start")
        await each.taps("Start")
    await person.says(f"My case is about {NAME}")
    await person.goes_to_end()
    return person


@pytest.fixture
async def zenobia(on_small: Stage) -> Careful:
    return await goes_through_a_module(on_small)


async def has_it_deleted(person: Careful) -> None:
    await person.says("/deletemydata")
    await person.taps("Delete everything")


async def fails_often(person: Careful) -> None:
    """One of their updates is set aside for an operator."""
    store = person.stage.store
    broken = ReceivedUpdate(7, ZENOBIA, f'{{"text":"{NAME}"}}', at=1)
    await store.write(inbox.receive_update(broken), *[inbox.fail_update(7, "Error")] * 3)
    assert await store.fetch_set_aside_updates(3)


@pytest.mark.journey
async def test_of_somebody_who_had_it_deleted_no_table_holds_anything(
    zenobia: Careful, store_url: str
) -> None:
    assert {"learners", "attempts"} <= await tables_with(store_url, ZENOBIA)

    await has_it_deleted(zenobia)

    assert await tables_with(store_url, ZENOBIA, NAME) == set()
    assert await rows(store_url, "select learner from learners") == [(AMINA,)], "the others stay"


async def test_what_failed_and_was_set_aside_goes_with_the_rest(
    zenobia: Careful, store_url: str
) -> None:
    await fails_often(zenobia)

    await has_it_deleted(zenobia)

    assert await zenobia.stage.store.fetch_set_aside_updates(3) == ()
    assert await tables_with(store_url, ZENOBIA, NAME) == set()


async def test_of_somebody_who_had_it_deleted_no_byte_is_left_in_the_files_of_sqlite(
    tmp_path: Path,
) -> None:
    def found() -> list[str]:
        traces = (str(ZENOBIA).encode(), NAME.encode(), ZENOBIA.to_bytes(6, "big"))
        return [
            f"{trace!r} in {file.name}"
            for file in sorted(tmp_path.iterdir())
            if not file.name.endswith("-shm")
            for trace in traces
            if trace in file.read_bytes()
        ]

    async with stage(tmp_path, SMALL) as on:
        zenobia = await goes_through_a_module(on)
        await fails_often(zenobia)
        assert found(), "before, it is there"

        await has_it_deleted(zenobia)

        assert found() == []


async def test_start_after_stop_says_that_messages_are_on_again(amina: Careful) -> None:
    await amina.says("/stop")

    await amina.says("/start")

    on_again, welcome = amina.messages[-2:]
    assert on_again.text == "Messages from me are on again. /stop ends them."
    assert welcome.text.startswith("Welcome back.")
    await amina.says("/start")
    assert "on again" not in "".join(one.text for one in amina.messages[-2:])


async def test_a_break_can_be_gone_back_from(amina: Careful) -> None:
    await amina.says("/reminders")
    reminders = amina.sees

    await amina.taps("Take a break")
    await amina.taps("Back")

    assert amina.sees == reminders


async def test_plain_text_tells_nothing_in_a_toast_only(amina: Careful) -> None:
    await amina.says("/settings")
    await amina.taps("Turn plain text on")
    forward = amina.button("Next")

    await amina.presses(*forward)
    query = await amina.presses(*forward)

    assert amina.stage.simulator.world.query(query).text == "The next one is below."
    assert amina.stage.simulator.world.query(query).show_alert


async def test_without_plain_text_a_toast_stays_one(amina: Careful) -> None:
    await amina.says("/settings")

    await amina.taps("Turn messages off")

    assert amina.toast == "Saved."
    assert not any(query.show_alert for query in amina.stage.simulator.world.queries.values())
