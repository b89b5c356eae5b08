"""/export: a file in the chat of who asked, and nobody else's."""

import asyncio
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from bot.jobs.exports import remove_stale_folders
from simulator.messages import Message
from tests.conversations.leading import (
    ADA,
    facilitates,
    invites,
    joins,
    makes_cohort,
    person,
)
from tests.conversations.people import Careful
from tests.support.running import Stage


async def _is_made(stage: Stage) -> None:
    while stage.tutor.export_sender.is_busy:  # noqa: ASYNC110 - a task behind the answer, no event
        await asyncio.sleep(0.001)


def _files(who: Careful) -> list[Message]:
    return [message for message in who.messages if "document" in message.content]


def _bytes(stage: Stage, message: Message) -> bytes:
    found = stage.simulator.world.files.find(message.content["document"]["file_id"])
    assert found is not None
    return found.data


@pytest.mark.journey
async def test_ada_gets_everything_as_a_workbook(on_small: Stage) -> None:
    ada = Careful(on_small, ADA)
    await ada.says("/export")
    assert "a code in place of a name" in ada.sees

    await ada.taps("Excel file")
    await _is_made(on_small)

    (sent,) = _files(ada)
    assert sent.content["document"]["file_name"].endswith(".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(_bytes(on_small, sent)))
    assert {"about", "learners", "answers", "nudges"} <= set(book.sheetnames)
    assert any("Your file is ready" in message.text for message in ada.messages)
    await ada.says("/audit")
    assert "export everybody xlsx" in ada.sees


async def test_farid_gets_his_own_cohort_and_not_the_other(on_small: Stage) -> None:
    farid, other = await facilitates(on_small), await facilitates(on_small, 2002, "Fatou")
    his, hers = await makes_cohort(farid, "Nairobi"), await makes_cohort(other, "Lagos")
    await joins(on_small, 1001, await _link(farid, his), "Amina")
    await joins(on_small, 1002, await _link(other, hers), "Baraka")

    await farid.says("/export")
    await farid.taps("CSV files in a zip")
    await _is_made(on_small)

    (sent,) = _files(farid)
    with zipfile.ZipFile(io.BytesIO(_bytes(on_small, sent))) as packed:
        texts = {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    assert "answers.csv" not in texts
    assert "Nairobi" in texts["cohorts.csv"]
    assert "Lagos" not in "".join(texts.values())
    assert len(texts["learners.csv"].splitlines()) == len(texts["members.csv"].splitlines()) == 2
    assert "1001" not in texts["learners.csv"]


async def _link(facilitator: Careful, cohort: int) -> str:
    return await invites(facilitator, cohort)


async def test_a_learner_gets_the_same_answer_as_for_what_is_not_theirs(on_small: Stage) -> None:
    ada, amina = Careful(on_small, ADA), person(on_small, 1001, "Amina")
    await ada.says("/export")
    _, data = ada.button("Excel file")
    await amina.says("/start")

    await amina.presses(amina.newest.id, data)
    await _is_made(on_small)

    assert _files(amina) == []
    await amina.says("/export")
    assert "Export" not in amina.sees


async def test_while_one_is_made_no_second_is_begun_and_nothing_is_left(on_small: Stage) -> None:
    ada = Careful(on_small, ADA)
    await ada.says("/export")
    button = ada.button("Excel file")

    await ada.presses_at_once(button, (button[0], button[1].replace("xlsx", "csv")))
    await _is_made(on_small)

    assert len(_files(ada)) == 1
    assert list(on_small.tutor.export_sender.folder.glob(f"tutorbot-export-{os.getpid()}-*")) == []


def test_what_a_process_that_is_gone_has_left_is_removed(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    ended = int(gone.stdout)
    living = tmp_path / f"tutorbot-export-{os.getppid()}-x"
    for folder in (tmp_path / f"tutorbot-export-{ended}-x", living, tmp_path / "tutorbot-export-y"):
        folder.mkdir()
        (folder / "half.xlsx").touch()

    remove_stale_folders(tmp_path)

    assert sorted(one.name for one in tmp_path.iterdir()) == [living.name, "tutorbot-export-y"]


@pytest.mark.parametrize("owner", ["1x", "1²", "9" * 30, "", "-1"])
def test_what_only_looks_like_a_folder_of_ours_is_left_alone(tmp_path: Path, owner: str) -> None:
    odd = tmp_path / f"tutorbot-export-{owner}-y"
    odd.mkdir()

    remove_stale_folders(tmp_path)

    assert odd.is_dir()
