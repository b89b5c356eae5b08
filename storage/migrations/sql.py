"""Finds the .sql file that belongs to a revision."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "versions"


def of(revision: str) -> str:
    """The SQL of `revision`: the text of `versions/<revision>_*.sql`."""
    (path,) = _FOLDER.glob(f"{revision}_*.sql")
    return path.read_text(encoding="utf-8").rstrip().removesuffix(";")
