"""When the judge expects the next reminder of somebody; see `tests.year.knowing`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tests.year.knowing import HOUR, MINUTE, Known, moment
from tests.year.record import Away

JITTER, WITHIN = 10 * MINUTE, 10 * MINUTE
"""A reminder comes within ten minutes, and the ten by which reminders are spread."""

_SPREAD = JITTER + MINUTE  # and a tick
_DAYS = (0, 3, 10, 20)
KINDS = ("first", "second", "last")
"""Those that count from when a learner was last here, in order."""

_BEFORE_DEADLINE = 48 * HOUR


@dataclass(frozen=True, slots=True)
class Expected:
    """A reminder that is to come.

    Attributes:
        at: not before.
        by: not later, the jitter included; later than usual when no process was there meanwhile.
        since: from when on its lateness counts.
        or_kind: what comes instead once a process is back, where that is too late for `kind`.
    """

    kind: str
    at: int
    by: int
    since: int
    or_kind: str = ""

    def may_be(self, kind: str) -> bool:
        """Whether it is a reminder of that kind."""
        return kind in (self.kind, self.or_kind)

    @property
    def is_after_away(self) -> bool:
        """Whether it may have had to wait for a process."""
        return self.since > self.at


def expected(known: Known, since: int, away: Sequence[Away]) -> Expected | None:
    """What comes next if nothing else happens, seen from `since`; `None` for silence."""
    first = found = _next(known, since)
    while found is not None and (hole := _hole(found.at, away)) is not None:
        found = _next(known, hole.until)
    if first is None or found is None:
        return first
    return Expected(first.kind, first.at, found.by, found.since, found.kind)


def _hole(at: int, away: Sequence[Away]) -> Away | None:
    """When nobody was there at some moment at which what is due `at` may come."""
    return next((one for one in away if at < one.until and one.since <= at + _SPREAD), None)


def _next(known: Known, since: int) -> Expected | None:
    if known.is_off or known.zone is None:
        return None
    found = [one for one in _each(known, since) if one is not None]
    return min(found, key=lambda one: one.at, default=None)


def _each(known: Known, since: int) -> Iterator[Expected | None]:
    """Of two at the same moment the first goes first."""
    if known.is_snoozed:
        yield _placed(known, "snoozed", known.snoozed_until, since)
        return
    if known.used < len(KINDS):  # the last one said that no more come
        yield _deadline(known, since)
        yield _placed(known, KINDS[known.used], _counted(known), since)


def _placed(known: Known, kind: str, wanted: int, since: int) -> Expected | None:
    at = known.first_allowed(wanted, kind)
    if at is not None and at < since:
        at = known.first_allowed(since, kind)
    return None if at is None else Expected(kind, at, at + JITTER + WITHIN, at)


def _deadline(known: Known, since: int) -> Expected | None:
    for deadline in sorted(known.deadlines):
        if deadline > max(known.deadline_used, since):
            wanted = _on_day(known, deadline - _BEFORE_DEADLINE, 0)
            found = _placed(known, "deadline", wanted, since)
            if found is not None and found.at < deadline:
                return found
    return None


def _counted(known: Known) -> int:
    """So many days after they were there; and as far from the last one as the rhythm says."""
    times = 2 if known.pace == "gentle" else 1
    before, days = (each * times for each in _DAYS[known.used : known.used + 2])
    last = max(known.nudged_at, known.active_at)
    return max(_on_day(known, known.active_at, days), _on_day(known, last, days - before))


def _on_day(known: Known, of: int, days: int) -> int:
    assert known.zone is not None, "asked only of those who told where they are"
    return moment(known.zone, known.local(of).date() + timedelta(days), known.own_hour)
