"""Item analysis from the counters; the formulas are in `course.statistics.item_analysis`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from course.model import Course, Question
from course.statistics.item_analysis import MIN_ANSWERS, AnswerGroup, item_figures
from course.statistics.item_findings import ItemFigures
from storage.facts import parse_options
from storage.statements import Row, statement
from storage.statistics import EVERYBODY, median
from storage.store import Store


async def analyse_items(
    store: Store, course: Course, cohort: int | None = None
) -> tuple[ItemFigures, ...]:
    """Analyse every question: in teaching order, then those of the modules' banks."""
    of = EVERYBODY if cohort is None else cohort
    cells = _group_answers(await store.fetch_rows(statement("fetch_first_answers", cohort=of)))
    times = await store.fetch_rows(statement("fetch_median_times", enough=MIN_ANSWERS))
    seconds = {question: int(took) for question, took in times}
    others = {} if cohort is None else await _count_first_answers(store)
    return tuple(
        item_figures(
            question,
            cells.get(question.id, ()),
            seconds.get(question.id),
            None if cohort is None else others.get(question.id, 0),
        )
        for question in _questions(course)
    )


async def analyse_item(store: Store, question: Question, cohort: int | None = None) -> ItemFigures:
    """Analyse one question."""
    of = EVERYBODY if cohort is None else cohort
    found = await store.fetch_rows(
        statement("fetch_first_answers_to", cohort=of, question=question.id)
    )
    times = await store.fetch_rows(statement("fetch_answer_times", question=question.id))
    seconds = median(times) if sum(int(count) for _, count in times) >= MIN_ANSWERS else None
    others = None if cohort is None else (await _count_first_answers(store)).get(question.id, 0)
    return item_figures(question, _group_answers(found).get(question.id, ()), seconds, others)


async def _count_first_answers(store: Store) -> Mapping[str, int]:
    rows = await store.fetch_rows(statement("fetch_right_counts", cohort=EVERYBODY))
    return {question: int(count) for question, count, _ in rows}


def _group_answers(rows: Iterable[Row]) -> Mapping[str, Sequence[AnswerGroup]]:
    found: dict[str, list[AnswerGroup]] = defaultdict(list)
    for question, options, standing, count, _ in rows:
        chosen = parse_options(options)
        found[question].append(AnswerGroup(chosen, None if standing < 0 else standing, int(count)))
    return found


def _questions(course: Course) -> Iterable[Question]:
    yield from course.questions()
    for module in course.modules:
        yield from module.bank
