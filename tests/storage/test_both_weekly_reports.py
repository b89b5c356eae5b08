"""Who wants a weekly report, on both databases."""

from bot.actions.learner_settings import delete_learner
from bot.actions.learner_state import Interaction, Services
from course.model import LearnerId
from course.reminders.preferences import Preferences
from storage import learners, recipients, weekly_reports
from storage.outbox import REPORT
from storage.store import Store
from storage.weekly_reports import ReportSubscription
from tests.course.examples import SMALL

ADA, FARID, NINE = LearnerId(3001), LearnerId(2001), 540


async def test_somebody_who_is_no_learner_may_want_a_report(opened_store: Store) -> None:
    await opened_store.write(weekly_reports.save_subscription(ADA, NINE, 7))

    assert await weekly_reports.fetch_due_subscriptions(opened_store, 7) == (
        ReportSubscription(ADA, NINE, 7),
    )
    assert await weekly_reports.fetch_due_subscriptions(opened_store, 6) == ()


async def test_what_a_learner_told_of_their_clock_counts(opened_store: Store) -> None:
    zoned = Preferences(zone="Africa/Nairobi")
    await opened_store.write(
        learners.add_learner(ADA, 1, "fr"),
        learners.save_preferences(ADA, zoned, 1),
        weekly_reports.save_subscription(ADA, NINE, 7),
    )

    assert await weekly_reports.fetch_due_subscriptions(opened_store, 7) == (
        ReportSubscription(ADA, NINE, 7, "Africa/Nairobi"),
    )


async def test_who_was_asked_for_their_zone_has_none_until_they_tell_it(
    opened_store: Store,
) -> None:
    async def known() -> tuple[bool, str | None]:
        learner = (await opened_store.fetch_history(ADA)).learner
        assert learner is not None
        return learner.was_asked_zone, learner.preferences.zone

    await opened_store.write(
        learners.add_learner(ADA, 1, "en"), weekly_reports.save_subscription(ADA, NINE, 7)
    )
    assert await known() == (False, None)

    await opened_store.write(learners.mark_zone_asked(ADA))
    await opened_store.write(learners.save_preferences(ADA, Preferences(reminder_minute=9), 1))
    assert await known() == (True, None)
    assert (await weekly_reports.fetch_due_subscriptions(opened_store, 7))[0].zone is None
    (candidate,) = await recipients.fetch_candidates(opened_store, None, 0, 9)
    assert candidate.person.time_zone is None

    await opened_store.write(learners.save_preferences(ADA, Preferences(zone="Africa/Nairobi"), 1))
    await opened_store.write(learners.mark_zone_asked(ADA))
    assert await known() == (True, "Africa/Nairobi")


async def test_who_wants_to_hear_nothing_unasked_gets_no_report(opened_store: Store) -> None:
    await opened_store.write(
        learners.add_learner(ADA, 1, "en"), weekly_reports.save_subscription(ADA, NINE, 7)
    )
    await opened_store.write(learners.save_preferences(ADA, Preferences(stopped=True), 2))

    assert await weekly_reports.fetch_due_subscriptions(opened_store, 7) == ()


async def test_another_hour_brings_no_report_of_the_past(opened_store: Store) -> None:
    await opened_store.write(weekly_reports.save_subscription(ADA, NINE, 7))
    await opened_store.write(weekly_reports.save_subscription(ADA, 600, 9))

    assert await weekly_reports.fetch_subscription(opened_store, ADA) == ReportSubscription(
        ADA, 600, 9
    )


async def test_another_hour_does_not_bring_the_same_week_again(opened_store: Store) -> None:
    await opened_store.write(weekly_reports.save_subscription(ADA, NINE, 7))
    await opened_store.write(weekly_reports.save_subscription(ADA, 600, 3))

    assert await weekly_reports.fetch_subscription(opened_store, ADA) == ReportSubscription(
        ADA, 600, 7
    )


async def test_two_runs_of_the_program_queue_a_report_once(opened_store: Store) -> None:
    await opened_store.write(weekly_reports.save_subscription(ADA, NINE, 7))

    for _ in range(2):
        await opened_store.write(*weekly_reports.queue_report(ADA, "2026-11-30", 10, 20))

    assert await opened_store.count_deliveries() == ((REPORT, "queued", 1),)
    assert await weekly_reports.fetch_due_subscriptions(opened_store, 19) == ()


async def test_who_has_turned_it_off_meanwhile_has_none_queued(opened_store: Store) -> None:
    await opened_store.write(*weekly_reports.queue_report(ADA, "2026-11-30", 10, 20))

    assert await opened_store.count_deliveries() == ()


async def test_deleting_ones_data_deletes_the_wish(opened_store: Store) -> None:
    await opened_store.write(
        weekly_reports.save_subscription(ADA, NINE, 7),
        weekly_reports.save_subscription(FARID, NINE, 7),
        *weekly_reports.queue_report(ADA, "2026-11-30", 7, 7),
    )

    await delete_learner(Services(SMALL, opened_store), Interaction(ADA, "en", 5, 100))

    assert [
        one.person for one in await weekly_reports.fetch_due_subscriptions(opened_store, 7)
    ] == [FARID]
    assert await opened_store.count_deliveries() == ()
