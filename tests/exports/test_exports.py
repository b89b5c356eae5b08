"""Exports of a small world on both databases, read by csv and by openpyxl."""

import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from bot.exports.cells import escape_formula, make_pseudonymizer
from bot.exports.csvs import CsvFolder, CsvZip
from bot.exports.manifest import Manifest
from bot.exports.tables import TABLES
from bot.exports.workbooks import Workbook
from bot.exports.writer import ExportOptions, Sink, write_tables
from course.model import LearnerId
from storage import cohorts, memberships, roles
from storage.exports import EVERYBODY, ExportScope, fetch_pages
from storage.store import Store
from tests.conftest import Copy
from tests.statistics.world import NOW, WIDE, live, prepare

FARID = 2001
FORMULA = "=cmd|' /C calc'!A0"


@dataclass(frozen=True, slots=True)
class Read:
    """A table as another program reads it: its header and its rows."""

    header: Sequence[object]
    rows: Sequence[Sequence[object]]

    def column(self, name: str) -> list[object]:
        return [row[self.header.index(name)] for row in self.rows]


async def forty_have_learned(url: str) -> None:
    store = await Store.open(url, NOW)
    await prepare(store)
    await live(store, 40)
    await store.write(roles.add_facilitator(LearnerId(FARID), 11, NOW))
    found = await cohorts.fetch_cohort(store, 11)
    assert found is not None
    await store.write(cohorts.update_cohort(replace(found, name=FORMULA)))
    await store.close()


@pytest.fixture
async def lived(store_copy: Copy) -> AsyncIterator[Store]:
    """A store with forty learners; Farid leads cohort 11, whose name is a formula."""
    store = await Store.open(await store_copy(forty_have_learned), NOW)
    yield store
    await store.close()


async def _exported(store: Store, sink: Sink, wanted: ExportOptions) -> tuple[Manifest, list[int]]:
    heard: list[int] = []
    manifest = await write_tables(
        store, WIDE, wanted, sink, lambda step: heard.append(step.total_rows)
    )
    return manifest, heard


def _csv(folder: Path) -> Mapping[str, Read]:
    found = {}
    for file in folder.glob("*.csv"):
        raw = file.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        header, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
        found[file.stem] = Read(header, rows)
    return found


def _xlsx(file: Path) -> Mapping[str, Read]:
    book = openpyxl.load_workbook(file)
    found = {}
    for sheet in book.worksheets:
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = Read(header, rows)
        if sheet.title != "about":
            assert sheet.freeze_panes == "A2"
        formulas = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert formulas == []
    return found


async def test_csv_holds_every_row_of_every_table(lived: Store, tmp_path: Path) -> None:
    manifest, heard = await _exported(lived, CsvFolder(tmp_path), ExportOptions(NOW, "test"))

    read = _csv(tmp_path)
    assert {table.name for table in TABLES} == set(read)
    for name, count in (("learners", "learners"), ("answers", "attempts")):
        assert len(read[name].rows) == await _count(lived, count)
    assert heard == sorted(heard)
    assert heard[-1] == sum(len(table.rows) for table in read.values())
    told = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    for table in told["tables"]:
        assert [one["name"] for one in table["columns"]] == read[table["name"]].header
        assert table["rows"] == len(read[table["name"]].rows)
        assert all(one["meaning"] for one in table["columns"])
    assert [table.name for table, _ in manifest.tables] == [table.name for table in TABLES]


async def _count(store: Store, table: str) -> int:
    if table == "learners":
        return await store.count_learners()
    counts = await store.fetch_fact_counts(recount=True)
    return sum(int(row[-1]) for row in counts.answers)


