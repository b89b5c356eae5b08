"""/status, in the chat of an admin."""

import os
from pathlib import Path

import pytest

from bot.i18n import Translators
from bot.logs import ErrorCount
from bot.monitoring.process_health import find_newest_backup
from bot.rendering.status import (
    BackupStatus,
    Health,
    LaneHealth,
    status_page,
)
from storage.recounts import recount_counters
from tests.conversations.leading import ADA, facilitates
from tests.conversations.people import Careful
from tests.support.running import Stage

HOUR = 3_600_000


async def test_ada_sees_how_the_bot_is(on_small: Stage) -> None:
    ada = Careful(on_small, ADA)
    ada.waits(2 * 3600)

    await ada.says("/status")

    assert "Running for 2 hours, version " in ada.sees
    assert "Nothing waits to be answered." in ada.sees  # but this very question
    assert "Last backup: " in ada.sees
    assert "not compared with the facts yet" in ada.sees
    assert "since the start" in ada.sees


async def test_what_was_compared_is_told(on_small: Stage) -> None:
    ada = Careful(on_small, ADA)
    await recount_counters(on_small.store, int(on_small.simulator.world.clock.now() * 1000))
    ada.waits(3600)

    await ada.says("/status")

    assert "The figures were compared with the facts 1 hour ago; all were right." in ada.sees


async def test_facilitators_and_learners_hear_that_it_is_not_theirs(on_small: Stage) -> None:
    farid = await facilitates(on_small)

    await farid.says("/status")

    assert "Running for" not in farid.sees


def _health(**changed: object) -> Health:
    told: dict[str, object] = {
        "at": 100 * HOUR, "started_at": 0, "version": "1.0", "waiting_updates": 0,
        "oldest_seconds": 0, "refusals": 0,
        "lanes": (LaneHealth("answer", 0, 12_345), LaneHealth("broadcast", 7, 0)),
        "backup": BackupStatus(), "last_recount": None, "errors": {},
    }  # fmt: skip
    return Health(**(told | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "Running for 4 days, version 1.0."),
        ({}, "Nothing waits to be answered."),
        ({}, "Answers: 12,345 sent, 0 waiting"),
        ({}, "Broadcasts: 0 sent, 7 waiting"),
        ({}, "Last backup: not known, I found none."),
        ({"backup": BackupStatus(None, "/a")}, "Last backup: not known, I may not look into /a."),
        ({}, "No errors since the start."),
        ({"waiting_updates": 3, "oldest_seconds": 130}, "3 updates wait to be answered, the"),
        ({"waiting_updates": 3, "oldest_seconds": 130}, "the oldest for 2 minutes."),
        ({"backup": BackupStatus(90 * HOUR, "/a")}, "Last backup: 10 hours ago."),
        ({"last_recount": (99 * HOUR, 0)}, "compared with the facts 1 hour ago; all were right."),
        ({"last_recount": (99 * HOUR, 1)}, "compared with the facts 1 hour ago; 1 was wrong."),
        (
            {"errors": {"a_b": ErrorCount(2, 98 * HOUR), "c": ErrorCount(1, 99 * HOUR)}},
            "c: 1, the last 1 hour ago\na_b: 2, the last 2 hours ago",
        ),
        ({"refusals": 4}, "Telegram said that this was too fast: 4 times."),
    ],
)  # fmt: skip
def test_each_thing_is_told(changed: dict[str, object], sentence: str) -> None:
    assert sentence in status_page(Translators.load().for_language("en"), _health(**changed)).text


def test_the_newest_backup_is_found_in_either_folder(tmp_path: Path) -> None:
    beside, apart = tmp_path / "data" / "backups", tmp_path / "apart"
    url = f"sqlite:///{tmp_path}/data/tutorbot.db"
    assert find_newest_backup(url, apart) == BackupStatus()

    for folder, name, at in (
        (beside, "old.db", 1000),
        (beside, "new.db", 3000),
        (apart, "a.db", 2000),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
        os.utime(folder / name, (at, at))

    assert find_newest_backup(url, apart) == BackupStatus(3_000_000)
    assert find_newest_backup("postgresql://x/y", apart) == BackupStatus(2_000_000)


def test_a_folder_that_is_closed_to_the_bot_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", closed)

    assert find_newest_backup("postgresql://x/y", tmp_path) == BackupStatus(None, str(tmp_path))
