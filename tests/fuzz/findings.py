"""What a run found: each kind of fault once, with what caused it first."""

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from telegram.error import BadRequest, Forbidden

from tests.fuzz.updates import Odd

_ROOT = Path(__file__).parents[2]
_OURS = tuple(str(_ROOT / name) for name in ("bot", "storage", "course"))

# What Telegram answers about chats and files that it does not know, as it may for any made-up id.
_OF_NOBODY = (
    "chat not found",
    "user not found",
    "message to delete not found",
    "wrong remote file identifier",
)

# Whatever else is logged as an error beside the failure of an update itself, which is judged.
_JUDGED_ELSEWHERE = frozenset({"set_aside"})


@dataclass(slots=True)
class Findings:
    """Faults by what they are; empty when all is well."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, what: str, cause: object) -> None:
        """Note one fault; `cause` says what was sent."""
        self.found.setdefault(what, []).append(str(cause)[:400])

    def __bool__(self) -> bool:
        return bool(self.found)

    def __str__(self) -> str:
        lines = (
            f"{what}\n    {len(causes)} time(s), first by {causes[0]}"
            for what, causes in self.found.items()
        )
        return "\n".join(lines)


class Listening(logging.Handler):
    """Hears what the bot logs as an error, and finds those that nothing in the bot names.

    Args:
        sent: what was sent, by the number of the update.
    """

    def __init__(self, findings: Findings, sent: Mapping[int, Odd]) -> None:
        super().__init__(logging.ERROR)
        self._findings = findings
        self._sent = sent

    def emit(self, record: logging.LogRecord) -> None:
        """Judge one line."""
        action = str(getattr(record, "action", record.name))
        if action in _JUDGED_ELSEWHERE:
            return
        odd = self._sent.get(getattr(record, "update", 0))
        error = record.exc_info[1] if record.exc_info else None
        why = str(getattr(record, "why", ""))
        if _says_of_nobody(why) or (error is not None and is_named(error, odd)):
            return
        self._findings.add(f"{action}: {described(error)}", odd or why or record.getMessage())


def is_named(error: BaseException, odd: Odd | None) -> bool:
    """Whether a row of the table of errors says what such an error means (docs/decisions/0010).

    What the Bot API's description does not allow need not be understood, only be set aside.
    """
    if isinstance(error, Forbidden):
        return True
    if isinstance(error, BadRequest):
        return _says_of_nobody(error.message)
    return odd is not None and not odd.sound


def _says_of_nobody(message: str) -> bool:
    return message.lower().startswith(_OF_NOBODY)


def described(error: BaseException | None) -> str:
    """An error and the place in our code where it came up; numbers and texts of its own go."""
    if error is None:
        return "no exception"
    places = [
        f"{Path(frame.filename).relative_to(_ROOT)}:{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(_OURS)
    ]
    said = f" ({error.message})" if isinstance(error, BadRequest) else ""
    return f"{type(error).__name__}{said} in {places[-1] if places else 'a library'}"
