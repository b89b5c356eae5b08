"""Item analysis of questions, from first answers: figures and verdicts.

docs/statistics.md has the formulas, the thresholds and their sources.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from course.model import OptionId, Question
from course.statistics.intervals import Group, wilson
from course.statistics.overview import (
    Finding,
    ItemFigures,
    OptionFigures,
    Verdict,
)
from course.statistics.suppression import People, shows_value

ENOUGH = 30
"""Fewest first answers for an analysis (as in OppiaMobile; docs/statistics.md)."""

EASY, HARD = 90, 30
"""Facility in percent above and below which a question is flagged (OppiaMobile)."""

WEAK = 0.20
"""Discrimination below which a question is poor (Ebel and Frisbie)."""

DEAD = 5
"""Percent of choices below which a wrong option is a dead distractor."""


_EVEN = 0.5  # share at which two options are chosen equally often


@dataclass(frozen=True, slots=True)
class Cell:
    """Number of first answers with the same options and prior score.

    Attributes:
        chosen: ids of the options that were chosen together.
        standing: how many tenths of the learner's earlier first answers were right; `None` when
            not known.
        count: number of answers.
    """

    chosen: frozenset[OptionId]
    standing: int | None
    count: int


def figures(
    question: Question, cells: Sequence[Cell], seconds: int | None, others: int | None = None
) -> ItemFigures:
    """Compute the figures of a question.

    Args:
        seconds: median time to answer.
        others: first answers of all learners, if `cells` are a cohort's; else `None`.
    """
    total = sum(cell.count for cell in cells)
    answered = People.of(total)
    nested = () if others is None else (others,)
    if total < ENOUGH or not shows_value(total, nested):
        silent = (Verdict(Finding.TOO_FEW),)
        return ItemFigures(question.id, question.kind, answered, None, None, (), None, silent)
    facility = _percent(_right(question, cells), total)
    discrimination = correlation(
        (cell.standing, cell.chosen == question.correct, cell.count) for cell in cells
    )
    options = _options(question, cells)
    return ItemFigures(
        question.id,
        question.kind,
        answered,
        facility,
        discrimination,
        options,
        seconds,
        _verdicts(question, cells, facility, discrimination, options),
    )


def correlation(pairs: Iterable[tuple[int | None, bool, int]]) -> float | None:
    """Point-biserial correlation of right answers with prior scores, to two decimals.

    `None` with fewer than `MIN_ANSWERS` answers of known prior score, or without variance.

    Args:
        pairs: prior score, whether right, and count.
    """
    known = [(s, int(right), count) for s, right, count in pairs if s is not None]
    n = sum(count for _, _, count in known)
    if n < ENOUGH:
        return None
    x = sum(right * count for _, right, count in known)
    y = sum(s * count for s, _, count in known)
    yy = sum(s * s * count for s, _, count in known)
    xy = sum(s * right * count for s, right, count in known)
    spread = (n * x - x * x) * (n * yy - y * y)  # x is 0 or 1, so its square is itself
    return round((n * xy - x * y) / sqrt(spread), 2) if spread else None


def thirds(cells: Iterable[Cell]) -> tuple[range, range] | None:
    """Ranges of prior scores of the lower and the upper third of answers.

    Each is the smallest range from its end that holds at least a third of the answers of known
    prior score. `None` where the two would overlap, or with fewer than `MIN_ANSWERS` answers.
    """
    counts = [0] * 11
    for cell in cells:
        if cell.standing is not None:
            counts[cell.standing] += cell.count
    n = sum(counts)
    if n < ENOUGH:
        return None
    low = next(s for s in range(11) if 3 * sum(counts[: s + 1]) >= n)
    high = next(s for s in range(10, -1, -1) if 3 * sum(counts[s:]) >= n)
    return (range(low + 1), range(high, 11)) if low < high else None


def worst(items: Iterable[ItemFigures], most: int) -> tuple[ItemFigures, ...]:
    """Questions with a negative verdict, most severe first."""
    flagged = (item for item in items if _gravity(item) < _FINE)
    return tuple(sorted(flagged, key=lambda item: (_gravity(item), *_numbers(item)))[:most])


_ORDER = (
    Finding.KEY_DOUBTFUL,
    Finding.MISLEADING,
    Finding.HARD,
    Finding.WEAK,
    Finding.DEAD_OPTION,
    Finding.EASY,
    Finding.FINE,
    Finding.TOO_FEW,
)
_FINE = _ORDER.index(Finding.FINE)


def _gravity(item: ItemFigures) -> int:
    return min(_ORDER.index(verdict.finding) for verdict in item.verdicts)


def _numbers(item: ItemFigures) -> tuple[float, int, str]:
    discrimination = 1.0 if item.discrimination is None else item.discrimination
    return discrimination, item.facility or 0, item.question


def _verdicts(
    question: Question,
    cells: Sequence[Cell],
    facility: int,
    discrimination: float | None,
    options: Sequence[OptionFigures],
) -> tuple[Verdict, ...]:
    tempting = _tempting(options)
    about_the_key = _about_the_key(question, cells, discrimination, tempting)
    is_hard = facility < HARD or bool(tempting and not about_the_key)
    found = [
        *about_the_key,
        *([Verdict(Finding.HARD)] if is_hard else ()),
        *_about_the_whole(question, facility, discrimination),
        *(Verdict(Finding.DEAD_OPTION, option) for option in _dead(question, cells)),
    ]
    return tuple(found) or (Verdict(Finding.FINE),)


def _tempting(options: Sequence[OptionFigures]) -> list[OptionFigures]:
    """Wrong options that the upper third chooses more often than one of the right ones."""
    rights = [one.upper for one in options if one.is_right and one.upper is not None]
    return [
        one
        for one in options
        if not one.is_right and one.upper is not None and one.upper > min(rights)
    ]


def _about_the_key(
    question: Question,
    cells: Sequence[Cell],
    discrimination: float | None,
    tempting: Sequence[OptionFigures],
) -> list[Verdict]:
    """Verdicts that the key may be wrong, or that the question misleads.

    Many choose a wrong option of any hard question; the key is in doubt only where the upper third
    chooses it more often than the lower third, and clearly more often than a right one, and where
    discrimination is weak.
    """
    if discrimination is None:
        return []
    lures = [
        (one.upper, one.option)
        for one in tempting
        if one.upper is not None and one.lower is not None and one.upper > one.lower
        if _surely_beats_a_right_one(one.option, question, cells)
    ]
    if lures and discrimination < WEAK:
        return [Verdict(Finding.KEY_DOUBTFUL, max(lures)[1])]
    return [Verdict(Finding.MISLEADING)] if discrimination < 0 else []


def _surely_beats_a_right_one(lure: OptionId, question: Question, cells: Sequence[Cell]) -> bool:
    """Whether the upper third clearly prefers `lure` to one of the right options.

    I.e. the lower bound of the share is above half; those who chose both or neither are left out
    (McNemar).
    """
    ends = thirds(cells)
    assert ends is not None, "a lure is known from the thirds"
    upper = [cell for cell in cells if cell.standing in ends[1]]

    def instead(one: OptionId, other: OptionId) -> int:
        return _choosing(one, [cell for cell in upper if other not in cell.chosen])

    pairs = ((instead(lure, right), instead(right, lure)) for right in question.correct)
    found = (wilson(Group(one, one + other)) for one, other in pairs)
    return any(share is not None and share.low > _EVEN for share in found)


def _about_the_whole(
    question: Question, facility: int, discrimination: float | None
) -> list[Verdict]:
    found = []
    if discrimination is not None and 0 <= discrimination < WEAK and facility <= EASY:
        found.append(Verdict(Finding.WEAK))
    if facility > EASY and question.form == "a":
        found.append(Verdict(Finding.EASY))
    return found


def _dead(question: Question, cells: Sequence[Cell]) -> list[OptionId]:
    """Dead distractors: of all answers for form a, otherwise of the wrong answers."""
    judged = [cell for cell in cells if question.form == "a" or cell.chosen != question.correct]
    total = sum(cell.count for cell in judged)
    if total < ENOUGH:
        return []
    return [
        option.id
        for option in question.options
        if not option.correct and 100 * _choosing(option.id, judged) < DEAD * total
    ]


def _options(question: Question, cells: Sequence[Cell]) -> tuple[OptionFigures, ...]:
    ends = thirds(cells)
    lower, upper = ends or (None, None)
    return tuple(
        OptionFigures(
            option.id,
            option.correct,
            _share(option.id, cells, range(11), everybody=True),
            None if upper is None else _share(option.id, cells, upper),
            None if lower is None else _share(option.id, cells, lower),
        )
        for option in question.options
    )


def _share(
    option: OptionId, cells: Sequence[Cell], standings: range, *, everybody: bool = False
) -> int:
    these = [cell for cell in cells if everybody or cell.standing in standings]
    return _percent(_choosing(option, these), sum(cell.count for cell in these))


def _choosing(option: OptionId, cells: Iterable[Cell]) -> int:
    return sum(cell.count for cell in cells if option in cell.chosen)


def _right(question: Question, cells: Iterable[Cell]) -> int:
    return sum(cell.count for cell in cells if cell.chosen == question.correct)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)
