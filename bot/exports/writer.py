"""Reads every table page by page and writes it; holds one page in memory, blocks no answers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.exports.cells import Cell, Naming, cells, pseudonyms
from bot.exports.manifest import Manifest
from bot.exports.tables import TABLES, Kind, Table
from course.model import Course, LearnerId
from course.statistics.overview import Verdict
from storage import (
    cohorts,
    exports,
    invitations,
    item_analysis,
)
from storage.exports import EVERYBODY, Whose
from storage.store import Store

_KEY = "exports"


class Sink(Protocol):
    """Receives tables; its methods may be called from any thread, one at a time."""

    def begin(self, table: Table) -> None:
        """Start a table, ending the previous one."""

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows to the current table."""

    def close(self, manifest: Manifest) -> None:
        """Write the manifest, and complete the export."""

    def abandon(self) -> None:
        """Release resources without completing the export."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Options of an export.

    Attributes:
        made_at: UTC milliseconds.
        program: name and version of the bot.
        scope: whose rows to export.
        user_ids: write Telegram's user ids instead of pseudonyms.
    """

    made_at: int
    program: str
    whose: Whose = EVERYBODY
    user_ids: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Progress of an export.

    Attributes:
        table: name of the current table.
        table_number: of the current table, from 1.
        table_count: number of tables.
        table_rows: rows of the current table written so far.
        total_rows: rows of all tables written so far.
    """

    table: str
    number: int
    of: int
    done: int
    rows: int

    def percent(self, answers: int) -> int | None:
        """Percentage of the current table done; known only for answers, the largest table.

        Args:
            answer_count: approximate number of answers.
        """
        if self.table != "answers" or not answers:
            return None
        return min(100, 100 * self.done // answers)


Told = Callable[[Step], None]
"""Called with the progress after each page."""


async def write(store: Store, course: Course, wanted: Wanted, sink: Sink, told: Told) -> Manifest:
    """Write every table into `sink` and close it.

    Raises:
        UnavailableError: the database cannot be used; the sink is abandoned.
        OSError: writing failed, for example because the disk is full; the sink is abandoned.
    """
    naming = str if wanted.user_ids else pseudonyms(await invitations.key(store, _KEY))
    manifest = _manifest(course, wanted)
    done = 0
    try:
        tables = _tables(wanted.whose)
        for number, table in enumerate(tables, 1):
            await asyncio.to_thread(sink.begin, table)
            told(Step(table.name, number, len(tables), 0, done))
            before = done
            async for page in _pages(store, course, table, wanted.whose, naming):
                await asyncio.to_thread(sink.write, page)
                done += len(page)
                told(Step(table.name, number, len(tables), done - before, done))
            manifest.tables.append((table, done - before))
        await asyncio.to_thread(sink.close, manifest)
    except BaseException:
        sink.abandon()
        raise
    return manifest


def _tables(whose: Whose) -> tuple[Table, ...]:
    if whose.is_everybody:
        return TABLES
    return tuple(
        replace(table, columns=tuple(one for one in table.columns if not one.is_private))
        for table in TABLES
        if table.name not in exports.OF_EVERYBODY_ONLY
    )


async def _pages(
    store: Store, course: Course, table: Table, whose: Whose, naming: Naming
) -> AsyncIterator[Sequence[Sequence[Cell]]]:
    if table.name == "items":
        yield await _items(store, course, whose)
        return
    whole = next(one for one in TABLES if one.name == table.name)
    kinds = [column.kind for column in whole.columns]
    kept = [number for number, one in enumerate(whole.columns) if one in table.columns]
    some = None if len(kept) == len(kinds) else kept
    async for rows in exports.pages(store, table.name, whose):
        yield await asyncio.to_thread(_page, rows, kinds, some, naming)


def _page(
    rows: Sequence[tuple[object, ...]],
    kinds: Sequence[Kind],
    some: Sequence[int] | None,
    naming: Naming,
) -> Sequence[Sequence[Cell]]:
    known: dict[int, str] = {}

    def name(learner: int) -> str:
        if learner not in known:
            known[learner] = naming(learner)
        return known[learner]

    made = [cells(row, kinds, name) for row in rows]
    return made if some is None else [[row[number] for number in some] for row in made]


async def _items(store: Store, course: Course, whose: Whose) -> Sequence[Sequence[Cell]]:
    """Read the item analysis of all learners, or of each cohort of the facilitator."""
    if whose.person is None:
        of: tuple[int | None, ...] = (None,)
    else:
        of = tuple(one.id for one in await cohorts.led_by(store, LearnerId(whose.person)))
    return [
        (
            None if cohort is None else str(cohort),
            one.question,
            one.kind,
            None if one.answered.are_few else one.answered.at_least,
            one.facility,
            one.discrimination,
            one.seconds,
            ", ".join(map(_verdict, one.verdicts)),
        )
        for cohort in of
        for one in await item_analysis.items(store, course, cohort)
    ]


def _verdict(found: Verdict) -> str:
    return found.finding.value if found.option is None else f"{found.finding.value} {found.option}"


def _manifest(course: Course, wanted: Wanted) -> Manifest:
    return Manifest(
        program=wanted.program,
        course=f"{course.id} {course.version}",
        made_at=datetime.fromtimestamp(wanted.made_at // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S"),
        whose="everybody" if wanted.whose.is_everybody else "the cohorts of one facilitator",
        learners="Telegram user ids" if wanted.user_ids else "pseudonyms that never change here",
    )
