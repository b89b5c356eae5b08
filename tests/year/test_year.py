"""Four weeks of the simulated year, with the real process killed; `make year` plays all of it."""

import asyncio
import pickle
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from tests.course.reminded import moment
from tests.year.__main__ import main, parsed
from tests.year.judging import judge
from tests.year.knowing import DAY, HOUR, MINUTE
from tests.year.playing import Scene, play
from tests.year.record import Act, Away, Did, Got, Lost, Record, Turn

WEEKS = Scene(learners=32, days=28, kills=4, cohorts_every=7 * DAY)


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """What happened in them."""
    return asyncio.run(play(WEEKS, tmp_path_factory.mktemp("weeks")))


def test_nothing_comes_that_must_not_and_all_that_was_due_comes_in_time(weeks: Record) -> None:
    verdict = judge(weeks)

    assert dict(verdict.broken) == {}
    assert weeks.kills == WEEKS.kills
    assert verdict.due > 60
    assert {"first", "second", "snoozed", "broadcast"} <= set(verdict.messages)


def test_two_processes_on_one_database_send_nothing_twice(tmp_path: Path) -> None:
    scene = Scene(learners=20, days=14, kills=3, seed=7, cohorts_every=5 * DAY, twins=True)

    record = asyncio.run(play(scene, tmp_path))

    verdict = judge(record)
    assert dict(verdict.broken) == {}
    assert record.kills == scene.kills
    assert verdict.due > 15


def test_what_was_kept_is_judged_again_and_all_cases_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    few = ["--learners", "1", "--days", "1", "--kills", "0", "--keep", str(kept)]
    assert asyncio.run(main(parsed(few))) == 0
    scene, record = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
    assert scene == Scene(learners=1, days=1, kills=0)
    record.got += [Got(record.begin, learner, "first") for learner in range(1, 8)]
    kept.write_bytes(pickle.dumps((scene, record)))

    assert asyncio.run(main(parsed(["--judge", str(kept)]))) == 1
    assert capsys.readouterr().out.count("PROBLEM: nobody knows why: ") == 7
    assert asyncio.run(main(parsed(["--judge", str(kept), "--cases", "2"]))) == 1

    shown = capsys.readouterr().out
    assert shown.count("PROBLEM: nobody knows why: ") == 3
    assert "PROBLEM: nobody knows why: 5 more" in shown


# What the judge must find when it is in the record.


def chosen(record: Record) -> Got:
    """A first reminder of somebody in a zone, with nothing else near to it."""
    told = {did.learner: did.at for did in record.did if did.act is Act.ZONE}
    for got in record.got:
        near = [one for one in record.got if one.learner == got.learner]
        alone = all(abs(one.at - got.at) > 2 * DAY for one in near if one is not got)
        if got.kind == "first" and alone and told.get(got.learner, got.at) < got.at:
            return got
    raise AssertionError


def before(act: Act, value: str | None = None, early: int = MINUTE) -> Callable[[Record], None]:
    """The learner had done that before the reminder came."""

    def change(record: Record) -> None:
        got = chosen(record)
        record.did.append(Did(got.at - early, got.learner, act, value))

    return change


def besides(kind: str | None, later: int) -> Callable[[Record], None]:
    """Another message came after it; `None` for the same once more."""

    def change(record: Record) -> None:
        got = chosen(record)
        record.got.append(replace(got, at=got.at + later, kind=kind or got.kind, about="77"))

    return change


def maybe_besides(earlier: int) -> Callable[[Record], None]:
    """Something was on its way to them before it when the process was killed."""

    def change(record: Record) -> None:
        got = chosen(record)
        record.lost.append(Lost(got.at - earlier, got.learner))

    return change


def a_deadline_after(*facts: Did | Turn) -> Callable[[Record], None]:
    """Something happened after it, so many minutes later, and then a deadline was named."""

    def change(record: Record) -> None:
        got = chosen(record)
        for fact in facts:
            its = replace(fact, at=got.at + fact.at, learner=got.learner)
            if isinstance(its, Did):
                record.did.append(its)
            else:
                record.turns.append(its)
        record.got.append(replace(got, at=got.at + HOUR, kind="deadline"))

    return change


