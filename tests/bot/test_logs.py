"""A canary token never appears in any line that is logged, whatever goes wrong."""

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from telegram.error import InvalidToken, NetworkError

from bot import logs
from bot.bot_api.transport import AiohttpRequest
from bot.handlers import pages
from bot.logs import ErrorCounter
from simulator.clock import Clock
from simulator.server import Simulator
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.people import Learner
from tests.support.running import NOON, Stage, connected

SECRET = "CANARY_canary-CANARY_canary-CANARY_01"
CANARY = f"987654321:{SECRET}"

FAULTS = {
    "a gateway's page": ("html_502", {}),
    "half an answer": ("truncated", {}),
    "a proxy's JSON": ("foreign", {}),
    "cut before": ("drop_before", {}),
    "cut after": ("drop_after", {}),
    "a flood": ("retry_after", {"seconds": 0}),
    "an error": ("status", {"code": 500, "description": "Internal Server Error"}),
    "a refusal": ("status", {"code": 400, "description": "Bad Request: something odd"}),
    "a block": ("status", {"code": 403, "description": "Forbidden: bot was blocked by the user"}),
    "an echo": ("status", {"code": 400, "description": f"Bad Request: see /bot{CANARY}/sendMe"}),
}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything logged at DEBUG by anybody, as the process would write it."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    quiet = {name: logging.getLogger(name).level for name in logs._QUIET_LOGGERS}
    stream = io.StringIO()
    logs.configure("DEBUG", stream)
    yield stream
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    for name, level in quiet.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
async def stage(written: io.StringIO, tmp_path: Path) -> AsyncIterator[Stage]:
    assert written is not None
    async with (
        Simulator(token=CANARY, clock=Clock(NOON)) as telegram,
        connected(telegram, f"sqlite:///{tmp_path / 'tutor.db'}", SMALL) as on,
    ):
        yield on


def is_clean(written: io.StringIO) -> bool:
    """Whether nothing of the token was logged."""
    return not any(piece in written.getvalue() for piece in ("CANARY", "canary", "987654321:"))


async def test_an_ordinary_conversation_at_debug_shows_no_token(
    stage: Stage, written: io.StringIO
) -> None:
    learner = Careful(stage)
    await learner.says("/start")
    await learner.goes_to_end()
    await learner.sends("photo", f"my token is {CANARY}")
    await learner.says(f"{CANARY}")

    assert is_clean(written)


@pytest.mark.parametrize(("kind", "detail"), FAULTS.values(), ids=FAULTS.keys())
async def test_no_trouble_of_the_network_shows_the_token(
    stage: Stage, written: io.StringIO, kind: str, detail: dict[str, object]
) -> None:
    learner = Learner(stage)
    for method in ("sendMessage", "editMessageText", "answerCallbackQuery"):
        stage.simulator.world.faults.add(method, kind, times=1, **detail)

    await learner.says("/start")
    await learner.says("next")
    await learner.says("/help")

    assert is_clean(written)
    assert "Traceback" in written.getvalue() or "level=" in written.getvalue()


async def test_an_error_of_ours_is_logged_with_its_traceback_and_without_the_token(
    stage: Stage, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        message = f"while calling https://api.telegram.org/bot{CANARY}/sendMessage"
        raise ValueError(message)

    monkeypatch.setattr(pages, "build_page", breaks)
    learner = Learner(stage)

    await learner.says("/help")

    assert is_clean(written)
    assert "Traceback" in written.getvalue()
    assert "bot[token]/sendMessage" in written.getvalue()
    assert "Sorry, something went wrong on my side." in learner.sees
    incident = learner.sees.split("number ")[1].rstrip(".")
    assert f"incident={incident}" in written.getvalue()


async def test_an_error_of_ours_does_not_stop_the_next_thing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise KeyError

    learner = Learner(stage)
    with monkeypatch.context() as patch:
        patch.setattr(pages, "build_page", breaks)
        await learner.says("/help")

    await learner.says("/help")

    assert learner.sees.startswith("How this works")


async def test_nothing_that_people_write_is_logged(stage: Stage, written: io.StringIO) -> None:
    learner = Careful(stage)

    await learner.says("/start Rumpelstiltskin")
    await learner.says("My name is Rumpelstiltskin")
    await learner.sends("photo", "Rumpelstiltskin")

    assert "Rumpelstiltskin" not in written.getvalue()
    assert "Amina" not in written.getvalue()


async def test_errors_of_the_transport_do_not_hold_the_address() -> None:
    async with AiohttpRequest() as transport:
        with pytest.raises(NetworkError) as refused:
            await transport.post(f"http://127.0.0.1:1/bot{CANARY}/getMe")

    assert "canary" not in str(refused.value).lower()
    assert refused.value.__cause__ is None


async def test_a_refused_token_is_not_in_the_error() -> None:
    async with Simulator() as telegram, AiohttpRequest() as transport:
        with pytest.raises(InvalidToken) as refused:
            await transport.post(f"{telegram.url}/bot{CANARY}/getMe")

    assert "canary" not in str(refused.value).lower()


@pytest.mark.parametrize(
    "text",
    [CANARY, f"bot{CANARY}", f"https://api.telegram.org/bot{CANARY}/getMe", f"'{CANARY}'",
     f"{CANARY}\n{CANARY}"],
)  # fmt: skip
def test_a_token_is_taken_out_of_any_text(text: str) -> None:
    assert SECRET not in logs.redact_tokens(text)


@pytest.mark.parametrize("text", ["12:30", "a:m1l1q1:1:a", "127.0.0.1:8080", "123456:short"])
def test_other_texts_stay(text: str) -> None:
    assert logs.redact_tokens(text) == text


def test_an_event_is_one_line_with_its_action(written: io.StringIO) -> None:
    logging.getLogger("bot.x").info("Something happened", extra={"action": "x", "learner": 7})

    (line,) = written.getvalue().splitlines()
    assert 'level=info event="Something happened" action=x' in line
    assert "learner=7" in line


def test_errors_are_counted_by_action_with_the_time_of_the_last() -> None:
    counting = ErrorCounter()
    told = logging.getLogger("tests.counted")
    told.addHandler(counting)
    try:
        told.warning("no error", extra={"action": "warned"})
        told.error("one", extra={"action": "broke"})
        told.critical("two", extra={"action": "broke"})
        told.error("without an action")
    finally:
        told.removeHandler(counting)

    assert {action: one.times for action, one in counting.counts.items()} == {
        "broke": 2,
        "tests.counted": 1,
    }
    assert all(one.last_at > 1_700_000_000_000 for one in counting.counts.values())
