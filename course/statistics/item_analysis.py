"""Item analysis of questions, from first answers: figures and verdicts.

docs/statistics.md has the formulas, the thresholds and their sources.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from course.model import OptionId, Question
from course.statistics.intervals import Proportion, wilson_interval
from course.statistics.item_findings import ItemFigures, ItemFinding, ItemVerdict, OptionFigures
from course.statistics.suppression import People, can_show_value

MIN_ANSWERS = 30
"""Fewest first answers for an analysis (as in OppiaMobile; docs/statistics.md)."""

EASY, HARD = 90, 30
"""Facility in percent above and below which a question is flagged (OppiaMobile)."""

WEAK_DISCRIMINATION = 0.20
"""Discrimination below which a question is poor (Ebel and Frisbie)."""

DEAD_OPTION_PERCENT = 5
"""Percent of choices below which a wrong option is a dead distractor."""


_EVEN = 0.5  # share at which two options are chosen equally often


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Number of first answers with the same options and prior score.

    Attributes:
        chosen: ids of the options that were chosen together.
        prior_score: how many tenths of the learner's earlier first answers were right; `None` when
            not known.
        count: number of answers.
    """

    chosen: frozenset[OptionId]
    prior_score: int | None
    count: int


def item_figures(
    question: Question,
    groups: Sequence[AnswerGroup],
    seconds: int | None,
    total_answers: int | None = None,
) -> ItemFigures:
    """Compute the figures of a question.

    Args:
        seconds: median time to answer.
        total_answers: first answers of all learners, if `groups` are a cohort's; else `None`.
    """
    total = sum(cell.count for cell in groups)
    answered = People.rounded(total)
    nested = () if total_answers is None else (total_answers,)
    if total < MIN_ANSWERS or not can_show_value(total, nested):
        silent = (ItemVerdict(ItemFinding.TOO_FEW),)
        return ItemFigures(question.id, question.kind, answered, None, None, (), None, silent)
    facility = _percent(_right(question, groups), total)
    discrimination = correlation(
        (cell.prior_score, cell.chosen == question.correct, cell.count) for cell in groups
    )
    options = _options(question, groups)
    return ItemFigures(
        question.id,
        question.kind,
        answered,
        facility,
        discrimination,
        options,
        seconds,
        _verdicts(question, groups, facility, discrimination, options),
    )


def correlation(pairs: Iterable[tuple[int | None, bool, int]]) -> float | None:
    """Point-biserial correlation of right answers with prior scores, to two decimals.

    `None` with fewer than `MIN_ANSWERS` answers of known prior score, or without variance.

    Args:
        pairs: prior score, whether right, and count.
    """
    known = [(s, int(right), count) for s, right, count in pairs if s is not None]
    n = sum(count for _, _, count in known)
    if n < MIN_ANSWERS:
        return None
    x = sum(right * count for _, right, count in known)
    y = sum(s * count for s, _, count in known)
    yy = sum(s * s * count for s, _, count in known)
    xy = sum(s * right * count for s, right, count in known)
    spread = (n * x - x * x) * (n * yy - y * y)  # x is 0 or 1, so its square is itself
    return round((n * xy - x * y) / sqrt(spread), 2) if spread else None


def lower_and_upper_thirds(cells: Iterable[AnswerGroup]) -> tuple[range, range] | None:
    """Ranges of prior scores of the lower and the upper third of answers.

    Each is the smallest range from its end that holds at least a third of the answers of known
    prior score. `None` where the two would overlap, or with fewer than `MIN_ANSWERS` answers.
    """
    counts = [0] * 11
    for cell in cells:
        if cell.prior_score is not None:
            counts[cell.prior_score] += cell.count
    n = sum(counts)
    if n < MIN_ANSWERS:
        return None
    low = next(s for s in range(11) if 3 * sum(counts[: s + 1]) >= n)
    high = next(s for s in range(10, -1, -1) if 3 * sum(counts[s:]) >= n)
    return (range(low + 1), range(high, 11)) if low < high else None


def worst_items(items: Iterable[ItemFigures], limit: int) -> tuple[ItemFigures, ...]:
    """Questions with a negative verdict, most severe first."""
    flagged = (item for item in items if _severity(item) < _FINE)
    return tuple(sorted(flagged, key=lambda item: (_severity(item), *_tie_break(item)))[:limit])


