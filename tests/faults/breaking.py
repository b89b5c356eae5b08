"""Breaks a running bot at a step that is counted: at an await, a database operation, a call."""

import asyncio
from collections.abc import Callable, Coroutine, Generator, Sequence
from contextvars import ContextVar
from typing import Any

from bot.bot_api.transport import AiohttpRequest
from bot.handlers.bot_profile import publish_profile
from storage.statements import AtomicWrite, Row, Statement


class Steps:
    """Counts steps once it is armed, and says which one is to break.

    Attributes:
        reached: set when the step that is to break has come.
    """

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self._left = 0

    def arm(self, number: int) -> None:
        """Break the step of that number, counted from now; 0 disarms."""
        self._left = number
        self.reached.clear()

    def is_the_one(self) -> bool:
        """Count one step."""
        if self._left == 0:
            return False
        self._left -= 1
        if self._left == 0:
            self.reached.set()
            return True
        return False


class Life:
    """Everything that one bot does in this event loop; it can be stopped dead, as by SIGKILL.

    Each step of each of its tasks, from one await to the next, is counted.

    Attributes:
        on_death: does at that moment what the system does for a killed process.
    """

    def __init__(self, *, dies: bool) -> None:
        self.steps = Steps()
        self.on_death: Callable[[], None] | None = None
        self._dies = dies
        self._dead = False
        self._tasks: set[asyncio.Task[Any]] = set()

    def step(self, inner: Coroutine[Any, Any, Any], value: Any) -> Any:
        """Let a task go on to its next await, unless life is over."""
        if self.steps.is_the_one() and self._dies:
            self._dead = True
            if self.on_death is not None:
                self.on_death()
        if not self._dead:
            return inner.send(value)
        never = asyncio.get_running_loop().create_future()
        never._asyncio_future_blocking = True  # what `await` on a future says to its task
        return never

    def owns(self, task: asyncio.Task[Any]) -> None:
        """A task of the bot began."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def bury(self) -> None:
        """End what was stopped dead, after the test has looked at what it left."""
        self._dead = False
        self.steps.arm(0)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*tuple(self._tasks), return_exceptions=True)


# The bot that the running code belongs to; nothing for the simulator and the test itself.
LIFE: ContextVar[Life | None] = ContextVar("LIFE", default=None)

# Not on the path of a tap: what sets the bot's menu whenever it gets to it, and what waits for
# updates where none are put.
_ASIDE = (publish_profile.__qualname__, "Application._update_fetcher")


class _Stepped(Coroutine[Any, Any, Any]):
    """A coroutine whose every step goes through a `Life`."""

    def __init__(self, inner: Coroutine[Any, Any, Any], life: Life) -> None:
        self._inner = inner
        self._life = life

    def send(self, value: Any) -> Any:
        return self._life.step(self._inner, value)

    def throw(self, *error: Any) -> Any:
        return self._inner.throw(*error)

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._inner.__await__()


def task_factory(
    loop: asyncio.AbstractEventLoop, coroutine: Any, **named: Any
) -> "asyncio.Task[Any]":
    """Make tasks whose steps are counted when they belong to a bot."""
    context = named.get("context")
    life = LIFE.get() if context is None else context.get(LIFE)
    if life is None or getattr(coroutine, "__qualname__", "") in _ASIDE:
        return asyncio.Task(coroutine, loop=loop, **named)
    task: asyncio.Task[Any] = asyncio.Task(_Stepped(coroutine, life), loop=loop, **named)
    life.owns(task)
    return task


class Breaking:
    """Put before a `Database`: the operation of a chosen number fails.

    Attributes:
        error: what it fails with.
        after: whether the operation was done all the same, as when a connection breaks late.
        spared: the name of a statement whose batches are not counted.
    """

    steps: Steps
    error: Exception
    after: bool
    spared: str | None

    async def fetch_each(self, *wanted: Statement) -> list[list[Row]]:
        broken = self.steps.is_the_one()
        found = await super().fetch_each(*wanted) if not broken or self.after else []
        if broken:
            raise self.error
        return found

    async def commit_batch(self, batch: Sequence[AtomicWrite]) -> None:
        counts = all(one.name != self.spared for writing in batch for one in writing)
        broken = counts and self.steps.is_the_one()
        if not broken or self.after:
            await super().commit_batch(batch)
        if broken:
            raise self.error


class BreakingRequest(AiohttpRequest):
    """The bot's transport whose call of a chosen number goes wrong."""

    steps: Steps
    trouble: "Trouble"

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        if not self.steps.is_the_one():
            return await super().do_request(*args, **kwargs)
        if self.trouble.after:
            await super().do_request(*args, **kwargs)
        if self.trouble.error is not None:
            raise self.trouble.error
        return self.trouble.answer


class Trouble:
    """What goes wrong with a call: an error or an answer, and whether it had its effect."""

    def __init__(
        self,
        error: Exception | None = None,
        answer: tuple[int, bytes] = (0, b""),
        *,
        after: bool = False,
    ) -> None:
        self.error = error
        self.answer = answer
        self.after = after
