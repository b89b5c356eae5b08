"""XLSX files: a sheet for each table, with a frozen header and typed columns.

Rows are written to disk at once, so that memory does not grow (XlsxWriter, constant_memory). A
sheet holds 1,048,576 rows (Excel's limit); longer tables continue in another sheet.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.exports.cells import Cell
from bot.exports.manifest import Manifest
from bot.exports.tables import ColumnKind, Table

MAX_SHEET_ROWS = 1_048_576
"""Largest number of rows in a sheet, including the header (Excel specifications and limits)."""

_WIDTHS = {
    ColumnKind.LEARNER: 20,
    ColumnKind.TEXT: 18,
    ColumnKind.NUMBER: 10,
    ColumnKind.TIME: 20,
    ColumnKind.FLAG: 9,
}
_MEANING_WIDTH = 90


class Workbook:
    """Writes all tables into one file, with a first sheet that explains them.

    Args:
        scratch: a folder for temporary files; the caller empties it.
        max_sheet_rows: rows per sheet; tests use fewer.
    """

    def __init__(self, file: Path, scratch: Path, max_sheet_rows: int = MAX_SHEET_ROWS) -> None:
        import xlsxwriter  # noqa: PLC0415 - takes 3 MB, needed only for workbooks

        self._book = xlsxwriter.Workbook(
            str(file),
            {
                "constant_memory": True,
                "tmpdir": str(scratch),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.use_zip64()
        self._bold = self._book.add_format({"bold": True})
        self._time_format = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._about_sheet = self._book.add_worksheet("about")
        self._max_sheet_rows = max_sheet_rows
        self._table: Table | None = None
        self._sheet: Any = None
        self._row = self._sheet_count = 0

    def begin_table(self, table: Table) -> None:
        """Start a table, ending the previous one."""
        self._table, self._sheet_count = table, 0
        self._add_sheet(table)

    def write_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows to the current table."""
        assert self._table is not None, "a table is begun first"
        for row in rows:
            if self._row == self._max_sheet_rows:
                self._add_sheet(self._table)
            for number, cell in enumerate(row):
                self._write_cell(number, cell)
            self._row += 1

    def close(self, manifest: Manifest) -> None:
        """Write the manifest as the first sheet, and save the file."""
        lines: list[Sequence[str | int]] = [*manifest.summary_rows(), ()]
        for table, rows in manifest.tables:
            lines.append((table.name, table.meaning, rows))
            lines += [(f"  {one.name}", one.meaning, one.kind.value) for one in table.columns]
        self._about_sheet.set_column(0, 0, 24)
        self._about_sheet.set_column(1, 1, _MEANING_WIDTH)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, int):
                    self._about_sheet.write_number(row, column, value)
                else:
                    self._about_sheet.write_string(row, column, value)
        self._book.close()

    def abandon(self) -> None:
        """Do nothing: the temporary files are useless, and the caller deletes them."""

    def _add_sheet(self, table: Table) -> None:
        self._sheet_count += 1
        name = table.name if self._sheet_count == 1 else f"{table.name} {self._sheet_count}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for number, column in enumerate(table.columns):
            self._sheet.set_column(number, number, _WIDTHS[column.kind])
            self._sheet.write_string(0, number, column.name, self._bold)
        self._row = 1

    def _write_cell(self, column: int, cell: Cell) -> None:
        match cell:
            case None:
                return
            case bool():
                self._sheet.write_boolean(self._row, column, cell)
            case str():
                self._sheet.write_string(self._row, column, cell)
            case datetime():
                self._sheet.write_datetime(self._row, column, cell, self._time_format)
            case _:
                self._sheet.write_number(self._row, column, cell)
