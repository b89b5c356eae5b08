"""Item analysis from the counters; the formulas are in `course.statistics.item_analysis`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from course.model import Course, OptionId, Question
from course.statistics.item_analysis import ENOUGH, Cell, figures
from course.statistics.overview import ItemFigures
from storage.medians import median
from storage.statements import Row, statement
from storage.statistics import EVERYBODY
from storage.store import Store


async def items(store: Store, course: Course, cohort: int | None = None) -> tuple[ItemFigures, ...]:
    """Analyse every question: in teaching order, then those of the modules' banks."""
    of = EVERYBODY if cohort is None else cohort
    cells = _cells(await store.rows(statement("first_answers", cohort=of)))
    times = await store.rows(statement("median_times", enough=ENOUGH))
    seconds = {question: int(took) for question, took in times}
    others = {} if cohort is None else await _totals(store)
    return tuple(
        figures(
            question,
            cells.get(question.id, ()),
            seconds.get(question.id),
            None if cohort is None else others.get(question.id, 0),
        )
        for question in _questions(course)
    )


async def item(store: Store, question: Question, cohort: int | None = None) -> ItemFigures:
    """Analyse one question."""
    of = EVERYBODY if cohort is None else cohort
    found = await store.rows(statement("first_answers_to", cohort=of, question=question.id))
    times = await store.rows(statement("times_of_question", question=question.id))
    seconds = median(times) if sum(int(count) for _, count in times) >= ENOUGH else None
    others = None if cohort is None else (await _totals(store)).get(question.id, 0)
    return figures(question, _cells(found).get(question.id, ()), seconds, others)


async def _totals(store: Store) -> Mapping[str, int]:
    rows = await store.rows(statement("rights", cohort=EVERYBODY))
    return {question: int(count) for question, count, _ in rows}


def _cells(rows: Iterable[Row]) -> Mapping[str, Sequence[Cell]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for question, options, standing, count, _ in rows:
        chosen = frozenset(map(OptionId, options.split(".")))
        found[question].append(Cell(chosen, None if standing < 0 else standing, int(count)))
    return found


def _questions(course: Course) -> Iterable[Question]:
    yield from course.questions()
    for module in course.modules:
        yield from module.bank
