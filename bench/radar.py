"""Benchmark of the radar of a large cohort: `python -m bench.radar [MEMBERS ...]`.

Everybody is half through the real course. Beside the time of a whole look stands the longest that
somebody who answers meanwhile has to wait for the event loop. Not part of `make bench`: there is
nothing to hold it against.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from statistics import median

from bot.actions import radar
from bot.actions.learner_state import Services
from bot.actions.lessons import item_of
from bot.course_files import load_course
from bot.settings import DEFAULT_COURSE
from course.learning.marking import Marked, mark_answer
from course.learning.next_step import AnswerQuestion, next_step
from course.learning.progress import Attempt, Progress, Reading
from course.model import Course, LearnerId
from storage import cohorts, roles
from storage.cohorts import Cohort, CohortState
from storage.store import Store

SIZES = (500, 10_000)
ROUNDS = 3

_NOW = 1_794_830_400_000
_MINUTE, _DAY = 60_000, 86_400_000
_COHORT = Cohort(
    5, "Large", None, _NOW + 9 * _DAY, "Africa/Nairobi", "", None, CohortState.OPEN, None, _NOW
)
_FARID = LearnerId(1)


def main() -> None:
    """Measure each size, and print a line for each."""
    course = load_course(DEFAULT_COURSE)
    for members in [int(one) for one in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(asyncio.run(measure(course, members, Path(folder) / "radar.db")))


async def measure(course: Course, members: int, path: Path) -> str:
    """Measure a cohort of so many members."""
    url = f"sqlite:///{path}"
    store = await Store.open(url, _NOW)
    await store.write(
        cohorts.add_cohort(_COHORT, _FARID), roles.add_facilitator(_FARID, _COHORT.id, _NOW)
    )
    await store.close()
    facts = fill_database(path, course, members)
    store = await Store.open(url, _NOW)
    services = Services(course, store)
    try:
        times, processor, waits = [], [], []
        for _ in range(ROUNDS):
            begun, used = time.perf_counter(), time.process_time()
            waiting = asyncio.create_task(longest_wait())
            await asyncio.sleep(0)
            found = await radar.fetch_entries(services, _COHORT, _NOW + _MINUTE)
            times.append(time.perf_counter() - begun)
            processor.append(time.process_time() - used)
            waiting.cancel()
            waits.append(await waiting)
            assert len(found) == members, "everybody is silent"
    finally:
        await store.close()
    return (
        f"{members:,} members, {facts:,} facts: a look takes {median(times):.2f} s,"
        f" {median(processor):.2f} s of the processor; longest wait"
        f" {1000 * median(waits):.0f} ms (medians of {ROUNDS})"
    )


async def longest_wait() -> float:
    """Measure, until cancelled, the longest time for which the event loop was blocked."""
    longest, before = 0.0, time.perf_counter()
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest, before = max(longest, now - before - 0.001), now
    return longest


def fill_database(path: Path, course: Course, members: int) -> int:
    """Insert the members with facts of ten days ago; return the number of facts of each."""
    readings, attempts = half_finished(course)
    with closing(sqlite3.connect(path)) as file, file:
        for learner in range(1_000, 1_000 + members):
            file.execute(
                "insert into learners (learner, joined_at, language, plain) values (?, ?, 'en', 0)",
                (learner, _NOW - 20 * _DAY),
            )
            file.execute(
                "insert into memberships (learner, cohort, membership, invitation, pseudonym,"
                " joined_at) values (?, ?, ?, '', 'Quiet Brook 12', ?)",
                (learner, _COHORT.id, learner, _NOW - 20 * _DAY),
            )
            file.executemany(
                "insert into readings (learner, item, at, update_id) values (?, ?, ?, ?)",
                ((learner, one.item, one.at, learner * 10_000 + one.update) for one in readings),
            )
            file.executemany(
                "insert into attempts (learner, question, ordinal, options, correct,"
                " course_version, at, update_id) values (?, ?, ?, ?, ?, '1', ?, ?)",
                (
                    (learner, one.question, one.ordinal, ".".join(sorted(one.chosen)),
                     int(one.correct), one.at, learner * 10_000 + one.update)
                    for one in attempts
                ),
            )  # fmt: skip
    return len(readings) + len(attempts)


def half_finished(course: Course) -> tuple[list[Reading], list[Attempt]]:
    """Facts of a learner who is half through, every third answer wrong at first."""
    readings: list[Reading] = []
    attempts: list[Attempt] = []
    progress, update = Progress(LearnerId(0)), 0
    lessons = sum(len(module.lessons) for module in course.modules)
    while progress.count_lessons_done(course) < lessons // 2:
        update += 1
        at = _NOW - 10 * _DAY + update * _MINUTE
        step = next_step(course, progress)
        if isinstance(step, AnswerQuestion):
            progress = _answered(course, progress, step, at, update)
            attempts.append(progress.attempts[step.question.id][-1])
        else:
            reading = Reading(item_of(step), at, update)
            readings.append(reading)
            progress = progress.after_reading(reading)
    return readings, attempts


def _answered(
    course: Course, progress: Progress, step: AnswerQuestion, at: int, update: int
) -> Progress:
    asked = step.question
    wrong = frozenset(option.id for option in asked.options if not option.correct)
    chosen = frozenset(sorted(wrong)[:1]) if update % 3 == step.ordinal - 1 else asked.correct
    happened = mark_answer(course, progress, asked.id, step.ordinal, chosen, at, update)
    assert isinstance(happened, Marked), "the question is open"
    return happened.progress


if __name__ == "__main__":
    main()
