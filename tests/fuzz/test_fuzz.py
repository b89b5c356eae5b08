"""Odd updates, buttons, texts and courses: the process lives, others are served, no fault is new.

A minute in the test run, with the same seeds each time; `make fuzz ARGS="--minutes 20"` goes on
from there.
"""

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count, islice, takewhile
from pathlib import Path
from random import Random
from typing import TypeVar

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from bot.operations.course_checks import CheckReport, check_course
from tests.fuzz import buttons, courses, typed, updates
from tests.fuzz.courses import OddCourse
from tests.fuzz.driving import BATCH, Driver
from tests.fuzz.findings import Findings, described
from tests.fuzz.scene import FOREIGNER, Scene, arranged
from tests.fuzz.updates import Odd

# Whatever python-telegram-bot is about to change is no fault of an update.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

# Seconds for all tests here together, and what part of them each has; rounds of so many batches
# that each plays at most where nobody asks for more.
_SECONDS, _ROUNDS, _BATCHES = 45.0, 8, 5
_SHARES = {"updates": 0.3, "buttons": 0.3, "texts": 0.25, "courses": 0.15}

# Seconds in which a course is read and checked, whatever is in it, and after which that counts as
# stuck; and how many problems are told of it at most.
_CHECKED_WITHIN, _STUCK, _MOST_PROBLEMS = 5.0, 30.0, 200

_ROUND = hypothesis.settings(
    max_examples=_BATCHES,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rounds:
    """Plays what is listed and then what comes at random, until its share of the time is over.

    Attributes:
        minutes: for all tests together; `None` for what a test run can spare.
    """

    minutes: float | None

    def __call__(
        self, part: str, do: Callable[[T], None], first: Iterable[T], drawn: Callable[[Random], T]
    ) -> None:
        """Do `first`, and then whatever is `drawn`; the same in every run that lasts as long."""
        seconds = _SECONDS if self.minutes is None else 60 * self.minutes
        until = time.monotonic() + seconds * _SHARES[part]

        @_ROUND
        @hypothesis.given(st.randoms(use_true_random=True))
        def one(random: Random) -> None:
            if time.monotonic() < until:
                do(drawn(random))

        for listed in takewhile(lambda _: time.monotonic() < until, first):
            do(listed)
        for number in range(_ROUNDS) if self.minutes is None else count():
            if time.monotonic() >= until:
                break
            hypothesis.seed(number)(one)()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The scene, arranged once."""
    return asyncio.run(arranged(tmp_path_factory.mktemp("scene") / "tutor.db"))


@pytest.fixture
def rounds(pytestconfig: pytest.Config) -> Rounds:
    """As long as was asked for."""
    return Rounds(pytestconfig.getoption("minutes"))


@contextmanager
def driven(scene: Scene, folder: Path) -> Iterator[Callable[[Sequence[Odd]], None]]:
    """The bot in the scene; at the end nothing may have been found, also after a restart."""
    findings = Findings()
    driver = Driver(scene.data, folder, (*scene.people, FOREIGNER), findings)
    with asyncio.Runner() as runner:
        try:
            yield lambda batch: runner.run(driver.plays(batch))
            runner.run(driver.restarts())
        finally:
            runner.run(driver.stops())
    said = f"{driver.played} sent, a bystander waited for {driver.slowest:.3f} s at most"
    print(said)  # noqa: T201 - `make fuzz` shows it
    assert not findings, f"{said}\n{findings}"


def batches(listed: Iterable[Odd]) -> Iterator[Sequence[Odd]]:
    """What is listed, so many at once as the bot is to be sent."""
    rest = iter(listed)
    return iter(lambda: tuple(islice(rest, BATCH)), ())


def batch(draw: Callable[[], Odd]) -> Sequence[Odd]:
    """As many as are sent at once."""
    return tuple(draw() for _ in range(BATCH))


def test_odd_updates_harm_nobody_else(scene: Scene, rounds: Rounds, tmp_path: Path) -> None:
    with driven(scene, tmp_path) as plays:
        rounds(
            "updates",
            plays,
            batches(updates.every_part(scene.people)),
            lambda random: batch(lambda: updates.update(random, scene.people)),
        )


def test_odd_buttons_harm_nobody_else(scene: Scene, rounds: Rounds, tmp_path: Path) -> None:
    with driven(scene, tmp_path) as plays:
        rounds(
            "buttons",
            plays,
            batches(buttons.every_button(scene.leading, scene.numbers, scene.shown)),
            lambda random: batch(lambda: buttons.button(random, scene.people, scene.shown)),
        )


def test_odd_texts_harm_nobody_else(scene: Scene, rounds: Rounds, tmp_path: Path) -> None:
    with driven(scene, tmp_path) as plays:
        rounds(
            "texts",
            plays,
            batches(typed.every_command(scene.leading)),
            lambda random: batch(lambda: typed.text(random, scene.people)),
        )


def test_odd_course_files_are_told_soon(rounds: Rounds, tmp_path: Path) -> None:
    findings = Findings()
    os.mkfifo(tmp_path / courses.PIPE)
    with ThreadPoolExecutor(1) as apart:

        def checks(odd: OddCourse) -> None:
            courses.write(odd, tmp_path)
            symptom = _checking(apart, tmp_path)
            if symptom is not None and symptom == _checking(apart, tmp_path):
                findings.add(symptom, odd.changed)

        rounds("courses", checks, courses.every_node(), courses.course)

    assert not findings, f"\n{findings}"


def _checking(apart: Executor, folder: Path) -> str | None:
    """What is wrong with how the course in `folder` is checked; `None` when nothing is."""
    checking = apart.submit(_checked, folder)
    try:
        found, seconds = checking.result(_STUCK)
    except TimeoutError:
        with suppress(OSError):  # where somebody reads the pipe, let them go on
            os.close(os.open(folder / courses.PIPE, os.O_WRONLY | os.O_NONBLOCK))
        wait([checking])
        return "a check does not end"
    except Exception as error:  # noqa: BLE001 - whatever it is, it was found
        return f"a check ended with {described(error)}"
    if seconds > _CHECKED_WITHIN:
        return f"a check took more than {_CHECKED_WITHIN:g} s"
    if len(found.problems) > _MOST_PROBLEMS:
        return f"a check told more than {_MOST_PROBLEMS} problems"
    is_told = found.course is not None or found.problems
    return None if is_told else "a course was neither taken nor refused"


def _checked(folder: Path) -> tuple[CheckReport, float]:
    """A check, and its seconds of the processor: a busy machine adds none."""
    since = time.thread_time()
    found = check_course(folder)
    return found, time.thread_time() - since
