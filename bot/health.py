"""How the process is, for admins in the chat: what it counts anyway, and the age of a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.inbox import Inbox
from bot.lanes import Lanes
from bot.meters import METERS
from bot.rendering.health import Health, LaneHealth

FOLDER = Path("/var/backups/tutorbot")
"""Where docs/operating.md, section 5, has backups put; a folder "backups" beside the database is
looked into as well."""

_SQLITE = "sqlite:///"
_NO_ERRORS = frozenset({"done"})


def newest_backup(database_url: str, folder: Path = FOLDER) -> int | None:
    """When the newest backup was written, in UTC milliseconds; `None` when none is found."""
    folders = [folder]
    if database_url.startswith(_SQLITE):
        folders.append(Path(database_url.removeprefix(_SQLITE)).parent / "backups")
    written = [_written_at(file) for each in folders for file in _files(each)]
    return max(written, default=None)


def _files(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if file.is_file()]
    except OSError:  # there is none, or it is not ours to read
        return []


def _written_at(file: Path) -> int:
    try:
        return int(file.stat().st_mtime * 1000)
    except OSError:  # gone since it was listed
        return 0


def errors() -> Mapping[str, int]:
    """How often handling an update ended in an error of each kind since the start."""
    found: dict[str, int] = {}
    for metric in METERS.updates.collect():
        for sample in metric.samples:
            kind = sample.labels.get("outcome", "")
            if sample.name.endswith("_total") and kind not in _NO_ERRORS:
                found[kind] = found.get(kind, 0) + int(sample.value)
    return found


@dataclass(frozen=True, slots=True)
class HealthOfProcess:
    """Knows since when the process runs, and what is in hand.

    Attributes:
        since: UTC milliseconds.
        backup: when the newest backup was written.
    """

    clock: Clock
    since: int
    version: str
    inbox: Inbox
    lanes: Lanes
    backup: Callable[[], int | None]

    def now(self, recounted: tuple[int, int] | None) -> Health:
        """How things are, for somebody who asked: the update that asks is not counted.

        Args:
            recounted: when counters were compared last, and how many were wrong; `None` for never.
        """
        at, oldest = self.clock(), self.inbox.oldest
        return Health(
            at=at,
            since=self.since,
            version=self.version,
            waiting=max(0, self.inbox.length - 1),
            oldest_seconds=0 if oldest is None else max(0, at - oldest) // 1000,
            lanes=tuple(
                LaneHealth(lane.name.lower(), self.lanes.waiting[lane], figures.released)
                for lane, figures in self.lanes.figures.items()
            ),
            refusals=self.lanes.refusals,
            backup_at=self.backup(),
            recounted=recounted,
            errors=errors(),
        )
