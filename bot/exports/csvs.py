"""CSV files in a folder or a zip: UTF-8 with a byte order mark, quoted by RFC 4180."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from bot.exports.cells import Cell, escape_formula
from bot.exports.manifest import Manifest
from bot.exports.tables import Table

_ENCODING = "utf-8-sig"  # with a byte order mark, without which Excel assumes another encoding


class CsvFolder:
    """Writes a file for each table into an existing folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: io.TextIOWrapper | None = None
        self._rows: Any = None  # the type of csv.writer(...) has no name before Python 3.13

    def begin_table(self, table: Table) -> None:
        """Start a table, ending the previous one."""
        self._close_file()
        self._file = io.TextIOWrapper(self._open_file(f"{table.name}.csv"), _ENCODING, newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow([column.name for column in table.columns])

    def write_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows to the current table."""
        assert self._rows is not None, "a table is begun first"
        self._rows.writerows(map(_format_row, rows))

    def close(self, manifest: Manifest) -> None:
        """Write the manifest and close all files."""
        self._close_file()
        with self._open_file("manifest.json") as file:
            file.write(manifest.to_json())

    def abandon(self) -> None:
        """Close all files without completing the export."""
        self._close_file()

    def _open_file(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("wb")

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = self._rows = None


class CsvZip(CsvFolder):
    """Writes a file for each table into a zip archive."""

    def __init__(self, file: Path) -> None:
        super().__init__(file.parent)
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def close(self, manifest: Manifest) -> None:
        """Write the manifest and close the archive."""
        super().close(manifest)
        self._zip.close()

    def abandon(self) -> None:
        """Close the archive without completing the export."""
        super().abandon()
        self._zip.close()

    def _open_file(self, name: str) -> IO[bytes]:
        return self._zip.open(name, "w", force_zip64=True)


def _format_row(row: Iterable[Cell]) -> list[str | int | float]:
    return [_format_cell(cell) for cell in row]


def _format_cell(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case str():
            return escape_formula(cell)
        case datetime():
            return cell.isoformat(" ")
        case _:
            return cell
