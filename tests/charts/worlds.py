"""Pictures of a lively world, of nobody, of one learner, and of two hundred cohorts.

`python -m tests.charts.worlds FOLDER` draws them all, to be looked at.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random  # seeded: the worlds are the same at each run

from bot.actions.statistics import MAX_CHART_LINES, StatisticsView
from bot.i18n import Translators
from bot.rendering import charts, item_charts, reminder_effects
from bot.rendering.charts import CaptionedChart
from course.model import Course, LessonId, ModuleId, OptionId, Question
from course.reminders.rhythm import ReminderKind
from course.statistics.counters import FINISHED, JOINED, STARTED
from course.statistics.funnels import build_funnel
from course.statistics.intervals import Proportion, are_large_enough, newcombe_interval
from course.statistics.item_analysis import AnswerGroup, item_figures, worst_items
from course.statistics.item_findings import ItemFigures
from course.statistics.overview import (
    ActivityPattern,
    CompletionCurve,
    Period,
    ReminderFigures,
    Scope,
)
from course.statistics.suppression import People
from storage.cohorts import Cohort, CohortState
from tests.support.running import real_course

TODAY = 20_785
NAMES = (
    "Nairobi, March", "Bogotá", "فريق القاهرة", "Магистраты Бишкека", "वकील दिल्ली", "東京 🎓",
    "A very long name of a cohort, 40 letters",
)  # fmt: skip
_ = Translators.load().for_language("en")


def cohort(number: int) -> Cohort:
    name = NAMES[number % len(NAMES)] if number < len(NAMES) else f"Cohort {number}"
    return Cohort(number, name, None, None, "UTC", "", None, CohortState.OPEN, None, 1)


def view(period: Period = Period.ALL, chosen: Cohort | None = None) -> StatisticsView:
    return StatisticsView((), True, chosen, period, TODAY)


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


def finishing(number: int, chance: Random, most: int) -> CompletionCurve:
    days, total = [], 0
    for day in range(TODAY - 120, TODAY + 1, 3):
        total += chance.randrange(most)
        days.append((day, People.rounded(total)))
    return CompletionCurve(number, tuple(days))


def activity(chance: Random) -> ActivityPattern:
    def often(day: int, hour: int) -> float:
        waking = max(0.0, 1 - abs(hour - 19) / 5) + 0.6 * max(0.0, 1 - abs(hour - 12.5) / 2)
        return waking * (0.4 if day > 4 else 1) * chance.uniform(0.7, 1.3)

    cells = [[often(day, hour) for hour in range(24)] for day in range(7)]
    whole = sum(map(sum, cells))
    shares = tuple(tuple(round(10_000 * cell / whole) for cell in row) for row in cells)
    return spread(shares, 81)


def spread(cells: tuple[tuple[int, ...], ...], known: int) -> ActivityPattern:
    hours = tuple(round(sum(hour) / 100) for hour in zip(*cells, strict=True))
    days = tuple(round(sum(day) / 100) for day in cells)
    return ActivityPattern(Scope(TODAY), cells, known, days, hours)


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
            AnswerGroup(question.correct, standing, right),
            AnswerGroup(frozenset({OptionId(wrong)}), standing, rest - rest // 3),
            AnswerGroup(frozenset({OptionId(second)}), standing, rest // 3),
        ]
    return item_figures(question, cells, 24)


def items(course: Course, answers: int) -> tuple[ItemFigures, ...]:
    chance = Random(4)  # noqa: S311
    return tuple(
        item(question, chance, answers, misled=at in (9, 30))
        for at, question in enumerate(course.questions())
    )


def reminder(kind: ReminderKind, sent: Proportion, held: Proportion) -> ReminderFigures:
    effect = newcombe_interval(sent, held) if are_large_enough(sent, held) else None
    return ReminderFigures(kind, sent, held, effect, 3, 1, 9)


LIVELY_REMINDERS = (
    reminder(ReminderKind.OPEN_QUESTION, Proportion(210, 402), Proportion(12, 44)),
    reminder(ReminderKind.FIRST, Proportion(900, 2600), Proportion(55, 280)),
    reminder(ReminderKind.SECOND, Proportion(220, 1500), Proportion(20, 160)),
    reminder(ReminderKind.LAST, Proportion(60, 1100), Proportion(5, 120)),
    reminder(ReminderKind.DEADLINE, Proportion(30, 61), Proportion(2, 7)),
    reminder(ReminderKind.SNOOZED, Proportion(40, 70), Proportion(0, 0)),
)


def pictures(course: Course) -> Iterator[tuple[str, CaptionedChart | None]]:
    """Each picture of each world by its name; `None` where words alone are shown."""
    for name, started, stays, cliff in (
        ("lively", 480, 0.975, 9),
        ("empty", 0, 1.0, 0),
        ("one", 1, 1.0, -1),
        ("many", 61_000, 0.99, 3),
    ):
        found = build_funnel(course, Scope(TODAY), reached(course, started, stays, cliff))
        yield f"funnel-{name}", charts.funnel(_, course, view(), found)
    long = long_course(course)
    found = build_funnel(long, Scope(TODAY), reached(long, 480, 0.985, 17))
    yield "funnel-long", charts.funnel(_, long, view(chosen=cohort(4)), found)
    yield from _finishing()
    lively = activity(Random(2))  # noqa: S311
    yield "time-lively", charts.answer_times(_, view(Period.MONTH), lively)
    evenly = tuple(
        tuple(90 if 8 <= hour < 20 else 20 + hour % 3 for hour in range(24)) for _day in range(7)
    )
    yield "time-even", charts.answer_times(_, view(chosen=cohort(4)), spread(evenly, 60))
    yield "time-empty", charts.answer_times(_, view(), ActivityPattern(Scope(TODAY), (), None))
    one_hour = tuple(
        tuple(10_000 * (day == 2 and hour == 9) for hour in range(24)) for day in range(7)
    )
    yield "time-one", charts.answer_times(_, view(chosen=cohort(1)), spread(one_hour, 3))
    for name, answers in (("lively", 220), ("empty", 0), ("one", 1), ("many", 90_000)):
        found_items = items(course, answers)
        first = worst_items(found_items, 10)
        yield f"questions-{name}", item_charts.question_dots(_, course, view(), found_items, first)
    yield "reminders-lively", reminder_effects.effects_chart(_, LIVELY_REMINDERS)
    yield "reminders-empty", reminder_effects.effects_chart(_, ())
    alone = reminder(ReminderKind.FIRST, Proportion(0, 1), Proportion(0, 0))
    yield "reminders-one", reminder_effects.effects_chart(_, (alone,))


def six_cohorts() -> list[tuple[Cohort, CompletionCurve]]:
    chance = Random(5)  # noqa: S311
    return [(cohort(at), finishing(at, chance, 9)) for at in range(6)]


def _finishing() -> Iterator[tuple[str, CaptionedChart | None]]:
    chance = Random(5)  # noqa: S311
    some = [(cohort(at), finishing(at, chance, most)) for at, most in enumerate((7, 5, 5, 4, 3, 3))]
    yield "finishing-lively", charts.completion_curves(_, view(), some, 6)
    equal = CompletionCurve(
        0, tuple((TODAY - ago, People.rounded(5 * at)) for at, ago in ((1, 90), (2, 30)))
    )
    yield (
        "finishing-equal",
        charts.completion_curves(_, view(), [(cohort(at), equal) for at in range(6)], 9),
    )
    low = [(cohort(0), finishing(0, chance, 20))]
    low += [
        (cohort(at), CompletionCurve(at, ((TODAY - 9, People.rounded(0)),))) for at in range(1, 6)
    ]
    yield "finishing-low", charts.completion_curves(_, view(), low, 6)
    yield "finishing-empty", charts.completion_curves(_, view(), [], 3)
    one = CompletionCurve(1, ((TODAY, People.rounded(1)),))
    yield "finishing-one", charts.completion_curves(_, view(), [(cohort(6), one)], 1)
    many = [(cohort(at), finishing(at, chance, 900)) for at in range(200)]
    many.sort(key=lambda pair: -pair[1].days[-1][1].at_least)
    yield "finishing-many", charts.completion_curves(_, view(), many[:MAX_CHART_LINES], 200)


def main(folder: Path) -> None:
    """Draw all of them into `folder`."""
    from charts.renderer import render_png  # noqa: PLC0415 - needed here only

    for name, drawn in pictures(real_course()):
        if drawn is not None:
            (folder / f"{name}.png").write_bytes(render_png(drawn.chart))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
