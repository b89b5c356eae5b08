"""A simulated year of reminders, played and judged; run by `make year`.

With --broken each rule of the bot is broken once, in four weeks of it: the judge must find it. With
--keep FILE what happened is kept in FILE, and with --judge FILE it is judged once more in seconds,
without being played: after a change of the judge, or to see more cases (--cases).
"""

import argparse
import asyncio
import pickle
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.year.broken import FAULTS, FOUND_AS
from tests.year.expecting import JITTER, WITHIN
from tests.year.judging import IN_TIME, NEVER, Verdict, away_of, judge
from tests.year.lives import DAY, HOUR, MINUTE, ZONES
from tests.year.playing import Scene, play
from tests.year.record import Record

_SHOWN = 40


def table(scene: Scene, record: Record, verdict: Verdict, cases: int = _SHOWN) -> Iterator[str]:
    """What was found, for people to read; of each rule so many cases that broke it."""
    nudges = sum(count for kind, count in verdict.messages.items() if kind not in _BROADCASTS)
    yield (
        f"Seed {scene.seed}: {scene.learners:,} learners in {len(ZONES)} zones, {scene.days} days; "
        f"{len(record.did):,} things they did, {record.ticks:,} ticks with something due."
    )
    yield (
        f"Killed {record.kills} times (SIGKILL); {len(record.away)} of them in a tick, and away "
        f"for {away_of(record) / HOUR:.1f} hours in all."
    )
    yield "\n| rule | messages looked at | broken |\n| --- | ---: | ---: |"
    for rule in NEVER:
        looked_at = sum(verdict.messages.values()) if rule in _OF_ALL else nudges
        yield f"| 0 {rule} | {looked_at:,} | {len(verdict.broken[rule])} |"
    for rule in IN_TIME:
        yield f"| 0 {rule} | {verdict.due:,} due | {len(verdict.broken[rule])} |"
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(verdict.messages.items()))
    yield f"\nMessages: {kinds}. Held out: {verdict.held:,} of {verdict.due:,} due."
    yield f"Urgent broadcasts on a day that had another message: {verdict.urgent_besides}."
    yield f"From due to arrival, the jitter of up to 10 minutes included: {_late(verdict)}."
    for why, excused in sorted(verdict.excused.items()):
        yield f"- {len(excused)} {why}"
    for rule, found in verdict.broken.items():
        yield from (f"  PROBLEM: {rule}: {case}" for case in found[:cases])
        if len(found) > cases:
            yield f"  PROBLEM: {rule}: {len(found) - cases} more"


_BROADCASTS = ("broadcast", "urgent")
_OF_ALL = ("in quiet hours", "twice", "two in one day", "after /stop", "to who blocked")


def _late(verdict: Verdict) -> str:
    late = sorted(verdict.late)
    if not late:
        return "none came"
    parts = {"half of them": 0.5, "99 of 100": 0.99, "999 of 1000": 0.999}
    found = [
        f"{name} within {late[int(len(late) * part)] / MINUTE:.1f} minutes"
        for name, part in parts.items()
    ]
    beyond = sum(one > JITTER + WITHIN for one in late)
    return f"{', '.join(found)}; {beyond} after more than 20"


async def _year(scene: Scene) -> tuple[Record, Verdict]:
    with tempfile.TemporaryDirectory(prefix="tutorbot-year-") as folder:
        record = await play(scene, Path(folder))
    return record, judge(record)


async def _happened(given: argparse.Namespace) -> tuple[Scene, Record]:
    """What is to be judged: played now, or kept by an earlier run."""
    if given.judge is not None:
        scene, record = pickle.loads(given.judge.read_bytes())  # noqa: S301 - our own file
        return scene, record
    scene = _scene(given)
    with tempfile.TemporaryDirectory(prefix="tutorbot-year-") as folder:
        record = await play(scene, Path(folder))
    if given.keep is not None:
        given.keep.write_bytes(pickle.dumps((scene, record)))
    return scene, record


async def _broken(scene: Scene) -> bool:
    """Whether each fault is found, as what it is; and nothing where nothing is broken."""
    _say("| broken on purpose | found as | cases |\n| --- | --- | ---: |")
    _record, unbroken = await _year(scene)
    _say(f"| nothing | nothing | {sum(map(len, unbroken.broken.values()))} |")
    well = unbroken.is_well
    for fault in FAULTS:
        _record, verdict = await _year(replace(scene, fault=fault))
        cases = len(verdict.broken[FOUND_AS[fault]])
        well &= cases > 0
        _say(f"| {fault} | {FOUND_AS[fault]} | {cases} |")
    return well


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main(given: argparse.Namespace) -> int:
    """Play and judge; returns the exit code."""
    begun = time.monotonic()
    if given.broken:
        small = replace(_scene(given), learners=48, days=28, kills=1, cohorts_every=2 * DAY)
        well = await _broken(small)
    else:
        scene, record = await _happened(given)
        verdict = judge(record)
        well = verdict.is_well
        for line in table(scene, record, verdict, given.cases):
            _say(line)
    held = "Everything held." if well else "Something did not hold."
    _say(f"\n{held} It took {(time.monotonic() - begun) / 60:.1f} minutes.")
    return 0 if well else 1


def _scene(given: argparse.Namespace) -> Scene:
    return Scene(given.learners, given.days, given.kills, given.seed, twins=given.twins)


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=2_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=Scene().seed)
    parser.add_argument(
        "--twins", action="store_true", help="a second process ticks and sends, too"
    )
    parser.add_argument("--broken", action="store_true", help="break each rule once, instead")
    parser.add_argument(
        "--cases", type=int, default=_SHOWN, help="how many cases of each rule are shown"
    )
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--keep", type=Path, metavar="FILE", help="keep what happened in FILE")
    kept.add_argument(
        "--judge", type=Path, metavar="FILE", help="judge what --keep kept, and play nothing"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(parsed(sys.argv[1:]))))
