"""Every figure anew, in plain Python over exported facts.

Written apart: by docs/statistics.md, with nothing of `course` or `storage` but the course itself.
People are sets of persons, not sums, so that a group is what it is and not what was counted.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import combinations, pairwise
from math import inf
from typing import Any
from zoneinfo import ZoneInfo

from course.model import Module
from tests.statistics.facts import DAY, Given, Person
from tests.statistics.moments import World, active_on, closing, end, end_at, started_on

# Days before today: from the first on, before the second. Periods beside what was before them.
ALL = {
    0: ((0, inf), (7, inf)),
    90: ((0, 90), (90, 180)),
    30: ((0, 30), (30, 60)),
    7: ((0, 7), (7, 14)),
}
LARGEST_FIRST = [stretch for pair in ALL.values() for stretch in pair]

BOUNDS = (0, 7, 14, 30, 60, 90, 180, inf)

Stretch = tuple[float, float]
Groups = dict[Stretch, set[int]]


def shown(number: int) -> int:
    """How a number of people is told."""
    return 5 * (number // 5)


def overview(world: World, cohort: int | None, period: int) -> dict[str, Any]:
    """The first screen."""
    active = ALL[period or 7]
    right = _answers(world, cohort)
    return {
        "enrolled": _pair(_came(world, cohort, lambda one: [one.joined]), ALL[period]),
        "started": _pair(_came(world, cohort, started_on), ALL[period]),
        "active": _pair(_came(world, cohort, active_on), active),
        "finished": _pair(_came(world, cohort, lambda one: end(world, one)), ALL[period]),
        "minutes": _minutes(world, cohort, period, None),
        "right": tuple(right.get(stretch) for stretch in ALL[period]),
    }


def funnel(world: World, cohort: int | None, period: int) -> dict[str, Any]:
    """How far those came who joined in the period."""
    people = [
        one for one in world.of(cohort).values() if world.today - one.joined < (period or inf)
    ]
    started = shown(sum(bool(one.moments) for one in people))
    steps, before = [], started
    for module in world.course.modules:
        for lesson in module.lessons:
            cards = {card.id for card in lesson.cards}
            asked = {question.id for question in lesson.questions}
            done = shown(
                sum(
                    cards <= one.read.keys() and asked <= {given.question for given in one.given}
                    for one in people
                )
            )
            percent = min(100, round(100 * done / started)) if started else None
            steps.append((lesson.id, done, percent, max(0, before - done)))
            before = done
    most = max(lost for *_, lost in steps)
    return {
        "enrolled": shown(len(people)),
        "started": started,
        "finished": shown(sum(bool(end(world, one)) for one in people)),
        "steps": steps,
        "worst": next((name for name, *_, lost in steps if lost == most), None) if most else None,
    }


def has_come_to(world: World, name: str, one: Person) -> bool:
    """Whether somebody has started ("start"), finished ("end"), or done the lesson of this id."""
    if name == "start":
        return bool(one.moments)
    if name == "end":
        return bool(end(world, one))
    lesson = next(le for module in world.course.modules for le in module.lessons if le.id == name)
    answered = {given.question for given in one.given}
    return {card.id for card in lesson.cards} <= one.read.keys() and (
        {question.id for question in lesson.questions} <= answered
    )


def modules(world: World, cohort: int | None, period: int) -> list[tuple[Any, ...]]:
    """Every module: how many closed it, median minutes, percent right."""
    found = []
    for module in world.course.modules:
        closed = _came(world, cohort, lambda one, m=module: closing(m, one))[ALL[period][0]]
        minutes = _minutes(world, cohort, period, module)[0]
        found.append((module.id, shown(len(closed)), minutes, _right_in(world, cohort, module)))
    return found


def finishing(world: World, cohort: int | None) -> list[tuple[int, int]]:
    """Day, and how many had finished by its end."""
    days = [day for one in world.of(cohort).values() for day in end(world, one)]
    return [(day, shown(sum(other <= day for other in days))) for day in sorted(set(days))]


def activity(world: World, cohort: int | None, period: int) -> tuple[list[int], int | None]:
    """Percent of first answers in each hour of the week, of each weekday, of each hour of a day.

    And for how many the hour is known.
    """
    stretch = ALL[period][0]
    if _answers(world, cohort).get(stretch) is None:
        return [], None
    answers = [
        (one.zone, given.at)
        for one in world.of(cohort).values()
        for given in one.firsts
        if _is_in(given.at // DAY, stretch, world.today)
    ]
    hours = [_hour(zone, at) for zone, at in answers if zone is not None]
    known = round(100 * len(hours) / len(answers))
    if len(hours) < 30 or stretch not in _placed(world, cohort):
        return [], known
    week = [round(10_000 * hours.count(hour) / len(hours)) for hour in range(7 * 24)]
    weekdays, clocks = [hour // 24 for hour in hours], [hour % 24 for hour in hours]
    days = [round(100 * weekdays.count(day) / len(hours)) for day in range(7)]
    return [*week, *days, *(round(100 * clocks.count(at) / len(hours)) for at in range(24))], known


def _placed(world: World, cohort: int | None) -> set[Stretch]:
    """For which stretches hours may be told, by the people whose time zone was known."""

    def days(one: Person) -> set[int]:
        return set() if one.zone is None else {given.at // DAY for given in one.firsts}

    own = _came(world, cohort, days)
    return allowed(own, None if cohort is None else _came(world, None, days))


def allowed(own: Groups, everybody: Groups | None = None) -> set[Stretch]:
    """For which stretches a value may stand: five people behind it, and between it and others."""
    around = set() if everybody is None else allowed(everybody)
    found: set[Stretch] = set()
    for stretch in LARGEST_FIRST:
        between = [_pieces(own, stretch, other) for other in found]
        for other in around:
            if _within(stretch, other):
                assert everybody is not None
                others = everybody[other] - own[other]
                between.append([others, *_pieces(own, stretch, other)])
        if len(own[stretch]) >= 5 and all(map(_is_apart, between)):
            found.add(stretch)
    return found


def _pieces(groups: Groups, one: Stretch, other: Stretch) -> list[set[int]]:
    """Who is in each piece of the larger of two that the smaller has not."""
    if not (_within(one, other) or _within(other, one)):
        return []
    large, small = (other, one) if _within(one, other) else (one, other)
    pieces = [(large[0], small[0]), (small[1], large[1])]
    return [groups[piece] for piece in pieces if piece[0] < piece[1]]


def _is_apart(pieces: list[set[int]]) -> bool:
    return not any(pieces) or any(len(piece) >= 5 for piece in pieces)


def first_answers(world: World, cohort: int | None, question: str) -> list[tuple[Person, Given]]:
    """Who answered a question, with their first answer."""
    people = world.of(cohort).values()
    return [(one, given) for one in people for given in one.firsts if given.question == question]


def middle(values: Iterable[int]) -> int | None:
    """The median; of an even number the lower of the two in the middle."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def _hour(zone: str, at: int) -> int:
    there = datetime.fromtimestamp(at / 1000, ZoneInfo(zone))
    return there.weekday() * 24 + there.hour


