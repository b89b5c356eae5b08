"""Reads every table page by page and writes it; memory holds one page, answers go on meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.exports.cells import Cell, Naming, cells, pseudonyms
from bot.exports.manifest import Manifest
from bot.exports.tables import TABLES, Kind, Table
from course.model import Course, LearnerId
from course.overview import Verdict
from storage import cohorts, exports, invitations, items
from storage.exports import EVERYBODY, Whose
from storage.store import Store

_KEY = "exports"


class Sink(Protocol):
    """Where tables are written; its methods may be called from any thread, one at a time."""

    def begin(self, table: Table) -> None:
        """Begin a table; the one before is done."""

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows to the table that was begun last."""

    def close(self, manifest: Manifest) -> None:
        """Write what the tables mean, and end."""

    def abandon(self) -> None:
        """End without the rest."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported.

    Attributes:
        user_ids: Telegram's ids stand for the learners, not pseudonyms.
        made_at: UTC milliseconds.
        program: its name and version.
    """

    made_at: int
    program: str
    whose: Whose = EVERYBODY
    user_ids: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is.

    Attributes:
        table: that is being written.
        number: of this table, from 1, and `of` how many.
        done: rows of it, and `rows` of all tables so far.
    """

    table: str
    number: int
    of: int
    done: int
    rows: int

    def percent(self, answers: int) -> int | None:
        """The share of this table that is done, where it is known: of the answers, which are most.

        Args:
            answers: about how many there are.
        """
        if self.table != "answers" or not answers:
            return None
        return min(100, 100 * self.done // answers)


Told = Callable[[Step], None]
"""Is told how far it is."""


async def write(store: Store, course: Course, wanted: Wanted, sink: Sink, told: Told) -> Manifest:
    """Write every table into `sink` and close it.

    Raises:
        UnavailableError: the database cannot be used; the sink is abandoned.
        OSError: nothing can be written, for example since the disk is full; likewise.
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
    """The figures of every question: of everybody, or of each cohort of the facilitator."""
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
        for one in await items.items(store, course, cohort)
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
