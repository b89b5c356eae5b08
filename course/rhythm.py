"""When a course reminds its learners, as its author set it; every number can be changed.

Values only. The defaults are the reminder rhythm of docs/decisions/0012-reminders.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a nudge is about; stored, so never renamed."""

    OPEN_QUESTION = "open-question"
    """A question was left open in the middle of a lesson."""
    FIRST = "first"
    SECOND = "second"
    LAST = "last"
    """The last of those that count from the learner's last activity: it says that it is."""
    DEADLINE = "deadline"
    """The cohort's deadline comes near."""
    SNOOZED = "snoozed"
    """The learner asked to be reminded now."""

    @property
    def key(self) -> str:
        """What its wordings are called in a course's files."""
        return self.value.replace("-", "_")

    @property
    def is_asked_for(self) -> bool:
        """Whether the learner asked for it: then it is neither held out nor counted as unasked."""
        return self is Kind.SNOOZED


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When reminders come, and how.

    Attributes:
        after_days: days after the last activity, rising; one to three. The last one says that it
            is the last.
        hour: at which minute after local midnight, for learners who set none.
        deadline_hours: how long before a cohort's deadline; 0 for no such reminder.
        open_question_hours: how long after a question was left open in the middle of a lesson;
            0 for no such reminder.
        hold_out_percent: how many of a hundred opportunities are held out, to measure by.
        jitter_minutes: reminders of the same minute are spread over so many minutes.
        wordings: opening lines of the author's own; a kind that is not there has the bot's.
    """

    after_days: tuple[int, ...] = (3, 10, 20)
    hour: int = 10 * 60
    deadline_hours: int = 48
    open_question_hours: int = 0
    hold_out_percent: int = 10
    jitter_minutes: int = 10
    wordings: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def kind(self, used: int) -> Kind | None:
        """The kind after `used` of those that count from the last activity; `None` after all."""
        if used >= len(self.after_days):
            return None
        return Kind.LAST if used == len(self.after_days) - 1 else (Kind.FIRST, Kind.SECOND)[used]
