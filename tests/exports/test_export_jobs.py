"""Files that are made behind an answer: rights are looked at again, and a stop is told."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.actions import exports
from bot.actions.exports import ExportPermission
from bot.actions.learner_state import Interaction, Services
from bot.exports.writer import ExportProgress
from bot.i18n import Translators
from bot.jobs.exports import ExportSender
from bot.messages import Reply
from bot.rendering.exports import progress
from course.model import LearnerId
from storage import roles
from storage.roles import Role
from storage.store import Store
from tests.conftest import Copy
from tests.statistics.world import NOW, WIDE, live, prepare
from tests.support.patience import STUCK

ADA, BORIS, FARID = LearnerId(9001), LearnerId(9002), LearnerId(9003)


class Chat:
    """What is shown and sent; a file may be held up until somebody lets it go, words for ever."""

    def __init__(self) -> None:
        self.says: dict[int, str] = {}
        self.files: list[int] = []
        self.may_go = asyncio.Event()
        self.may_go.set()
        self.is_sending = asyncio.Event()
        self.is_silent = False

    async def show(self, chat: int, message: int | None, reply: Reply) -> int:
        if self.is_silent:
            await asyncio.Event().wait()
        self.says[chat] = reply.text
        return message or 0

    async def send(self, chat: int, _file: Path, _name: str, _caption: str) -> None:
        self.is_sending.set()
        await self.may_go.wait()
        self.files.append(chat)


class Meanwhile:
    """A store in which something happens while the first table is read."""

    def __init__(self, store: Store, what: object) -> None:
        self._store, self._what = store, what

    async def run_long_query(self, wanted: object) -> object:
        if self._what is not None:
            what, self._what = self._what, None
            await self._store.write(what)  # type: ignore[arg-type]
        return await self._store.run_long_query(wanted)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


async def twenty_have_learned(url: str) -> None:
    opened = await Store.open(url, NOW)
    await prepare(opened)
    await live(opened, 20)
    await opened.write(
        roles.add_role(BORIS, Role.ADMIN, ADA, NOW),
        roles.add_facilitator(FARID, 11, NOW),
        roles.add_facilitator(FARID, 12, NOW),
    )
    await opened.close()


@pytest.fixture
async def store(store_copy: Copy) -> AsyncIterator[Store]:
    opened = await Store.open(await store_copy(twenty_have_learned), NOW)
    yield opened
    await opened.close()


def made_by(store: object, chat: Chat, folder: Path) -> ExportSender:
    services = Services(WIDE, store, frozenset({ADA}))  # type: ignore[arg-type]
    sender = ExportSender(
        services,
        Translators.load(),
        lambda: NOW,
        "1",
        chat.show,
        chat.send,
        folder,
        progress_interval=0.0,
    )
    sender.start()
    return sender


async def asks(exporting: ExportSender, who: LearnerId) -> None:
    turn = Interaction(who, "en", 1, NOW)
    allowed = await exports.fetch_permission(exporting.services, turn)
    assert isinstance(allowed, ExportPermission)
    assert exporting.start_export(turn, 1, "csv", allowed)


def left_in(folder: Path) -> list[Path]:
    return list(folder.glob("tutorbot-export-*"))


async def is_done(exporting: ExportSender) -> None:
    while exporting.is_busy:  # noqa: ASYNC110 - a task behind the answer, no event
        await asyncio.sleep(0.001)


async def test_who_is_no_admin_any_more_when_their_turn_comes_gets_no_file(
    store: Store, tmp_path: Path
) -> None:
    chat = Chat()
    chat.may_go.clear()
    exporting = made_by(store, chat, tmp_path)
    await asks(exporting, ADA)
    await chat.is_sending.wait()
    await asks(exporting, BORIS)

    await store.write(roles.delete_role(BORIS, Role.ADMIN))
    chat.may_go.set()
    await is_done(exporting)

    assert chat.files == [ADA]
    assert "not yours to use" in chat.says[BORIS]
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    ("who", "taken"),
    [
        pytest.param(BORIS, roles.delete_role(BORIS, Role.ADMIN), id="an admin no more"),
        pytest.param(FARID, roles.delete_facilitator(FARID, 12), id="one cohort less"),
    ],
)
async def test_who_loses_a_right_while_the_file_is_written_does_not_get_it(
    store: Store, tmp_path: Path, who: LearnerId, taken: object
) -> None:
    chat = Chat()
    exporting = made_by(Meanwhile(store, taken), chat, tmp_path)

    await asks(exporting, who)
    await is_done(exporting)

    assert chat.files == []
    assert "not yours to use" in chat.says[who]


async def test_a_stop_is_told_to_whoever_waits(store: Store, tmp_path: Path) -> None:
    chat = Chat()
    chat.may_go.clear()
    exporting = made_by(store, chat, tmp_path)
    await asks(exporting, ADA)
    await chat.is_sending.wait()
    await asks(exporting, BORIS)
    await asyncio.sleep(0)

    await exporting.close(within=5)

    told = "I had to stop before your file was ready. Please ask again: /export"
    assert (chat.says[ADA], chat.says[BORIS]) == (told, told)
    assert left_in(tmp_path) == []


async def test_a_stop_does_not_wait_for_a_chat_that_is_silent(store: Store, tmp_path: Path) -> None:
    chat = Chat()
    chat.may_go.clear()
    exporting = made_by(store, chat, tmp_path)
    await asks(exporting, ADA)
    await chat.is_sending.wait()
    chat.is_silent = True

    async with asyncio.timeout(STUCK):
        await exporting.close(within=0.05)

    assert not exporting.is_busy
    assert left_in(tmp_path) == []


def test_how_far_it_is_comes_in_parts_and_of_answers_in_percent() -> None:
    _ = Translators.load().for_language("en")
    learners, answers = (
        ExportProgress("learners", 1, 8, 70, 70),
        ExportProgress("answers", 4, 8, 2_000, 9_000),
    )

    assert learners.percent_done(8_000) is None
    assert answers.percent_done(8_000) == 25
    assert progress(_, 1, 8, None, 70).text == (
        "Your file is being made: part 1 of 8, 70 rows so far."
    )
    assert progress(_, 4, 8, 25, 9_000).text == (
        "Your file is being made: part 4 of 8, 25 percent of it, 9,000 rows so far."
    )
    assert answers.percent_done(0) is None
