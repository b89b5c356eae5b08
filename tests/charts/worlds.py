"""Pictures of a lively world, of nobody, of one learner, and of two hundred cohorts.

`python -m tests.charts.worlds FOLDER` draws them all, to be looked at.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random  # seeded: the worlds are the same at each run

from bot.actions.statistics import LINES, View
from bot.i18n import Voices
from bot.rendering import charts, reminder_charts
from bot.rendering.charts import Drawn
from course.model import Course, LessonId, ModuleId, OptionId, Question
from course.reminders.rhythm import Kind
from course.statistics.counters import FINISHED, JOINED, STARTED
from course.statistics.funnels import funnel
from course.statistics.intervals import Group, is_enough, newcombe
from course.statistics.item_analysis import Cell, figures, worst
from course.statistics.overview import (
    Activity,
    Finishing,
    ItemFigures,
    Period,
    ReminderFigures,
    Scope,
)
from course.statistics.suppression import People
from storage.cohorts import Cohort, State
from tests.support.running import real_course

TODAY = 20_785
NAMES = (
    "Nairobi, March", "Bogotá", "فريق القاهرة", "Магистраты Бишкека", "वकील दिल्ली", "東京 🎓",
    "A very long name of a cohort, 40 letters",
)  # fmt: skip
_ = Voices.load().of("en")


def cohort(number: int) -> Cohort:
    name = NAMES[number % len(NAMES)] if number < len(NAMES) else f"Cohort {number}"
    return Cohort(number, name, None, None, "UTC", "", None, State.OPEN, None, 1)


def view(period: Period = Period.ALL, chosen: Cohort | None = None) -> View:
    return View((), True, chosen, period, TODAY)


def reached(course: Course, started: int, stays: float, cliff: int) -> dict[str, int]:
    """How many came to each lesson; at the lesson `cliff` a third leaves."""
    found = {JOINED: round(started * 1.2), STARTED: started}
    left = float(started)
    lessons = [lesson for module in course.modules for lesson in module.lessons]
    for at, lesson in enumerate(lessons):
        left *= stays * (0.66 if at == cliff else 1)
        found[lesson.id] = int(left)
    found[FINISHED] = int(left)
    return found


def long_course(course: Course) -> Course:
    """The same course with as many lessons again as a picture has no room for."""
    more = [
        replace(
            module,
            id=ModuleId(f"z{module.id}"),
            lessons=tuple(replace(le, id=LessonId(f"z{le.id}")) for le in module.lessons),
        )
        for module in course.modules
    ]
    return replace(course, modules=(*course.modules, *more))


def finishing(number: int, chance: Random, most: int) -> Finishing:
    days, total = [], 0
    for day in range(TODAY - 120, TODAY + 1, 3):
        total += chance.randrange(most)
        days.append((day, People.of(total)))
    return Finishing(number, tuple(days))


def activity(chance: Random) -> Activity:
    def often(day: int, hour: int) -> float:
        waking = max(0.0, 1 - abs(hour - 19) / 5) + 0.6 * max(0.0, 1 - abs(hour - 12.5) / 2)
        return waking * (0.4 if day > 4 else 1) * chance.uniform(0.7, 1.3)

    cells = [[often(day, hour) for hour in range(24)] for day in range(7)]
    whole = sum(map(sum, cells))
    shares = tuple(tuple(round(10_000 * cell / whole) for cell in row) for row in cells)
    return spread(shares, 81)


def spread(cells: tuple[tuple[int, ...], ...], known: int) -> Activity:
    hours = tuple(round(sum(hour) / 100) for hour in zip(*cells, strict=True))
    days = tuple(round(sum(day) / 100) for day in cells)
    return Activity(Scope(TODAY), cells, known, days, hours)


def item(question: Question, chance: Random, answers: int, *, misled: bool) -> ItemFigures:
    """A question's figures; `misled` people choose the wrong option the more they know."""
    cells, base = [], chance.uniform(0.2, 0.75)
    wrong = next(option.id for option in question.options if not option.correct)
    for standing in range(11):
        count = answers // 11
        knows = min(0.97, base + 0.05 * standing * chance.uniform(0.2, 1))
        right = round(count * ((1 - standing / 11) if misled else knows))
        rest = count - right
        others = [option.id for option in question.options if not option.correct]
        second = others[-1] if not misled else wrong
        cells += [
            Cell(question.correct, standing, right),
            Cell(frozenset({OptionId(wrong)}), standing, rest - rest // 3),
            Cell(frozenset({OptionId(second)}), standing, rest // 3),
        ]
    return figures(question, cells, 24)


def items(course: Course, answers: int) -> tuple[ItemFigures, ...]:
    chance = Random(4)  # noqa: S311
    return tuple(
        item(question, chance, answers, misled=at in (9, 30))
        for at, question in enumerate(course.questions())
    )


def reminder(kind: Kind, sent: Group, held: Group) -> ReminderFigures:
    effect = newcombe(sent, held) if is_enough(sent, held) else None
    return ReminderFigures(kind, sent, held, effect, 3, 1, 9)


LIVELY_REMINDERS = (
    reminder(Kind.OPEN_QUESTION, Group(210, 402), Group(12, 44)),
    reminder(Kind.FIRST, Group(900, 2600), Group(55, 280)),
    reminder(Kind.SECOND, Group(220, 1500), Group(20, 160)),
    reminder(Kind.LAST, Group(60, 1100), Group(5, 120)),
    reminder(Kind.DEADLINE, Group(30, 61), Group(2, 7)),
    reminder(Kind.SNOOZED, Group(40, 70), Group(0, 0)),
)


def pictures(course: Course) -> Iterator[tuple[str, Drawn | None]]:
    """Each picture of each world by its name; `None` where words alone are shown."""
    for name, started, stays, cliff in (
        ("lively", 480, 0.975, 9),
        ("empty", 0, 1.0, 0),
        ("one", 1, 1.0, -1),
        ("many", 61_000, 0.99, 3),
    ):
        found = funnel(course, Scope(TODAY), reached(course, started, stays, cliff))
        yield f"funnel-{name}", charts.funnel(_, course, view(), found)
    long = long_course(course)
    found = funnel(long, Scope(TODAY), reached(long, 480, 0.985, 17))
    yield "funnel-long", charts.funnel(_, long, view(chosen=cohort(4)), found)
    yield from _finishing()
    lively = activity(Random(2))  # noqa: S311
    yield "time-lively", charts.time(_, view(Period.MONTH), lively)
    evenly = tuple(
        tuple(90 if 8 <= hour < 20 else 20 + hour % 3 for hour in range(24)) for _day in range(7)
    )
    yield "time-even", charts.time(_, view(chosen=cohort(4)), spread(evenly, 60))
    yield "time-empty", charts.time(_, view(), Activity(Scope(TODAY), (), None))
    one_hour = tuple(
        tuple(10_000 * (day == 2 and hour == 9) for hour in range(24)) for day in range(7)
    )
    yield "time-one", charts.time(_, view(chosen=cohort(1)), spread(one_hour, 3))
    for name, answers in (("lively", 220), ("empty", 0), ("one", 1), ("many", 90_000)):
        found_items = items(course, answers)
        first = worst(found_items, 10)
        yield f"questions-{name}", charts.questions(_, course, view(), found_items, first)
    yield "reminders-lively", reminder_charts.reminders(_, LIVELY_REMINDERS)
    yield "reminders-empty", reminder_charts.reminders(_, ())
    alone = reminder(Kind.FIRST, Group(0, 1), Group(0, 0))
    yield "reminders-one", reminder_charts.reminders(_, (alone,))


def six_cohorts() -> list[tuple[Cohort, Finishing]]:
    chance = Random(5)  # noqa: S311
    return [(cohort(at), finishing(at, chance, 9)) for at in range(6)]


def _finishing() -> Iterator[tuple[str, Drawn | None]]:
    chance = Random(5)  # noqa: S311
    some = [(cohort(at), finishing(at, chance, most)) for at, most in enumerate((7, 5, 5, 4, 3, 3))]
    yield "finishing-lively", charts.finishing(_, view(), some, 6)
    equal = Finishing(0, tuple((TODAY - ago, People.of(5 * at)) for at, ago in ((1, 90), (2, 30))))
    yield (
        "finishing-equal",
        charts.finishing(_, view(), [(cohort(at), equal) for at in range(6)], 9),
    )
    low = [(cohort(0), finishing(0, chance, 20))]
    low += [(cohort(at), Finishing(at, ((TODAY - 9, People.of(0)),))) for at in range(1, 6)]
    yield "finishing-low", charts.finishing(_, view(), low, 6)
    yield "finishing-empty", charts.finishing(_, view(), [], 3)
    one = Finishing(1, ((TODAY, People.of(1)),))
    yield "finishing-one", charts.finishing(_, view(), [(cohort(6), one)], 1)
    many = [(cohort(at), finishing(at, chance, 900)) for at in range(200)]
    many.sort(key=lambda pair: -pair[1].days[-1][1].at_least)
    yield "finishing-many", charts.finishing(_, view(), many[:LINES], 200)


def main(folder: Path) -> None:
    """Draw all of them into `folder`."""
    from charts.painting import picture  # noqa: PLC0415 - needed here only

    for name, drawn in pictures(real_course()):
        if drawn is not None:
            (folder / f"{name}.png").write_bytes(picture(drawn.chart))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
