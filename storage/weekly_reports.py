"""Subscriptions to the weekly report: reads and statements."""

from dataclasses import dataclass

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
        language: latest language tag from Telegram; `None` when it sent none.
        plain: plain-text mode, without pictures and symbols.
    """

    person: int
    minute: int
    not_before: int
    zone: str | None = None
    language: str | None = None
    plain: bool = False


async def fetch_subscription(store: Store, person: int) -> ReportSubscription | None:
    """Fetch a person's subscription, without time zone and language; `None` for none."""
    rows = await store.fetch_rows(statement("fetch_report_subscription", person=person))
    if not rows:
        return None
    minute, not_before, _holder = rows[0]
    return ReportSubscription(person, minute, not_before)


async def fetch_due_subscriptions(store: Store, now: int) -> tuple[ReportSubscription, ...]:
    """Fetch subscriptions that may be due at `now`, without people who stopped messages."""
    rows = await store.fetch_rows(statement("fetch_due_report_subscriptions", now=now))
    return tuple(
        ReportSubscription(person, minute, not_before, zone or None, language, bool(plain))
        for person, minute, not_before, zone, language, plain in rows
    )


async def is_report_claimed(store: Store, person: int, holder: str) -> bool:
    """Whether `holder` claimed the last report of `person`."""
    rows = await store.fetch_rows(statement("fetch_report_subscription", person=person))
    return bool(rows) and rows[0][2] == holder


def save_subscription(person: int, minute: int, at: int) -> Statement:
    """Insert or update a subscription from `at` on; it does not bring two reports in a week."""
    return statement("save_report_subscription", person=person, minute=minute, not_before=at)


def delete_subscription(person: int) -> Statement:
    """Delete a person's subscription."""
    return statement("delete_report_subscription", person=person)


def claim_report(subscription: ReportSubscription, not_before: int, holder: str) -> Statement:
    """Claim a report before sending it; no effect if it is claimed. See `is_report_claimed`.

    Args:
        not_before: after which time the next one is due, in UTC milliseconds.
        holder: unique name of this attempt.
    """
    return statement(
        "claim_report",
        person=subscription.person,
        expected=subscription.not_before,
        not_before=not_before,
        holder=holder,
    )


def release_report(subscription: ReportSubscription, not_before: int) -> Statement:
    """Undo the claim of a report that surely was not sent; it is due again."""
    return statement(
        "release_report",
        person=subscription.person,
        expected=subscription.not_before,
        not_before=not_before,
    )
