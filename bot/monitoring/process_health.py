"""Health of the process for /status, from its own counters and the age of the newest backup."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.bot_api.polling import Poller
from bot.bot_api.rate_limiter import RateLimiter
from bot.clock import Clock
from bot.inbox.update_filter import PendingUpdates
from bot.logs import ERROR_COUNTER
from bot.rendering.status import BackupStatus, Health, LaneHealth

BACKUP_FOLDER = Path("/var/backups/tutorbot")
"""Where docs/operating.md, section 5, puts backups; a folder "backups" beside the database is
searched too."""

_SQLITE_PREFIX = "sqlite:///"


def find_newest_backup(database_url: str, folder: Path = BACKUP_FOLDER) -> BackupStatus:
    """Find the newest backup among the folders that the bot may read."""
    folders = [folder]
    if database_url.startswith(_SQLITE_PREFIX):
        folders.append(Path(database_url.removeprefix(_SQLITE_PREFIX)).parent / "backups")
    written: list[int] = []
    unreadable: str | None = None
    for each in folders:
        try:
            written += [_read_modified_at(file) for file in each.iterdir() if file.is_file()]
        except PermissionError:
            unreadable = str(each)
        except OSError:  # there is none
            continue
    return BackupStatus(max(written, default=None), unreadable)


def _read_modified_at(file: Path) -> int:
    try:
        return int(file.stat().st_mtime * 1000)
    except OSError:  # gone since it was listed
        return 0


@dataclass(frozen=True, slots=True)
class ProcessHealth:
    """Measures the health of this process.

    Attributes:
        started_at: UTC milliseconds.
        find_backup: finds the newest backup.
    """

    clock: Clock
    started_at: int
    version: str
    pending: PendingUpdates
    poller: Poller
    rate_limiter: RateLimiter
    find_backup: Callable[[], BackupStatus]

    def measure(self, recounted: tuple[int, int] | None) -> Health:
        """Measure the current health; the update that asks for it is not counted.

        Args:
            recounted: time of the last recount and number of wrong counters; `None` for never.
        """
        at, oldest = self.clock(), self.pending.oldest_at
        return Health(
            at=at,
            started_at=self.started_at,
            version=self.version,
            waiting_updates=max(0, self.pending.count - 1),
            oldest_seconds=0 if oldest is None else max(0, at - oldest) // 1000,
            lanes=tuple(
                LaneHealth(
                    lane.name.lower(), self.rate_limiter.waiting_counts[lane], figures.released
                )
                for lane, figures in self.rate_limiter.statistics.items()
            ),
            refusals=self.rate_limiter.rate_limit_hits + self.poller.rate_limit_hits,
            backup=self.find_backup(),
            last_recount=recounted,
            errors=ERROR_COUNTER.counts,
        )
