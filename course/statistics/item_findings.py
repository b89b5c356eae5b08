"""Types of what item analysis finds; docs/statistics.md defines each figure and threshold."""

from dataclasses import dataclass
from enum import StrEnum

from course.model import OptionId, QuestionId
from course.statistics.suppression import People


class ItemFinding(StrEnum):
    """A finding of item analysis; docs/statistics.md has the thresholds and their sources."""

    TOO_FEW = "too-few"
    """Too few first answers for an analysis."""
    KEY_DOUBTFUL = "key-doubtful"
    """The upper third prefers another option, and chooses it more often than the lower third."""
    MISLEADING = "misleading"
    """The upper third is right less often than the lower third."""
    WEAK = "weak"
    """It hardly discriminates between the upper and the lower third."""
    HARD = "hard"
    EASY = "easy"
    DEAD_OPTION = "dead-option"
    """Hardly anybody chooses this option."""
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """A finding about a question.

    Attributes:
        option: the option concerned; `None` for the whole question.
    """

    finding: ItemFinding
    option: OptionId | None = None


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """Percent of first answers in which an option was chosen, alone or with others.

    Attributes:
        upper: in the third with the highest prior scores.
        lower: in the third with the lowest; both `None` when too few prior scores are known.
    """

    option: OptionId
    is_right: bool
    share: int
    upper: int | None
    lower: int | None


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """Figures of one question, from first answers of all days.

    Attributes:
        kind: as in `course.model.Question`.
        answered: people who answered it; each has one first answer.
        facility: percent of first answers that were right by the current key; `None` where
            suppressed.
        discrimination: point-biserial correlation with prior scores, -1 to 1; `None` when too few
            are known, or where suppressed.
        options: in the course's order; empty where suppressed.
        seconds: median seconds from the learner's last press to the answer, without breaks; always
            of all learners; `None` with fewer than 30 such times.
        verdicts: most severe first; never empty.
    """

    question: QuestionId
    kind: str
    answered: People
    facility: int | None
    discrimination: float | None
    options: tuple[OptionFigures, ...]
    seconds: int | None
    verdicts: tuple[ItemVerdict, ...]