async def test_a_formula_in_a_name_is_text_in_both_formats(lived: Store, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    await _exported(lived, CsvFolder(folder), ExportOptions(NOW, "test"))
    file = tmp_path / "all.xlsx"
    await _exported(lived, Workbook(file, tmp_path), ExportOptions(NOW, "test"))

    assert f"'{FORMULA}" in _csv(folder)["cohorts"].column("name")
    assert FORMULA in _xlsx(file)["cohorts"].column("name")


async def test_xlsx_has_types_and_says_what_columns_mean(lived: Store, tmp_path: Path) -> None:
    file = tmp_path / "all.xlsx"
    await _exported(lived, Workbook(file, tmp_path), ExportOptions(NOW, "test"))

    read = _xlsx(file)
    assert {type(one) for one in read["answers"].column("at")} == {datetime}
    assert {type(one) for one in read["answers"].column("correct")} == {bool}
    assert {type(one) for one in read["answers"].column("ordinal")} == {int}
    assert {type(one) for one in read["answers"].column("learner")} == {str}
    said = [str(row[1]) for row in read["about"].rows if len(row) > 1]
    for table in TABLES:
        assert table.meaning in said
        assert {column.meaning for column in table.columns} <= set(said)


async def test_a_table_longer_than_a_sheet_goes_on_in_the_next(
    lived: Store, tmp_path: Path
) -> None:
    file = tmp_path / "all.xlsx"
    await _exported(lived, Workbook(file, tmp_path, max_sheet_rows=50), ExportOptions(NOW, "test"))

    read = _xlsx(file)
    parts = [table for name, table in read.items() if name.split()[0] == "answers"]
    assert len(parts) > 2
    assert all(len(part.rows) == 49 for part in parts[:-1])
    assert len({part.header for part in map(_hashable, parts)}) == 1
    assert sum(len(part.rows) for part in parts) == await _count(lived, "answers")


def _hashable(read: Read) -> Read:
    return Read(tuple(read.header), read.rows)


async def test_learners_have_the_same_pseudonym_everywhere_and_nobody_their_id(
    lived: Store, tmp_path: Path
) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    await _exported(lived, CsvFolder(first), ExportOptions(NOW, "test"))
    await _exported(lived, CsvFolder(second), ExportOptions(NOW, "test", user_ids=True))

    hidden, shown = _csv(first), _csv(second)
    names = hidden["learners"].column("learner")
    assert len(set(names)) == len(names) == await lived.count_learners()
    assert set(hidden["answers"].column("learner")) <= set(names)
    everything = "".join(map(str, (row for one in hidden.values() for row in one.rows)))
    assert not any(f"'{10_000 + number}'" in everything for number in range(40))
    by_id = dict(zip(shown["learners"].column("learner"), names, strict=True))
    assert [by_id[one] for one in shown["answers"].column("learner")] == hidden["answers"].column(
        "learner"
    )


async def test_facilitators_get_their_own_cohorts_and_no_single_answers(
    lived: Store, tmp_path: Path
) -> None:
    await _exported(lived, CsvFolder(tmp_path), ExportOptions(NOW, "test", ExportScope(FARID)))

    read = _csv(tmp_path)
    members = await memberships.fetch_members(lived, 11)
    assert set(read) == {"learners", "members", "progress", "items", "cohorts"}
    assert read["cohorts"].column("cohort") == ["11"]
    assert set(read["members"].column("cohort")) == {"11"}
    assert len(read["learners"].rows) == len(read["members"].rows) == len(members) > 3
    assert set(read["progress"].column("learner")) <= set(read["learners"].column("learner"))
    assert set(read["items"].column("cohort")) == {"11"}
    assert {"stopped_at", "pace", "language"}.isdisjoint(read["learners"].header)
    with pytest.raises(ValueError, match="answers"):
        await anext(fetch_pages(lived, "answers", ExportScope(FARID)))


async def test_pages_of_any_size_give_the_same_rows(lived: Store) -> None:
    for table in ("learners", "members", "progress", "answers", "nudges", "deliveries", "cohorts"):
        whole = [row async for page in fetch_pages(lived, table, EVERYBODY, 10**6) for row in page]
        for size in (1, 7, 64):
            small = [
                row async for page in fetch_pages(lived, table, EVERYBODY, size) for row in page
            ]
            assert small == whole, table


async def test_a_zip_holds_the_same_files(lived: Store, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    await _exported(lived, CsvFolder(folder), ExportOptions(NOW, "test"))
    await _exported(lived, CsvZip(tmp_path / "all.zip"), ExportOptions(NOW, "test"))

    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert packed.testzip() is None
        for file in folder.iterdir():
            assert packed.read(file.name) == file.read_bytes()


@pytest.mark.parametrize(
    "text", ["=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\uff1d1"]
)
def test_what_begins_like_a_formula_is_defused(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Nairobi", "a=b", "1-2", "Läufer", "#started"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


def test_pseudonyms_depend_on_the_key() -> None:
    one, other = make_pseudonymizer(b"1" * 32), make_pseudonymizer(b"2" * 32)

    assert one(7) == one(7) != one(8)
    assert one(7) != other(7)
