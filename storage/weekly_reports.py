"""Subscriptions to the weekly report: reads and statements."""

from dataclasses import dataclass

from course.model import LearnerId
from storage.statements import Statement, statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class ReportSubscription:
    """A person's subscription to the weekly report.

    Attributes:
        minute: minutes after local midnight at which it is sent.
        not_before: the next report is due at that minute on the first Monday after this time, in
            UTC milliseconds.
        zone: the person's time zone; `None` when it is not known.
    """

    person: LearnerId
    minute: int
    not_before: int
    zone: str | None = None


async def fetch_subscription(store: Store, person: LearnerId) -> ReportSubscription | None:
    """Fetch a person's subscription, without time zone; `None` for none."""
    rows = await store.fetch_rows(statement("fetch_report_subscription", person=person))
    if not rows:
        return None
    minute, not_before = rows[0]
    return ReportSubscription(person, minute, not_before)


async def fetch_due_subscriptions(store: Store, now: int) -> tuple[ReportSubscription, ...]:
    """Fetch subscriptions that may be due at `now`, without people who get no messages."""
    rows = await store.fetch_rows(statement("fetch_due_report_subscriptions", now=now))
    return tuple(
        ReportSubscription(LearnerId(person), minute, not_before, zone or None)
        for person, minute, not_before, zone in rows
    )


def save_subscription(person: LearnerId, minute: int, at: int) -> Statement:
    """Insert or update a subscription from `at` on; it does not bring two reports in a week."""
    return statement("save_report_subscription", person=person, minute=minute, not_before=at)


def delete_subscription(person: LearnerId) -> Statement:
    """Delete a person's subscription."""
    return statement("delete_report_subscription", person=person)


def queue_report(person: LearnerId, day: str, at: int, not_before: int) -> tuple[Statement, ...]:
    """Queue a person's report, once for its local `day`; the next is due after `not_before`."""
    return (
        statement("queue_report", person=person, subject=day, at=at),
        statement("schedule_next_report", person=person, not_before=not_before),
    )
