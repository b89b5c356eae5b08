"""Reads every table page by page and writes it; holds one page in memory, blocks no answers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.exports.cells import Cell, LabelLearner, make_cells, make_pseudonymizer
from bot.exports.manifest import Manifest
from bot.exports.tables import TABLES, ColumnKind, Table
from course.model import Course, LearnerId
from course.statistics.item_findings import ItemFigures, ItemVerdict
from storage import (
    cohorts,
    exports,
    invitations,
    item_analysis,
)
from storage.exports import EVERYBODY, ExportScope
from storage.store import Store

_KEY_NAME = "exports"


class Sink(Protocol):
    """Receives tables; its methods may be called from any thread, one at a time."""

    def begin_table(self, table: Table) -> None:
        """Start a table, ending the previous one."""

    def write_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows to the current table."""

    def close(self, manifest: Manifest) -> None:
        """Write the manifest, and complete the export."""

    def abandon(self) -> None:
        """Release resources without completing the export."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Options of an export.

    Attributes:
        made_at: UTC milliseconds.
        program: name and version of the bot.
        scope: whose rows to export.
        user_ids: write Telegram's user ids instead of pseudonyms.
    """

    made_at: int
    program: str
    scope: ExportScope = EVERYBODY
    user_ids: bool = False


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """Progress of an export.

    Attributes:
        table: name of the current table.
        table_number: of the current table, from 1.
        table_count: number of tables.
        table_rows: rows of the current table written so far.
        total_rows: rows of all tables written so far.
    """

    table: str
    table_number: int
    table_count: int
    table_rows: int
    total_rows: int

    def with_rows(self, more: int) -> "ExportProgress":
        """After writing so many more rows of the current table."""
        rows, total = self.table_rows + more, self.total_rows + more
        return replace(self, table_rows=rows, total_rows=total)

    def percent_done(self, answer_count: int) -> int | None:
        """Percentage of the current table done; known only for answers, the largest table.

        Args:
            answer_count: approximate number of answers.
        """
        if self.table != "answers" or not answer_count:
            return None
        return min(100, 100 * self.table_rows // answer_count)


OnProgress = Callable[[ExportProgress], None]
"""Called with the progress after each page."""


async def write_tables(
    store: Store, course: Course, options: ExportOptions, sink: Sink, on_progress: OnProgress
) -> Manifest:
    """Write every table into `sink` and close it.

    Raises:
        UnavailableError: the database cannot be used; the sink is abandoned.
        OSError: writing failed, for example because the disk is full; the sink is abandoned.
    """
    label_learner = await _choose_labels(store, options)
    manifest, tables = _make_manifest(course, options), _select_tables(options.scope)
    step = ExportProgress("", 0, len(tables), 0, 0)
    try:
        for number, table in enumerate(tables, 1):
            step = replace(step, table=table.name, table_number=number, table_rows=0)
            await asyncio.to_thread(sink.begin_table, table)
            on_progress(step)
            async for page in _read_pages(store, course, table, options.scope, label_learner):
                await asyncio.to_thread(sink.write_rows, page)
                step = step.with_rows(len(page))
                on_progress(step)
            manifest.tables.append((table, step.table_rows))
        await asyncio.to_thread(sink.close, manifest)
    except BaseException:
        sink.abandon()
        raise
    return manifest


async def _choose_labels(store: Store, options: ExportOptions) -> LabelLearner:
    if options.user_ids:
        return str
    return make_pseudonymizer(await invitations.load_key(store, _KEY_NAME))


def _select_tables(scope: ExportScope) -> tuple[Table, ...]:
    if scope.is_everybody:
        return TABLES
    return tuple(
        replace(table, columns=tuple(one for one in table.columns if not one.is_private))
        for table in TABLES
        if table.name not in exports.ADMIN_ONLY_TABLES
    )


async def _read_pages(
    store: Store, course: Course, table: Table, scope: ExportScope, label_learner: LabelLearner
) -> AsyncIterator[Sequence[Sequence[Cell]]]:
    if table.name == "items":
        yield await _read_item_analysis(store, course, scope)
        return
    whole = next(one for one in TABLES if one.name == table.name)
    kinds = [column.kind for column in whole.columns]
    kept = [number for number, one in enumerate(whole.columns) if one in table.columns]
    some = None if len(kept) == len(kinds) else kept
    async for rows in exports.fetch_pages(store, table.name, scope):
        yield await asyncio.to_thread(_make_page, rows, kinds, some, label_learner)


def _make_page(
    rows: Sequence[tuple[object, ...]],
    kinds: Sequence[ColumnKind],
    some: Sequence[int] | None,
    label_learner: LabelLearner,
) -> Sequence[Sequence[Cell]]:
    known: dict[int, str] = {}

    def name(learner: int) -> str:
        if learner not in known:
            known[learner] = label_learner(learner)
        return known[learner]

    made = [make_cells(row, kinds, name) for row in rows]
    return made if some is None else [[row[number] for number in some] for row in made]


async def _read_item_analysis(
    store: Store, course: Course, scope: ExportScope
) -> Sequence[Sequence[Cell]]:
    """Read the item analysis of all learners, or of each cohort of the facilitator."""
    of: tuple[int | None, ...] = (None,)
    if scope.person is not None:
        led = await cohorts.fetch_facilitated_cohorts(store, LearnerId(scope.person))
        of = tuple(one.id for one in led)
    return [
        _make_item_row(cohort, one)
        for cohort in of
        for one in await item_analysis.analyse_items(store, course, cohort)
    ]


def _make_item_row(cohort: int | None, one: ItemFigures) -> Sequence[Cell]:
    return (
        None if cohort is None else str(cohort),
        one.question,
        one.kind,
        None if one.answered.are_few else one.answered.at_least,
        one.facility,
        one.discrimination,
        one.seconds,
        ", ".join(map(_format_verdict, one.verdicts)),
    )


def _format_verdict(found: ItemVerdict) -> str:
    return found.finding.value if found.option is None else f"{found.finding.value} {found.option}"


def _make_manifest(course: Course, options: ExportOptions) -> Manifest:
    return Manifest(
        program=options.program,
        course=f"{course.id} {course.version}",
        made_at=datetime.fromtimestamp(options.made_at // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S"),
        scope="everybody" if options.scope.is_everybody else "the cohorts of one facilitator",
        learner_labels="Telegram user ids"
        if options.user_ids
        else "pseudonyms that never change here",
    )
