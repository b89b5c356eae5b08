"""The judge: holds every message of a year against the life of who got it.

Every rule has a name; what breaks it is a sentence that names the learner and the time.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.course.reminded import shown
from tests.year.expecting import JITTER, KINDS, WITHIN, Expected, expected
from tests.year.knowing import MINUTE, Known
from tests.year.record import Away, Did, Got, Lost, Record, Turn

NEVER = (
    "after finishing", "in quiet hours", "on a rest day", "twice", "two in one day", "after /stop",
    "while paused", "while snoozed", "to who blocked", "against the pace", "after the last one",
    "of a deadline on a day here", "nobody knows why",
)  # fmt: skip
IN_TIME = ("not in time", "not due")

Fact: TypeAlias = Did | Turn | Got | Lost
_ORDER = {Did: 0, Turn: 1, Got: 2, Lost: 3}


@dataclass(slots=True)
class Verdict:
    """What was found.

    Attributes:
        broken: by rule, what broke it.
        excused: why something due did not come, or came later: in a word, and each case.
        late: milliseconds from due to arrival, of each that came; jitter included.
    """

    broken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    excused: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    late: list[int] = field(default_factory=list)
    messages: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    due: int = 0
    held: int = 0
    urgent_besides: int = 0

    @property
    def is_well(self) -> bool:
        """Whether no rule was broken."""
        return not any(self.broken.values())


def judge(record: Record) -> Verdict:
    """Judge all of it."""
    verdict = Verdict()
    lives: dict[int, list[Fact]] = defaultdict(list)
    facts: tuple[Fact, ...] = (*record.did, *record.turns, *record.got, *record.lost)
    for fact in facts:
        lives[fact.learner].append(fact)
    for life in lives.values():
        _Judging(record, verdict, sorted(life, key=lambda one: (one.at, _ORDER[type(one)]))).judge()
    return verdict


class _Judging:
    """One life."""

    def __init__(self, record: Record, verdict: Verdict, life: Sequence[Fact]) -> None:
        self._end = record.end
        self._away = record.away
        self._verdict = verdict
        self._life = life
        self._known = Known()
        self._seen: set[object] = set()
        self._waiting: list[tuple[Turn, Expected | None]] = []

    def judge(self) -> None:
        coming: Expected | None = None
        for at, facts in _together(self._life):
            self._was_in_time(coming, at, facts)
            for fact in facts:
                self._happens(fact, coming)
            coming = expected(self._known, at, self._away)
        self._was_in_time(coming, self._end, ())
        for turn, _due in self._waiting:
            self._explains(turn)

    def _happens(self, fact: Fact, coming: Expected | None) -> None:
        match fact:
            case Did():
                self._known.does(fact)
            case Turn():
                self._turn(fact, coming)
            case Got():
                self._got(fact)
            case Lost():
                self._known.may_have_got(fact)

    def _turn(self, turn: Turn, coming: Expected | None) -> None:
        self._verdict.due += 1
        self._known.takes(turn)
        if turn.fate == "hold":
            self._verdict.held += 1
        else:
            self._waiting.append((turn, coming))

    def _was_in_time(self, coming: Expected | None, at: int, facts: Sequence[Fact]) -> None:
        """By `at` the one that was expected has come, or is not yet late."""
        turn = next((fact for fact in facts if isinstance(fact, Turn)), None)
        if self._known.zone is None:
            return
        if turn is not None and (
            coming is None or turn.at < coming.at or not coming.may_be(turn.kind)
        ):
            wanted = "nothing" if coming is None else f"{coming.kind} at {self._shown(coming.at)}"
            self._breaks("not due", turn, f"{turn.kind} where {wanted} was due")
        elif coming is not None and coming.by < at:
            came = "nothing came" if turn is None else f"it came at {self._shown(turn.at)}"
            missed = Turn(coming.at, self._life[0].learner, coming.kind, "missed")
            self._breaks("not in time", missed, f"{coming.kind} was due, and {came}")
        if coming is not None and coming.is_after_away and turn is not None:
            self._excuses("due while no process was there, came when it was back", turn)

    def _got(self, got: Got) -> None:
        self._verdict.messages[got.kind] += 1
        for rule in self._broken_by(got):
            self._breaks(rule, got, got.kind)
        if got.kind not in ("broadcast", "urgent"):
            self._settles(got)
        self._known.gets(got)

    def _broken_by(self, got: Got) -> Iterator[str]:
        known, is_nudge = self._known, got.kind not in ("broadcast", "urgent")
        if known.stopped:
            yield "after /stop"
        if known.blocked:
            yield "to who blocked"
        if got.kind != "urgent" and known.is_night(got.at):
            yield "in quiet hours"
        if (key := self._key(got)) in self._seen:
            yield "twice"
        self._seen.add(key)
        if known.heard_that_day(got.at, is_nudge=is_nudge):
            if got.kind == "urgent":
                self._verdict.urgent_besides += 1
            elif got.kind != "snoozed":
                yield "two in one day"
        if is_nudge:
            yield from self._broken_by_nudge(got)

    def _broken_by_nudge(self, got: Got) -> Iterator[str]:
        known = self._known
        if known.finished:
            yield "after finishing"
        if known.rests(got.at):
            yield "on a rest day"
        if known.paused:
            yield "while paused"
        if known.pace == "none":
            yield "against the pace"
        if got.kind != "snoozed" and known.is_snoozed and got.at < known.snoozed_until:
            yield "while snoozed"
        if got.kind == "deadline" and known.used == len(KINDS):
            yield "after the last one"
        if got.kind == "deadline" and known.was_here_that_day(got.at):
            yield "of a deadline on a day here"
        if not any(turn.kind == got.kind for turn, _ in self._waiting):
            yield "nobody knows why"

    def _key(self, got: Got) -> object:
        """What no other message has: what it is about."""
        turn = next((turn for turn, _ in reversed(self._waiting) if turn.kind == got.kind), None)
        about: object = got.about
        if got.kind in ("first", "second", "last"):
            about = self._known.active_at
        elif got.kind not in ("broadcast", "urgent"):
            about = self._known.nudged_at if turn is None else turn.at
        return got.kind, about

    def _settles(self, got: Got) -> None:
        """The message of a reminder that was due has come: how late?

        It is that of the newest of its kind: what waits of earlier ones is taken back by then.
        """
        waiting = reversed(self._waiting)
        found = next((one for one in waiting if one[0].kind == got.kind), None)
        if found is None:
            return
        self._waiting.remove(found)
        turn, coming = found
        if coming is None or self._known.zone is None:
            return
        back = max((one.until for one in self._away if turn.at <= one.until <= got.at), default=0)
        if back > turn.at:
            self._excuses("killed with it in hand, sent by the next process", turn)
        start = max(coming.since if turn.at >= coming.since else coming.at, back)
        self._verdict.late.append(got.at - start)
        if got.at > start + JITTER + WITHIN and not self._moved(got, back):
            self._breaks("not in time", got, f"{got.kind} lay in the outbox too long")

    def _moved(self, got: Got, back: int) -> bool:
        """It waited for the learner's next hour, since it was night when the process was back."""
        at = self._known.first_allowed(back, got.kind) if back else None
        return at is not None and at <= got.at <= at + JITTER + WITHIN

    def _explains(self, turn: Turn) -> None:
        """A reminder was due and its message never came: why?"""
        near = any(one.since - 2 * MINUTE <= turn.at <= one.until + MINUTE for one in self._away)
        if turn.fate in ("unknown", "sending"):
            self._excuses(
                "killed in the moment of sending: not sent again, lest it comes twice", turn
            )
        elif turn.fate in ("cancelled", "skipped") and (near or self._did_something(turn)):
            self._excuses(f"taken back: {turn.reason}", turn)
        elif turn.at + JITTER + WITHIN > self._end:
            self._excuses("the year was over", turn)
        elif self._known.zone is not None:
            self._breaks("not in time", turn, f"{turn.kind} was {turn.fate} ({turn.reason})")

    def _did_something(self, turn: Turn) -> bool:
        return any(isinstance(one, Did) and one.at >= turn.at for one in self._life)

    def _breaks(self, rule: str, fact: Fact, what: str) -> None:
        self._verdict.broken[rule].append(f"{fact.learner}, {self._shown(fact.at)}: {what}")

    def _excuses(self, why: str, fact: Turn) -> None:
        self._verdict.excused[why].append(f"{fact.learner}, {self._shown(fact.at)}: {fact.kind}")

    def _shown(self, at: int) -> str:
        zone = self._known.zone or "UTC"
        return f"{shown(at, zone)} in {zone}"


def _together(life: Sequence[Fact]) -> Iterator[tuple[int, list[Fact]]]:
    """What happened at the same moment, moment by moment."""
    moments: dict[int, list[Fact]] = {}
    for fact in life:
        moments.setdefault(fact.at, []).append(fact)
    yield from moments.items()


def away_of(record: Record) -> int:
    """Milliseconds for which no process was there."""
    return sum(_length(one) for one in record.away)


def _length(one: Away) -> int:
    return one.until - one.since