def _within(one: Stretch, other: Stretch) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _is_in(day: int, stretch: Stretch, today: int) -> bool:
    return stretch[0] <= today - day < stretch[1]


def _came(world: World, cohort: int | None, days: Callable[[Person], Iterable[int]]) -> Groups:
    """Who did something in each stretch or piece of one; `days` are those on which one did."""
    ages = {n: [world.today - day for day in days(one)] for n, one in world.of(cohort).items()}
    return {
        (newest, oldest): {
            n for n, ago in ages.items() if any(newest <= days < oldest for days in ago)
        }
        for newest, oldest in combinations(BOUNDS, 2)
    }


def _pair(groups: Groups, stretches: tuple[Stretch, Stretch]) -> tuple[int, int]:
    now, before = stretches
    return shown(len(groups[now])), shown(len(groups[before]))


def _minutes(
    world: World, cohort: int | None, period: int, module: Module | None
) -> tuple[int | None, ...]:
    """Median minutes to the end of a module or of all: in the period, and before it."""

    def days(one: Person) -> list[int]:
        return end(world, one) if module is None else closing(module, one)

    own = _came(world, cohort, days)
    stands = allowed(own, None if cohort is None else _came(world, None, days))
    return tuple(
        middle(_spent(world, world.people[n], module) for n in own[stretch])
        if stretch in stands
        else None
        for stretch in ALL[period]
    )


def _spent(world: World, one: Person, module: Module | None) -> int:
    """Minutes between taps, at most three for each pause, rounded up."""
    if module is None:
        end = end_at(world, one)
        moments = [at for at in one.moments if at <= end]
    else:
        cards = {card.id for card in module.cards()}
        asked = {question.id for question in module.questions()}
        seen = [at for item, at in one.read.items() if item in cards or item.split("#")[0] in asked]
        moments = sorted([*seen, *(given.at for given in one.given if given.question in asked)])
    spent = sum(min(b - a, 180_000) for a, b in pairwise(moments))
    return max(1, (spent + 59_999) // 60_000)


def _answers(world: World, cohort: int | None) -> dict[Stretch, int]:
    """Percent right of the first answers in each stretch for which it may be told."""

    def days(one: Person) -> set[int]:
        return {given.at // DAY for given in one.firsts}

    own = _came(world, cohort, days)
    found = {}
    for stretch in allowed(own, None if cohort is None else _came(world, None, days)):
        rights = [
            given.right
            for one in world.of(cohort).values()
            for given in one.firsts
            if _is_in(given.at // DAY, stretch, world.today)
        ]
        found[stretch] = round(100 * sum(rights) / len(rights))
    return found


def _right_in(world: World, cohort: int | None, module: Module) -> int | None:
    own, around = (
        [first_answers(world, of, question.id) for question in module.questions()]
        for of in (cohort, None)
    )
    most = max(len(answers) for answers in own)
    others = max(len(more) - len(answers) for answers, more in zip(own, around, strict=True))
    if most < 5 or 0 < others < 5:
        return None
    rights = [given.right for answers in own for _, given in answers]
    return round(100 * sum(rights) / len(rights))
