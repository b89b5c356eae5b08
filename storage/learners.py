"""Who learns here and what they set; statements to change it."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.statements import Statement, statement


@dataclass(frozen=True, slots=True)
class Learner:
    """What is kept about a person besides their facts.

    Attributes:
        joined_at: in UTC milliseconds.
        language: the language tag that Telegram told last; `None` when it told none.
        plain: wants neither bars nor symbols.
        stopped: wants to hear nothing unasked.
        unreachable: has blocked the bot.
    """

    id: LearnerId
    joined_at: int
    language: str | None
    plain: bool
    stopped: bool
    unreachable: bool


def joins(learner: LearnerId, at: int, language: str | None) -> Statement:
    """Make room for somebody new; changes nothing for somebody known."""
    return statement("add_learner", learner=learner, joined_at=at, language=language)


def sets_plain(learner: LearnerId, plain: bool) -> Statement:
    """Switch the plain-text mode."""
    return statement("set_plain", learner=learner, plain=int(plain))


def stops(learner: LearnerId, at: int | None) -> Statement:
    """Stop everything proactive from `at` (UTC milliseconds) on; with `None` allow it again."""
    return statement("set_stopped", learner=learner, stopped_at=at)


def speaks(learner: LearnerId, language: str | None) -> Statement:
    """Remember the language that Telegram told."""
    return statement("set_language", learner=learner, language=language)


def is_unreachable(learner: LearnerId, at: int | None) -> Statement:
    """Remember that the learner blocked the bot at `at`, or with `None` that they did not."""
    return statement("set_unreachable", learner=learner, unreachable_at=at)


def forgets(learner: LearnerId) -> Statement:
    """Delete everything kept about `learner`."""
    return statement("delete_learner", learner=learner)
