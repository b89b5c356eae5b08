"""What many write at once: few groups, and each writer's statements in their own order."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from course.learning.progress import Attempt
from course.model import LearnerId, OptionId, QuestionId
from course.statistics.counters import ENROLMENT
from storage import counters, facts, learners, memberships
from storage.statements import Phase, Statement, group_statements, statement
from tests.storage.conftest import NOW

ORDINARY = ("set_plain", "record_delivery_result", "clear_proactive_sent", "mark_update_applied")
PHASES = {
    "add_learner": Phase.NEW_LEARNERS,
    "add_attempt": Phase.FACTS,
    "count_facts": Phase.COUNTS,
    "move_counts": Phase.COHORTS,
    "add_counted_cohorts": Phase.COHORTS,
    "delete_learner": Phase.DELETIONS,
}


def writing(writer: int, names: Sequence[str]) -> list[Statement]:
    return [
        statement(name, PHASES.get(name, Phase.FACTS), writer=writer, place=place)
        for place, name in enumerate(names)
    ]


def ran(writings: Sequence[Sequence[Statement]]) -> list[tuple[str, int, int]]:
    """What runs, in order: query, writer, and its place among what that writer writes."""
    return [
        (group.name, int(values["writer"] or 0), int(values["place"] or 0))
        for group in group_statements(writings)
        for values in group.values
    ]


@given(st.lists(st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=6), max_size=12))
def test_whoever_else_writes_each_writer_keeps_their_order(wanted: list[list[str]]) -> None:
    done = ran([writing(number, names) for number, names in enumerate(wanted)])

    for number, names in enumerate(wanted):
        mine = [(name, place) for name, writer, place in done if writer == number]
        assert mine == [(name, place) for place, name in enumerate(names)]


@given(st.lists(st.lists(st.sampled_from(tuple(PHASES)), min_size=1, max_size=6), max_size=12))
def test_a_phase_of_all_writers_comes_before_the_next_one_of_any(wanted: list[list[str]]) -> None:
    done = ran([writing(number, names) for number, names in enumerate(wanted)])

    phases = [PHASES[name] for name, _, _ in done]
    assert phases == sorted(phases)
    asked = [name for one in wanted for name in one]
    assert len(done) == len(asked) - max(0, asked.count("count_facts") - 1)


def test_newcomers_come_first_then_facts_counts_cohorts_and_deletions() -> None:
    learner = LearnerId(7)
    attempt = Attempt(QuestionId("q"), 1, frozenset({OptionId("a")}), True, NOW, 1)
    enrolled = counters.add_milestones(learner, NOW, [ENROLMENT])
    together = [
        [counters.keep_counts_of_deleted(learner), learners.delete_learner(learner)],
        [memberships.leave_cohort(learner, 5, NOW), *counters.update_counted_cohorts(learner)],
        facts.add_attempt(learner, attempt, "v1"),
        [
            learners.add_learner(learner, NOW, None),
            *enrolled,
        ],
    ]

    assert [group.name for group in group_statements(together)] == [
        "add_learner",
        "leave_cohort", "add_attempt", "add_milestone",
        "count_facts",
        "mark_attempts_counted", "mark_milestones_counted",
        "move_counts", "add_counted_cohorts", "remove_counted_cohorts",
        "keep_counts_of_deleted", "delete_learner",
    ]  # fmt: skip


@given(st.permutations(ORDINARY), st.integers(1, 50))
def test_writers_of_the_same_queries_share_their_groups(names: list[str], writers: int) -> None:
    groups = group_statements([writing(number, names) for number in range(writers)])

    assert [group.name for group in groups] == names
    assert all(len(group.values) == writers for group in groups)


def test_who_writes_more_than_others_makes_no_groups_anew_for_what_they_share() -> None:
    usual = ("add_attempt", "schedule_reminder_check", "mark_update_applied")
    more = (
        "set_language",
        "add_attempt",
        "add_milestone",
        "schedule_reminder_check",
        "mark_update_applied",
    )

    groups = group_statements([writing(1, usual), writing(2, more), writing(3, usual)])

    assert [group.name for group in groups] == list(more)


def test_who_comes_later_writes_later_where_no_query_is_shared() -> None:
    groups = group_statements(
        [
            writing(1, ["claim_deliveries"]),
            writing(2, ["requeue_claimed_deliveries", "release_lease"]),
        ]
    )

    assert [group.name for group in groups] == [
        "claim_deliveries",
        "requeue_claimed_deliveries",
        "release_lease",
    ]
