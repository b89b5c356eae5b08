"""How the process is, for admins in the chat: what it counts anyway, and the age of a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.inbox import Inbox
from bot.lanes import Lanes
from bot.logs import ERRORS
from bot.polling import Poller
from bot.rendering.health import Backup, Health, LaneHealth

FOLDER = Path("/var/backups/tutorbot")
"""Where docs/operating.md, section 5, has backups put; a folder "backups" beside the database is
looked into as well."""

_SQLITE = "sqlite:///"


def newest_backup(database_url: str, folder: Path = FOLDER) -> Backup:
    """The newest backup there is, as far as the bot may look."""
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
    """Knows since when the process runs, and what is in hand.

    Attributes:
        since: UTC milliseconds.
        backup: when the newest backup was written.
    """

    clock: Clock
    since: int
    version: str
    inbox: Inbox
    poller: Poller
    lanes: Lanes
    backup: Callable[[], Backup]

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
            refusals=self.lanes.refusals + self.poller.refusals,
            backup=self.backup(),
            recounted=recounted,
            errors=ERRORS.found,
        )
