"""Pictures are drawn by a process of their own; whatever becomes of it, the bot goes on."""

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PIL import Image

from bot.chart_renderer import ChartRenderer
from charts.specs import Bar, Bars

CHART = Bars("Title", "Under", "", (Bar("One", 3, "3"), Bar("Two", 5, "5")), ("Note.",))


def program(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.fixture
def others() -> Callable[[], list[psutil.Process]]:
    """Lists the processes that began in this test: a server or a browser may be there already."""
    before = psutil.Process().children()
    return lambda: [one for one in psutil.Process().children() if one not in before]


async def test_a_picture_comes_from_another_process_and_none_is_kept(
    others: Callable[[], list[psutil.Process]],
) -> None:
    written = await ChartRenderer().render(CHART)

    assert written is not None
    with Image.open(io.BytesIO(written)) as image:
        assert image.width == 1080
    assert others() == []


async def test_several_are_drawn_one_after_the_other() -> None:
    draughtsman = ChartRenderer(120.0)

    one, other = await asyncio.gather(*(draughtsman.render(CHART) for _ in range(2)))

    assert one is not None
    assert one == other


WRONG = {
    "it fails": program("raise SystemExit(3)"),
    "it writes something else": program("print('no picture')"),
    "it begins rightly and fails": program(
        "import sys; sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n'); sys.exit(1)"
    ),
    "it reads nothing": program("import sys; sys.stdin.close()"),
    "it is not there": ("/nowhere/python",),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
async def test_without_a_picture_there_is_none(wrong: tuple[str, ...]) -> None:
    assert await ChartRenderer(program=wrong).render(CHART) is None


async def test_who_takes_too_long_is_ended(
    others: Callable[[], list[psutil.Process]],
) -> None:
    draughtsman = ChartRenderer(0.2, program("import time; time.sleep(600)"))

    assert await draughtsman.render(CHART) is None

    assert others() == []


async def test_it_ends_with_the_bot(others: Callable[[], list[psutil.Process]]) -> None:
    endless = ChartRenderer(program=program("import time; time.sleep(600)"))
    task = asyncio.create_task(endless.render(CHART))
    while not others():  # noqa: ASYNC110 - a process begins, no event tells
        await asyncio.sleep(0.001)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert others() == []


async def test_the_other_process_knows_no_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TUTORBOT_TOKEN", "123456:SECRET")
    seen = tmp_path / "seen"
    code = f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))"

    await ChartRenderer(program=program(code)).render(CHART)

    assert "PATH" in seen.read_text()
    assert "SECRET" not in seen.read_text()


def test_the_bot_does_not_carry_what_draws() -> None:
    code = (
        "import sys, bot.app, bot.serve; print([m for m in ('matplotlib', 'numpy', 'PIL')"
        " if m in sys.modules])"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )

    assert said.stdout.strip() == "[]"