def moved(by: int | None, *, turn: bool = True, message: bool = True) -> Callable[[Record], None]:
    """It came so much later, or with `None` never."""

    def change(record: Record) -> None:
        got = chosen(record)
        if message:
            record.got = list(_moved(record.got, got, by))
        if turn:
            record.turns = list(_moved(record.turns, got, by))

    return change


def _moved(every: Iterable[Got] | Iterable[Turn], which: Got, by: int | None) -> Iterable:  # type: ignore[type-arg]
    for one in every:
        if (one.learner, one.at) != (which.learner, which.at):
            yield one
        elif by is not None:
            yield replace(one, at=one.at + by)


BROKEN = {
    "after finishing": before(Act.FINISHES),
    "in quiet hours": before(Act.QUIET, "1-1439"),
    "on a rest day": before(Act.REST, "0123456"),
    "twice": besides(None, later=3 * MINUTE),
    "two in one day": besides("broadcast", later=2 * HOUR),
    "after /stop": before(Act.STOPS),
    "while paused": before(Act.PAUSES),
    "while snoozed": before(Act.SNOOZES, "week"),
    "to who blocked": before(Act.BLOCKS),
    "against the pace": before(Act.PACE, "none"),
    "after the last one": a_deadline_after(
        Turn(MINUTE, 0, "second", "hold"), Turn(2 * MINUTE, 0, "last", "hold")
    ),
    "of a deadline on a day here": a_deadline_after(Did(MINUTE, 0, Act.LEARNS)),
    "nobody knows why": moved(None, message=False),
    "not in time: 40 minutes late": moved(40 * MINUTE),
    "not in time: it never came": moved(None),
    "not in time: made, and lay there": moved(40 * MINUTE, turn=False),
    "not in time: made, and never sent": moved(None, turn=False),
    "not due: an hour early": moved(-HOUR),
    "not due: something may have come that day": maybe_besides(earlier=HOUR),
    "not due: just after they were there": before(Act.LEARNS, early=31 * MINUTE),
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_judge_finds(what: str, weeks: Record) -> None:
    record = deepcopy(weeks)

    BROKEN[what](record)

    broken = judge(record).broken
    assert broken[what.partition(":")[0]], dict(broken)


def at(text: str) -> int:
    return moment(f"2026-03-{text}", "Africa/Nairobi")


def a_life(*facts: Did | Turn, deadlines: Iterable[str]) -> Record:
    """Somebody in Nairobi who comes on a Monday; what was sent arrives at once."""
    record = Record(at("02 00:00"), at("06 12:10"))
    record.did = [
        Did(at("02 09:00"), 1, Act.COMES),
        Did(at("02 09:00"), 1, Act.ZONE, "Africa/Nairobi"),
    ]
    record.did += [Did(at("02 09:00"), 1, Act.JOINS, at(deadline)) for deadline in deadlines]
    record.did += [fact for fact in facts if isinstance(fact, Did)]
    record.turns = [fact for fact in facts if isinstance(fact, Turn)]
    sent = [turn for turn in record.turns if turn.fate == "sent"]
    record.got = [Got(turn.at, 1, turn.kind) for turn in sent]
    return record


def test_where_a_process_is_back_after_the_deadline_another_reminder_is_in_time() -> None:
    life = a_life(Turn(at("06 12:00"), 1, "first", "sent"), deadlines=["06 11:00"])
    assert judge(life).broken

    life.away.append(Away(at("04 09:00"), at("06 12:00")))

    assert dict(judge(life).broken) == {}


def test_one_that_was_taken_back_is_not_taken_for_the_next_of_its_kind() -> None:
    life = a_life(
        Turn(at("04 10:00"), 1, "deadline", "cancelled", "active"),
        Did(at("04 10:01"), 1, Act.LEARNS),
        Turn(at("05 10:00"), 1, "deadline", "sent"),
        deadlines=["06 10:30", "06 18:00"],
    )

    verdict = judge(life)

    assert dict(verdict.broken) == {}
    assert list(verdict.excused) == ["taken back: active"]


def test_an_urgent_message_on_the_same_day_is_counted_and_excused(weeks: Record) -> None:
    record = deepcopy(weeks)
    counted = judge(record).urgent_besides

    besides("urgent", later=2 * HOUR)(record)

    verdict = judge(record)
    assert "two in one day" not in verdict.broken
    assert verdict.urgent_besides == counted + 1