_ORDER = (
    ItemFinding.KEY_DOUBTFUL,
    ItemFinding.MISLEADING,
    ItemFinding.HARD,
    ItemFinding.WEAK,
    ItemFinding.DEAD_OPTION,
    ItemFinding.EASY,
    ItemFinding.FINE,
    ItemFinding.TOO_FEW,
)
_FINE = _ORDER.index(ItemFinding.FINE)


def _severity(item: ItemFigures) -> int:
    return min(_ORDER.index(verdict.finding) for verdict in item.verdicts)


def _tie_break(item: ItemFigures) -> tuple[float, int, str]:
    discrimination = 1.0 if item.discrimination is None else item.discrimination
    return discrimination, item.facility or 0, item.question


def _verdicts(
    question: Question,
    cells: Sequence[AnswerGroup],
    facility: int,
    discrimination: float | None,
    options: Sequence[OptionFigures],
) -> tuple[ItemVerdict, ...]:
    tempting = _tempting(options)
    about_the_key = _about_the_key(question, cells, discrimination, tempting)
    is_hard = facility < HARD or bool(tempting and not about_the_key)
    found = [
        *about_the_key,
        *([ItemVerdict(ItemFinding.HARD)] if is_hard else ()),
        *_about_the_whole(question, facility, discrimination),
        *(ItemVerdict(ItemFinding.DEAD_OPTION, option) for option in _dead(question, cells)),
    ]
    return tuple(found) or (ItemVerdict(ItemFinding.FINE),)


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
    cells: Sequence[AnswerGroup],
    discrimination: float | None,
    tempting: Sequence[OptionFigures],
) -> list[ItemVerdict]:
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
        if _clearly_beats_correct_option(one.option, question, cells)
    ]
    if lures and discrimination < WEAK_DISCRIMINATION:
        return [ItemVerdict(ItemFinding.KEY_DOUBTFUL, max(lures)[1])]
    return [ItemVerdict(ItemFinding.MISLEADING)] if discrimination < 0 else []


def _clearly_beats_correct_option(
    lure: OptionId, question: Question, cells: Sequence[AnswerGroup]
) -> bool:
    """Whether the upper third clearly prefers `lure` to one of the right options.

    I.e. the lower bound of the share is above half; those who chose both or neither are left out
    (McNemar).
    """
    ends = lower_and_upper_thirds(cells)
    assert ends is not None, "a lure is known from the thirds"
    upper = [cell for cell in cells if cell.prior_score in ends[1]]

    def instead(one: OptionId, other: OptionId) -> int:
        return _choosing(one, [cell for cell in upper if other not in cell.chosen])

    pairs = ((instead(lure, right), instead(right, lure)) for right in question.correct)
    found = (wilson_interval(Proportion(one, one + other)) for one, other in pairs)
    return any(share is not None and share.low > _EVEN for share in found)


def _about_the_whole(
    question: Question, facility: int, discrimination: float | None
) -> list[ItemVerdict]:
    found = []
    if (
        discrimination is not None
        and 0 <= discrimination < WEAK_DISCRIMINATION
        and facility <= EASY
    ):
        found.append(ItemVerdict(ItemFinding.WEAK))
    if facility > EASY and question.form == "a":
        found.append(ItemVerdict(ItemFinding.EASY))
    return found


def _dead(question: Question, cells: Sequence[AnswerGroup]) -> list[OptionId]:
    """Dead distractors: of all answers for form a, otherwise of the wrong answers."""
    judged = [cell for cell in cells if question.form == "a" or cell.chosen != question.correct]
    total = sum(cell.count for cell in judged)
    if total < MIN_ANSWERS:
        return []
    return [
        option.id
        for option in question.options
        if not option.correct and 100 * _choosing(option.id, judged) < DEAD_OPTION_PERCENT * total
    ]


def _options(question: Question, cells: Sequence[AnswerGroup]) -> tuple[OptionFigures, ...]:
    ends = lower_and_upper_thirds(cells)
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
    option: OptionId, cells: Sequence[AnswerGroup], standings: range, *, everybody: bool = False
) -> int:
    these = [cell for cell in cells if everybody or cell.prior_score in standings]
    return _percent(_choosing(option, these), sum(cell.count for cell in these))


def _choosing(option: OptionId, cells: Iterable[AnswerGroup]) -> int:
    return sum(cell.count for cell in cells if option in cell.chosen)


def _right(question: Question, cells: Iterable[AnswerGroup]) -> int:
    return sum(cell.count for cell in cells if cell.chosen == question.correct)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)
