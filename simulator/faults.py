"""Troubles on order: what shall go wrong with the next calls of a method."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import DrivingError

KINDS = frozenset(
    {
        "retry_after",  # 429; seconds
        "status",  # an error answer; code, description
        "html_502",  # a gateway's page instead of JSON
        "foreign",  # nothing happened, and what answers is not Telegram; code, body
        "truncated",  # took effect, half of the answer, then the connection is cut
        "delay",  # takes effect, and the answer comes late; seconds
        "drop_before",  # the connection is cut, nothing happened
        "drop_after",  # it happened, and the connection is cut
        "hang",  # nothing happens, no answer comes
    }
)


@dataclass(slots=True)
class Fault:
    """One trouble, good for `times` more calls; `method` "*" means any but getUpdates."""

    method: str
    kind: str
    times: int
    detail: dict[str, Any] = field(default_factory=dict)


class Faults:
    """The troubles ordered, first come first served."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def add(self, method: str, kind: str, times: int = 1, **detail: Any) -> Fault:
        """Order `kind` for the next `times` calls of `method`.

        Raises:
            DrivingError: there is no such kind, or `times` is not positive.
        """
        if kind not in KINDS:
            reason = f"There is no fault {kind!r}; there are {', '.join(sorted(KINDS))}."
            raise DrivingError(reason)
        if times < 1:
            reason = "A fault must be ordered for at least one call."
            raise DrivingError(reason)
        fault = Fault(method.lower(), kind, times, detail)
        self._ordered.append(fault)
        return fault

    def take(self, method: str) -> Fault | None:
        """The trouble for this call, which uses it up; None for a call that goes well."""
        if not self._ordered:
            return None
        names = {method.lower()} | ({"*"} if method.lower() != "getupdates" else set())
        for fault in self._ordered:
            if fault.method in names:
                fault.times -= 1
                if fault.times == 0:
                    self._ordered.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Let everything go well again."""
        self._ordered.clear()

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._ordered))

    def __len__(self) -> int:
        return len(self._ordered)
