"""Who wants a report once a week, and when; statements to change it."""

from dataclasses import dataclass

from storage.statements import Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who wants a report.

    Attributes:
        minute: after midnight, by the clock where they are.
        not_before: the next comes at the first such minute of a Monday after this moment, in UTC
            milliseconds.
        zone: where they are; `None` when they never told.
        language: the tag that Telegram told last; `None` when it told none.
        plain: they want neither pictures nor symbols.
    """

    person: int
    minute: int
    not_before: int
    zone: str | None = None
    language: str | None = None
    plain: bool = False


async def of(store: Store, person: int) -> Wanted | None:
    """What `person` wants, their clock and language left out; `None` when they want none."""
    rows = await store.rows(statement("report_wish", person=person))
    if not rows:
        return None
    minute, not_before, _holder = rows[0]
    return Wanted(person, minute, not_before)


async def all_wanted(store: Store, now: int) -> tuple[Wanted, ...]:
    """Everybody who may be due at `now`; who wants to hear nothing unasked is left out."""
    rows = await store.rows(statement("report_wishes", now=now))
    return tuple(
        Wanted(person, minute, not_before, zone or None, language, bool(plain))
        for person, minute, not_before, zone, language, plain in rows
    )


async def is_held(store: Store, person: int, holder: str) -> bool:
    """Whether the last report of `person` is in the hands of `holder`."""
    rows = await store.rows(statement("report_wish", person=person))
    return bool(rows) and rows[0][2] == holder


def wants(person: int, minute: int, at: int) -> Statement:
    """Somebody wants the report at this minute, from `at` on; it does not come twice a week."""
    return statement("want_report", person=person, minute=minute, not_before=at)


def forgets(person: int) -> Statement:
    """Somebody wants none, or may not have one."""
    return statement("want_no_report", person=person)


def takes(one: Wanted, not_before: int, holder: str) -> Statement:
    """Take a report into one's hands; see `is_held`. Who else tries finds it taken.

    Args:
        not_before: after which moment the next one may come.
        holder: names this attempt; no other may have it.
    """
    return statement(
        "take_report",
        person=one.person,
        expected=one.not_before,
        not_before=not_before,
        holder=holder,
    )


def returns(one: Wanted, not_before: int) -> Statement:
    """It was surely not sent: it is due again."""
    return statement(
        "return_report", person=one.person, expected=one.not_before, not_before=not_before
    )
