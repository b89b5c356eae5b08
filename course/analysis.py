"""Item analysis: what first answers say of a question, in figures and in words.

Formulas, thresholds and their sources stand in docs/statistics.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from course.intervals import Group, wilson
from course.model import OptionId, Question
from course.overview import Finding, ItemFigures, OptionFigures, Verdict
from course.suppression import People, shows_value

ENOUGH = 30
"""First answers below which nothing is said (OppiaMobile asks for as many; docs/statistics.md)."""

EASY, HARD = 90, 30
"""Facility in percent above and below which a question is flagged (OppiaMobile)."""

WEAK = 0.20
"""Discrimination below which a question is poor (Ebel and Frisbie)."""

DEAD = 5
"""Percent of choices below which a wrong option is dead."""


_EVEN = 0.5  # of two options, each is chosen as often as the other


@dataclass(frozen=True, slots=True)
class Cell:
    """First answers that are alike.

    Attributes:
        chosen: ids of the options, all that were chosen together.
        standing: tenths of their earlier first answers that were right; `None` when not known.
        count: how many.
    """

    chosen: frozenset[OptionId]
    standing: int | None
    count: int


def figures(
    question: Question, cells: Sequence[Cell], seconds: int | None, others: int | None = None
) -> ItemFigures:
    """The figures of a question.

    Args:
        seconds: median of the time to answer.
        others: first answers of everybody, when `cells` are a cohort's; `None` when they are
            everybody's.
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
    """The point-biserial correlation of being right with standing, to two decimals.

    `None` with fewer than `ENOUGH` answers whose standing is known, or where all are alike.

    Args:
        pairs: standing, whether right, and how many of these.
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
    """Standings of the lower and of the upper third of those whose standing is known.

    Each is the smallest group, from its end on, that holds at least a third of them; people of
    the same standing stay together. `None` where the two would overlap, or there are fewer than
    `ENOUGH`.
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
    """Questions with something to look at, the most pressing first."""
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
    """Wrong options that the upper third chooses more often than a right one."""
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
    """Whether doing well goes with a wrong option, or with being wrong.

    Of a hard question many choose a wrong option; the key is in doubt only where those who do well
    choose it more often than those who do not, surely more often than a right one, and where being
    right goes little with doing well.
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
    """Whether, of the upper third, more than half of those who chose one of the two chose the lure.

    By the lower bound of the interval; who chose both or neither tells nothing (McNemar).
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
    """Wrong options that hardly anybody chooses, of all or, once it was taught, of the missed."""
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
