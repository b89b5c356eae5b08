"""Who may do more, and the log, on both databases."""

from course.model import LearnerId
from storage import dialogues, roles
from storage.dialogues import Closed, Draft
from storage.roles import Act, Held, Role
from storage.statements import for_sqlite, statement
from storage.store import Store
from tests.storage.conftest import NOW

ADA, FARID = LearnerId(7_000_000_001), LearnerId(2001)


async def makes_cohort(store: Store, cohort: int) -> None:
    await store.write(
        statement(
            "add_cohort", cohort=cohort, name="Nairobi", starts_at=None, deadline=None,
            zone="Africa/Nairobi", welcome="", capacity=None, made_by=ADA, made_at=NOW,
        )
    )  # fmt: skip


async def test_roles_are_held_until_they_are_taken_back(opened_store: Store) -> None:
    await makes_cohort(opened_store, 5)
    await opened_store.write(
        roles.grants(ADA, Role.ADMIN, by=1, at=NOW),
        roles.grants(FARID, Role.FACILITATOR, by=ADA, at=NOW),
        roles.entrusts(FARID, 5, NOW),
    )

    assert await roles.held_by(opened_store, ADA) == Held(frozenset({Role.ADMIN}))
    held = Held(frozenset({Role.FACILITATOR}), frozenset({5}))
    assert await roles.held_by(opened_store, FARID) == held
    assert set(await roles.everybody(opened_store)) == {ADA, FARID}
    assert await roles.facilitators(opened_store, 5) == (FARID,)

    await opened_store.write(roles.revokes(ADA, Role.ADMIN), roles.relieves(FARID, 5))

    assert await roles.held_by(opened_store, ADA) == Held()
    assert await roles.held_by(opened_store, FARID) == Held(frozenset({Role.FACILITATOR}))


async def test_the_log_is_read_backwards_page_by_page(opened_store: Store) -> None:
    lines = [Act(number, "make-cohort", "5", "", ADA, NOW + number // 2) for number in range(5)]
    await opened_store.write(*map(roles.notes, lines))
    await opened_store.write(roles.notes(lines[0]))  # the same update once more

    first = await roles.log(opened_store, (NOW + 99, 0), most=2)
    rest = await roles.log(opened_store, (first[-1].at, first[-1].update), most=9)

    assert [*first, *rest] == lines[::-1]


def test_nothing_changes_or_deletes_a_line_of_the_log() -> None:
    touching = [name for name, sql in for_sqlite().items() if " audit" in sql.lower()]

    assert [name for name in touching if not name.startswith("add_audit")] == ["audit"]
    assert all(for_sqlite()[name].startswith("insert into") for name in touching if name != "audit")


async def test_a_draft_takes_the_place_of_the_one_before_and_is_dropped_after_a_day(
    opened_store: Store,
) -> None:
    newer = Draft(ADA, "cohort", {"name": "Náirobi", "step": 2}, NOW + 1)

    await opened_store.write(
        dialogues.opens(Draft(ADA, "broadcast", {}, NOW)), dialogues.opens(newer)
    )

    assert await dialogues.open_with(opened_store, ADA, NOW + 2) == newer
    assert await dialogues.open_with(opened_store, FARID, NOW + 2) is None
    assert await dialogues.open_with(opened_store, ADA, newer.at + dialogues.KEPT + 1) is None
    await opened_store.write(dialogues.closes(ADA, 5))
    assert await dialogues.open_with(opened_store, ADA, NOW + 2) is None
    assert await dialogues.latest(opened_store, ADA, NOW + 2) == Closed(5)
    await opened_store.write(dialogues.forgets(ADA))
    assert await dialogues.latest(opened_store, ADA, NOW + 2) is None
