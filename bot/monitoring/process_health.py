"""Health of the process for /status, from its own counters and the age of the newest backup."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.bot_api.polling import Poller
from bot.bot_api.rate_limiter import Lanes
from bot.clock import Clock
from bot.inbox.inbox import Inbox
from bot.logs import ERRORS
from bot.rendering.status import Backup, Health, LaneHealth

FOLDER = Path("/var/backups/tutorbot")
"""Where docs/operating.md, section 5, puts backups; a folder "backups" beside the database is
searched too."""

_SQLITE = "sqlite:///"


def newest_backup(database_url: str, folder: Path = FOLDER) -> Backup:
    """Find the newest backup among the folders that the bot may read."""
    folders = [folder]
    if database_url.startswith(_SQLITE):
        folders.append(Path(database_url.removeprefix(_SQLITE)).parent / "backups")
    written: list[int] = []
    closed: str | None = None
    for each in folders:
        try:
            written += [_written_at(file) for file in each.iterdir() if file.is_file()]
        except PermissionError:
            closed = str(each)
        except OSError:  # there is none
            continue
    return Backup(max(written, default=None), closed)


def _written_at(file: Path) -> int:
    try:
        return int(file.stat().st_mtime * 1000)
    except OSError:  # gone since it was listed
        return 0


@dataclass(frozen=True, slots=True)
class HealthOfProcess:
    """Measures the health of this process.

    Attributes:
        started_at: UTC milliseconds.
        find_backup: finds the newest backup.
    """

    clock: Clock
    since: int
    version: str
    inbox: Inbox
    poller: Poller
    lanes: Lanes
    backup: Callable[[], Backup]

    def now(self, recounted: tuple[int, int] | None) -> Health:
        """Measure the current health; the update that asks for it is not counted.

        Args:
            recounted: time of the last recount and number of wrong counters; `None` for never.
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
            refusals=self.lanes.refusals + self.poller.refusals,
            backup=self.backup(),
            recounted=recounted,
            errors=ERRORS.found,
        )
