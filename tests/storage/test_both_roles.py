"""Who may do more, and the log, on both databases."""

from course.model import LearnerId
from storage import dialogues, roles
from storage.dialogues import ClosedDialogue, Dialogue
from storage.roles import AuditEntry, HeldRoles, Role
from storage.statements import load_sqlite_queries, statement
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
        roles.add_role(ADA, Role.ADMIN, granted_by=1, at=NOW),
        roles.add_role(FARID, Role.FACILITATOR, granted_by=ADA, at=NOW),
        roles.add_facilitator(FARID, 5, NOW),
    )

    assert await roles.fetch_held_roles(opened_store, ADA) == HeldRoles(frozenset({Role.ADMIN}))
    held = HeldRoles(frozenset({Role.FACILITATOR}), frozenset({5}))
    assert await roles.fetch_held_roles(opened_store, FARID) == held
    assert set(await roles.fetch_people_with_roles(opened_store)) == {ADA, FARID}
    assert await roles.fetch_facilitators(opened_store, 5) == (FARID,)

    await opened_store.write(roles.delete_role(ADA, Role.ADMIN), roles.delete_facilitator(FARID, 5))

    assert await roles.fetch_held_roles(opened_store, ADA) == HeldRoles()
    assert await roles.fetch_held_roles(opened_store, FARID) == HeldRoles(
        frozenset({Role.FACILITATOR})
    )


async def test_the_log_is_read_backwards_page_by_page(opened_store: Store) -> None:
    lines = [
        AuditEntry(number, "make-cohort", "5", "", ADA, NOW + number // 2) for number in range(5)
    ]
    await opened_store.write(*map(roles.add_audit_entry, lines))
    await opened_store.write(roles.add_audit_entry(lines[0]))  # the same update once more

    first = await roles.fetch_audit_log(opened_store, (NOW + 99, 0), limit=2)
    rest = await roles.fetch_audit_log(opened_store, (first[-1].at, first[-1].update), limit=9)

    assert [*first, *rest] == lines[::-1]


def test_nothing_changes_or_deletes_a_line_of_the_log() -> None:
    touching = [name for name, sql in load_sqlite_queries().items() if " audit" in sql.lower()]

    assert [name for name in touching if not name.startswith("add_audit_entry")] == [
        "fetch_audit_log"
    ]
    assert all(
        load_sqlite_queries()[name].startswith("insert into")
        for name in touching
        if name != "fetch_audit_log"
    )


async def test_a_draft_takes_the_place_of_the_one_before_and_is_dropped_after_a_day(
    opened_store: Store,
) -> None:
    newer = Dialogue(ADA, "cohort", {"name": "Náirobi", "step": 2}, NOW + 1)

    await opened_store.write(
        dialogues.save_dialogue(Dialogue(ADA, "broadcast", {}, NOW)), dialogues.save_dialogue(newer)
    )

    assert await dialogues.fetch_open_dialogue(opened_store, ADA, NOW + 2) == newer
    assert await dialogues.fetch_open_dialogue(opened_store, FARID, NOW + 2) is None
    assert (
        await dialogues.fetch_open_dialogue(
            opened_store, ADA, newer.at + dialogues.DIALOGUE_LIFETIME + 1
        )
        is None
    )
    await opened_store.write(dialogues.close_dialogue(ADA, 5))
    assert await dialogues.fetch_open_dialogue(opened_store, ADA, NOW + 2) is None
    assert await dialogues.fetch_latest_dialogue(opened_store, ADA, NOW + 2) == ClosedDialogue(5)
    await opened_store.write(dialogues.delete_dialogue(ADA))
    assert await dialogues.fetch_latest_dialogue(opened_store, ADA, NOW + 2) is None
