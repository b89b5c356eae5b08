"""A simulated year of reminders, played and judged; run by `make year`.

With --broken each rule of the bot is broken once, in four weeks of it: the judge must find it.
"""

import argparse
import asyncio
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

_SHOWN = 5  # cases of each kind


def table(scene: Scene, record: Record, verdict: Verdict) -> Iterator[str]:
    """What was found, for people to read."""
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
    for why, cases in sorted(verdict.excused.items()):
        yield f"- {len(cases)} {why}"
    for rule, cases in verdict.broken.items():
        for case in cases[:_SHOWN]:
            yield f"  PROBLEM: {rule}: {case}"


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
    scene = Scene(given.learners, given.days, given.kills, given.seed, twins=given.twins)
    begun = time.monotonic()
    if given.broken:
        small = replace(scene, learners=48, days=28, kills=1, cohorts_every=2 * DAY)
        well = await _broken(small)
    else:
        record, verdict = await _year(scene)
        well = verdict.is_well
        for line in table(scene, record, verdict):
            _say(line)
    held = "Everything held." if well else "Something did not hold."
    _say(f"\n{held} It took {(time.monotonic() - begun) / 60:.1f} minutes.")
    return 0 if well else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=2_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=Scene().seed)
    parser.add_argument(
        "--twins", action="store_true", help="a second process ticks and sends, too"
    )
    parser.add_argument("--broken", action="store_true", help="break each rule once, instead")
    sys.exit(asyncio.run(main(parser.parse_args())))
