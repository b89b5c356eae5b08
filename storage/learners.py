"""Who learns here and what they set; statements to change it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from course.model import LearnerId
from course.wishes import Pace, Wishes
from storage.statements import Row, Statement, statement


@dataclass(frozen=True, slots=True)
class Learner:
    """What is kept about a person besides their facts. Times are UTC milliseconds.

    Attributes:
        language: the language tag that Telegram told last; `None` when it told none.
        plain: wants neither bars nor symbols.
        wishes: about being reminded.
        active_at: when they last did something that is no fact; their facts may be newer.
        nudges_used: opportunities to remind them that were taken without their coming back.
        nudged_at: when the last opportunity was taken.
        deadline_used: the deadline for which one was taken.
        proactive_at: when something was last sent to them unasked.
        next_nudge_at: when to look whether a nudge is due, which is never later than one is;
            `None` for not before they come back.
        deadlines: of the cohorts that they belong to and that are not over, the earliest first.
        clocks: by deadline, the zone in which its cohort means it.
        has_cohort: whether they belong to one that is not over.
        asked_zone: whether they were asked where they are, or have told it.
    """

    id: LearnerId
    joined_at: int
    language: str | None
    plain: bool = False
    wishes: Wishes = field(default_factory=Wishes)
    active_at: int | None = None
    nudges_used: int = 0
    nudged_at: int | None = None
    deadline_used: int | None = None
    proactive_at: int | None = None
    next_nudge_at: int | None = None
    deadlines: tuple[int, ...] = ()
    clocks: Mapping[int, str] = field(default_factory=dict, hash=False)
    has_cohort: bool = False
    asked_zone: bool = False

    def coming_deadlines(self, now: int) -> tuple[int, ...]:
        """Their deadlines after `now` (UTC milliseconds) and after the one used, in order."""
        begin = max(now, self.deadline_used or 0)
        return tuple(at for at in self.deadlines if at > begin)

    @property
    def stopped(self) -> bool:
        """Whether they want to hear nothing unasked."""
        return self.wishes.stopped

    @property
    def unreachable(self) -> bool:
        """Whether they have blocked the bot."""
        return self.wishes.unreachable


def of_row(learner: LearnerId, row: Row) -> Learner:
    """The learner of a row of the query `history_of` that is of kind 0."""
    _, language, plain, kept, joined_at, stopped_at, unreachable_at = row
    (
        zone, remind_at, as_usual, quiet_from, quiet_to, rest_days, pace, snoozed_until, paused_at,
        active_at, used, nudged_at, deadline_used, proactive_at, next_nudge_at,
    ) = kept.split(";")  # fmt: skip
    wishes = Wishes(
        stopped=stopped_at is not None,
        unreachable=unreachable_at is not None,
        pace=Pace(pace),
        zone=None if zone in _NO_ZONE else zone,
        hour=_number(remind_at),
        usual=as_usual == "1",
        quiet_from=int(quiet_from),
        quiet_to=int(quiet_to),
        rest_days=frozenset(map(int, rest_days)),
        snoozed_until=_number(snoozed_until),
        paused=paused_at != "",
    )
    return Learner(
        learner,
        joined_at,
        language,
        plain=bool(plain),
        wishes=wishes,
        active_at=_number(active_at),
        nudges_used=int(used),
        nudged_at=_number(nudged_at),
        deadline_used=_number(deadline_used),
        proactive_at=_number(proactive_at),
        next_nudge_at=_number(next_nudge_at),
        asked_zone=zone != _NEVER_ASKED,
    )


_NEVER_ASKED = "-"
_NO_ZONE = ("", _NEVER_ASKED)


def _number(kept: str) -> int | None:
    return int(kept) if kept else None


def joins(learner: LearnerId, at: int, language: str | None) -> Statement:
    """Make room for somebody new; changes nothing for somebody known."""
    return statement("add_learner", learner=learner, joined_at=at, language=language)


def sets_plain(learner: LearnerId, plain: bool) -> Statement:
    """Switch the plain-text mode."""
    return statement("set_plain", learner=learner, plain=int(plain))


def stops(learner: LearnerId, at: int | None) -> Statement:
    """Stop everything proactive from `at` (UTC milliseconds) on; with `None` allow it again."""
    return statement("set_stopped", learner=learner, stopped_at=at)


def is_asked_zone(learner: LearnerId) -> Statement:
    """Remember that they were asked where they are; changes nothing once they have told it."""
    return statement("ask_zone", learner=learner)


def sets_wishes(learner: LearnerId, wishes: Wishes, at: int) -> Statement:
    """Keep all wishes as they are now; whether the learner can be reached is not one of them.

    Args:
        at: since when they are stopped or paused, unless they were before.
    """
    return statement(
        "set_wishes",
        learner=learner,
        stopped=int(wishes.stopped),
        paused=int(wishes.paused),
        at=at,
        zone=wishes.zone,
        remind_at=wishes.hour,
        as_usual=int(wishes.usual),
        quiet_from=wishes.quiet_from,
        quiet_to=wishes.quiet_to,
        rest_days="".join(map(str, sorted(wishes.rest_days))),
        pace=wishes.pace.value,
        snoozed_until=wishes.snoozed_until,
    )


def looks(learner: LearnerId, update: int, at: int, look_at: int) -> Statement:
    """The learner did something of which nothing is kept: reminders count from `at`.

    Nothing if `update` changed something: then that counts.

    Args:
        look_at: when to look whether a nudge is due, unless an earlier time is set for that.
    """
    return statement("see_learner", learner=learner, update_id=update, at=at, look_at=look_at)


def is_active(learner: LearnerId, at: int) -> Statement:
    """The learner set something: reminders count from `at`. Facts tell that by themselves."""
    return statement("set_active", learner=learner, at=at)


def schedules(learner: LearnerId, at: int | None) -> Statement:
    """Look at `at` whether a nudge is due; with `None` not before they come back."""
    return statement("schedule", learner=learner, at=at)


def reschedules(learner: LearnerId, expected: int, at: int | None) -> Statement:
    """The same, unless the time to look is another than `expected` by now."""
    return statement("reschedule", learner=learner, expected=expected, at=at)


def speaks(learner: LearnerId, language: str | None) -> Statement:
    """Remember the language that Telegram told."""
    return statement("set_language", learner=learner, language=language)


def is_unreachable(learner: LearnerId, at: int | None) -> Statement:
    """Remember that the learner blocked the bot at `at`, or with `None` that they did not."""
    return statement("set_unreachable", learner=learner, unreachable_at=at)


def is_reachable(learner: LearnerId, at: int) -> Statement:
    """The learner did something at `at` in their own chat: they had not blocked the bot by then."""
    return statement("set_reachable", learner=learner, at=at)


def forgets(learner: LearnerId) -> Statement:
    """Delete everything kept about `learner`."""
    return statement("delete_learner", learner=learner)
