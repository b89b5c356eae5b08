"""Manifest of an export: what it contains, and what each column means."""

import json
from dataclasses import dataclass, field

from bot.exports.tables import Table


@dataclass(slots=True)
class Manifest:
    """Description of one export.

    Attributes:
        made_at: when it was started, in UTC.
        scope: whose rows are in it.
        learner_labels: what stands for learners: pseudonyms or user ids.
        tables: each with its number of rows, in the order written.
    """

    program: str
    course: str
    made_at: str
    scope: str
    learner_labels: str
    tables: list[tuple[Table, int]] = field(default_factory=list)

    def summary_rows(self) -> tuple[tuple[str, str], ...]:
        """Rows of label and value that describe the whole export."""
        return (
            ("Made by", self.program),
            ("Course", self.course),
            ("Made at (UTC)", self.made_at),
            ("Rows of", self.scope),
            ("Learners", self.learner_labels),
            ("Times", "UTC, YYYY-MM-DD hh:mm:ss"),
            ("Empty cells", "Not known, or not so."),
        )

    def to_json(self) -> bytes:
        """Encode the manifest as JSON."""
        told = {
            "about": dict(self.summary_rows()),
            "tables": [
                {
                    "name": table.name,
                    "meaning": table.meaning,
                    "rows": rows,
                    "columns": [
                        {"name": one.name, "type": one.kind.value, "meaning": one.meaning}
                        for one in table.columns
                    ],
                }
                for table, rows in self.tables
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=2).encode()
