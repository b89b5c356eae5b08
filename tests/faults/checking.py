"""Holds what the database says against what people did and saw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.callback_data import FinishItem, SubmitAnswer
from bot.i18n import Translators
from bot.rendering import next_step as next_step_rendering
from course.learning.next_step import next_step
from course.model import Course, LearnerId
from simulator.world import World
from storage import recounts
from storage.store import Store
from tests.faults.tapping import Tapper, place_of
from tests.support.tables import rows

# In UTC milliseconds: whatever a killed process held is free by then.
_MUCH_LATER = 10**15


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong at the end, each as a sentence.

    Attributes:
        lost: handed over by Telegram, and without effect.
        twice_counted: counted more often than done.
        owed: answers that never came, or are not what the facts say.
        messages_twice: messages that came again.
        turning: presses that were never acknowledged: the button shows a clock for some seconds.
    """

    lost: Sequence[str]
    twice_counted: Sequence[str]
    owed: Sequence[str]
    messages_twice: Sequence[str]
    turning: Sequence[str]

    @property
    def broken(self) -> Sequence[str]:
        """Everything that may never be."""
        return [*self.lost, *self.twice_counted, *self.owed]


async def find(url: str, course: Course, world: World, tappers: Iterable[Tapper]) -> Findings:
    """Look at everything, after the bot was stopped."""
    tappers = list(tappers)
    inbox = {row[0]: row for row in await rows(url, "select update_id, done_at, tries from inbox")}
    attempts = await rows(
        url, "select learner, question, ordinal, options, update_id from attempts"
    )
    readings = await rows(url, "select learner, item, update_id from readings")
    lost = [*_never_handled(world, tappers, inbox), *_without_effect(tappers, attempts, readings)]
    counted = [*_counted_wrongly(tappers, attempts, readings), *await _counters(url)]
    owed = await _wrong_screens(url, course, tappers)
    again = [f"{t.person}: {text[:60]!r}" for t in tappers for text in t.twice]
    return Findings(lost, counted, owed, again, list(_still_turning(world, tappers)))


def _never_handled(
    world: World, tappers: Sequence[Tapper], inbox: dict[int, Sequence[Any]]
) -> Iterable[str]:
    for tapper in tappers:
        for tap in tapper.taps:
            row = inbox.get(tap.update)
            if row is None and not world.updates.is_pending(tap.update):
                yield f"{tapper.person}: update {tap.update} ({tap.press}) was never stored"
            elif row is not None and row[1] is None:
                yield f"{tapper.person}: update {tap.update} ({tap.press}) was never done"


def _without_effect(
    tappers: Sequence[Tapper], attempts: Sequence[Any], readings: Sequence[Any]
) -> Iterable[str]:
    answered = {(learner, question, ordinal) for learner, question, ordinal, *_ in attempts}
    read = {(learner, item) for learner, item, _ in readings}
    for tapper in tappers:
        for tap in tapper.taps:
            match tap.press:
                case SubmitAnswer(question, ordinal):
                    there = (tapper.person, question, ordinal) in answered
                case FinishItem(item):
                    there = (tapper.person, item) in read
                case _:
                    continue
            if not there:
                yield f"{tapper.person}: {tap.press} of update {tap.update} had no effect"


def _counted_wrongly(
    tappers: Sequence[Tapper], attempts: Sequence[Any], readings: Sequence[Any]
) -> Iterable[str]:
    answers = {
        (tapper.person, press.question, press.ordinal, ".".join(sorted(press.chosen)), tap.update)
        for tapper in tappers
        for tap in tapper.taps
        if isinstance(press := tap.press, SubmitAnswer)
    }
    updates = {(t.person, tap.update) for t in tappers for tap in t.taps}
    for attempt in attempts:
        if tuple(attempt) not in answers:
            yield f"attempt {tuple(attempt)} is of no tap"
    for learner, item, update in readings:
        if (learner, update) not in updates:
            yield f"reading {(learner, item, update)} is of no tap"


async def _counters(url: str) -> Iterable[str]:
    store = await Store.open(url, 0)
    try:
        kept, anew = await store.fetch_fact_counts(), await store.fetch_fact_counts(recount=True)
        counted = await recounts.recount_counters(store, _MUCH_LATER)
    finally:
        await store.close()
    found = [] if kept == anew else [f"counters say {kept}, the facts {anew}"]
    return found if counted.is_correct else [*found, f"a recount finds {counted}"]


async def _wrong_screens(url: str, course: Course, tappers: Sequence[Tapper]) -> list[str]:
    voice = Translators.load().for_language(None)
    problems = []
    store = await Store.open(url, 0)
    try:
        for tapper in tappers:
            if not tapper.taps:
                continue
            if tapper.waits_since is not None:
                problems.append(f"{tapper.person}: {tapper.taps[-1].press} was never answered")
                continue
            history = await store.fetch_history(LearnerId(tapper.person))
            step = next_step(course, history.progress)
            due = next_step_rendering.step_screen(voice, course, step, history.progress)
            place = place_of(button.data for row in due.rows for button in row)
            shown = tapper.shown.place if tapper.shown else ()
            if not history.progress.is_new and shown != place:
                problems.append(f"{tapper.person}: sees {shown}, is at {place}")
    finally:
        await store.close()
    return problems


def _still_turning(world: World, tappers: Sequence[Tapper]) -> Iterable[str]:
    people = {tapper.person for tapper in tappers}
    for query in world.queries.values():
        if query.user_id in people and not query.answered:
            yield f"{query.user_id}: the press {query.data!r} still turns"
