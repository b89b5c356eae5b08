"""A learner with a phone: looks at the chat, taps the button that goes on, waits for the answer."""

import asyncio
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.callback_data import Continue, FinishItem, Press, SelectOptions, SubmitAnswer, unpack
from simulator.state import Event
from simulator.world import World

# What a screen asks for, whatever stands on it: the same for a card and a second copy of it.
Place: TypeAlias = tuple[str, ...]


@dataclass(slots=True)
class Tap:
    """One press, or one thing typed.

    Attributes:
        update: the id of the update it made.
        press: what it means; `None` for what was typed.
        at: when, in seconds of the loop's clock.
        answered: when its answer was on the screen; `None` until then.
    """

    update: int
    press: Press | None
    at: float
    answered: float | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """A message as it stood when it was shown."""

    message: int
    text: str
    buttons: tuple[str, ...]

    @property
    def place(self) -> Place:
        """What it asks for."""
        return place_of(self.buttons)


def place_of(buttons: Iterable[str]) -> Place:
    """What the buttons with these data ask for: to go on from something, to answer something."""
    for press in map(unpack, buttons):
        match press:
            case FinishItem(item):
                return ("go on from", item)
            case SubmitAnswer(question, ordinal) | SelectOptions(question, ordinal):
                return ("answer", question, str(ordinal))
            case Continue():
                return ("continue",)
            case _:
                continue
    return ()


class Tapper:
    """Taps on and on; each screen of a course is seen once only, so a second time is noticed.

    Attributes:
        taps: everything done, in order.
        shown: the newest screen that was not seen before.
        twice: screens that came a second time as a new message.
        notices: messages in words without a button to go on with.
    """

    def __init__(self, world: World, person: int, seed: int, pause: tuple[float, float]) -> None:
        self.person = person
        self.taps: list[Tap] = []
        self.shown: Screen | None = None
        self.twice: list[str] = []
        self.notices: list[str] = []
        self._world = world
        self._random = random.Random(seed * 10_000_019 + person)  # noqa: S311 - only taps
        self._pause = pause
        self._seen: set[tuple[str, tuple[str, ...]]] = set()
        self._news = asyncio.Event()
        world.person(person, f"Learner {person}")

    def hears(self, event: Event) -> None:
        """Something changed in the chat."""
        message = event.message
        if message is None or not message.from_bot or event.kind not in ("message", "edit"):
            return
        buttons = tuple(b["callback_data"] for row in message.buttons for b in row)
        screen = Screen(message.id, message.text, buttons)
        if not buttons:
            if event.kind == "message" and message.kind == "text":  # a module begins with a picture
                self.notices.append(message.text)
            return
        known = (message.text, buttons)
        if known in self._seen:
            if event.kind == "message":
                self.twice.append(message.text)
            return
        self._seen.add(known)
        self.shown = screen
        if self.taps:
            self.taps[-1].answered = self._now()
        self._news.set()

    async def learns(self, taps: int, patience: float, until: float = math.inf) -> None:
        """Start, and tap `taps` times or until nothing is left.

        Args:
            patience: seconds to wait for an answer, before it counts as owed and this one stops.
            until: when to stop, on the loop's clock.
        """
        await asyncio.sleep(self._random.uniform(0, self._pause[1]))
        self._news.clear()
        self.taps.append(Tap(self._world.say(self.person, "/start").update_id, None, self._now()))
        for _ in range(taps):
            if not await self._is_answered(patience):
                return
            assert self.shown is not None, "an answer was on the screen"
            data = self._choice(self.shown.buttons)
            if data is None:
                return
            pause = self._random.uniform(*self._pause)
            if self._now() + pause > until:
                return
            await asyncio.sleep(pause)
            self._news.clear()
            pressed = self._world.press(self.person, self.shown.message, data)
            self.taps.append(Tap(pressed.update_id, unpack(data), self._now()))
        await self._is_answered(patience)

    @property
    def waits_since(self) -> float | None:
        """Since when an answer is owed, on the loop's clock; `None` when none is."""
        if not self.taps or self.taps[-1].answered is not None:
            return None
        return self.taps[-1].at

    async def _is_answered(self, patience: float) -> bool:
        try:
            async with asyncio.timeout(patience):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    def _choice(self, buttons: Sequence[str]) -> str | None:
        """Which button to press; `None` when nothing goes on from here."""
        meant: dict[str, Any] = {data: unpack(data) for data in buttons}
        sends = [data for data, press in meant.items() if isinstance(press, SubmitAnswer)]
        marks = {d: len(p.chosen) for d, p in meant.items() if isinstance(p, SelectOptions)}
        chosen = next((len(meant[d].chosen) for d in sends), 0)
        further = [data for data, size in marks.items() if size > chosen]
        if marks and further and chosen < 2:
            return self._random.choice(further)
        if sends:
            return self._random.choice(sends)
        for kind in (FinishItem, Continue):
            for data, press in meant.items():
                if isinstance(press, kind):
                    return data
        return None

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
