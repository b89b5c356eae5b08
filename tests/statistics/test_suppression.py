"""No group of fewer than five can be worked out; and the attack works where a rule is broken."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from course.statistics import suppression
from course.statistics.overview import Scope
from course.statistics.periods import DayRange
from storage import statistics
from storage.counters import ActivityKind
from storage.store import Store
from tests.statistics import attacking
from tests.statistics import world as living
from tests.statistics.test_figures import lived
from tests.statistics.world import COHORTS, NOW

PEOPLE = 150
"""Few, so that many groups are small."""


def always(_between: Sequence[int]) -> bool:
    return True


async def as_of_all(store: Store, scope: Scope, _what: ActivityKind) -> frozenset[DayRange]:
    return await AS_IT_IS(store, scope, ActivityKind.FIRST_ANSWER)


FEW_ZONES = ("Africa/Nairobi", *(None for _ in range(11)))
AS_IT_IS = statistics._fetch_showable_ranges


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """On SQLite only, for what shows the attack's strength: the rules it breaks are in Python."""
    return f"sqlite:///{tmp_path / 'tutor.db'}"


async def attack(url: str, broken: tuple[str, object] | None) -> tuple[int, list[str]]:
    store = await Store.open(url, NOW)
    try:
        world = await lived(store, PEOPLE)
        with pytest.MonkeyPatch.context() as patched:
            if broken is not None:
                patched.setattr(*broken)
            found = await attacking.everything(store, world, COHORTS)
    finally:
        await store.close()
    return attacking.worked_out(found)


async def test_no_pair_of_figures_tells_of_fewer_than_five(store_url: str) -> None:
    pairs, broken = await attack(store_url, None)

    assert broken == []
    assert pairs > 2_500


async def test_nor_where_few_have_told_where_they_are(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(living, "ZONES", FEW_ZONES)
    monkeypatch.setattr("storage.statistics._ENOUGH_ANSWERS", 1)

    _, broken = await attack(store_url, None)

    assert broken == []


async def test_the_attack_succeeds_where_hours_are_told_of_few_people(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(living, "ZONES", FEW_ZONES)
    monkeypatch.setattr("storage.statistics._ENOUGH_ANSWERS", 1)

    _, broken = await attack(file_url, ("storage.statistics._fetch_showable_ranges", as_of_all))

    assert {one.partition(":")[0] for one in broken} == {"hours"}


@pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(
            ("course.statistics.periods.is_difference_showable", always),
            id="differences are not looked at",
        ),
        pytest.param(
            ("course.statistics.suppression.is_difference_showable", always),
            id="nor those of questions",
        ),
        pytest.param(
            ("course.statistics.periods.has_enough_people", bool),
            id="values of one person are shown",
        ),
    ],
)
async def test_the_attack_succeeds_where_a_rule_is_broken(
    file_url: str, mutation: tuple[str, object]
) -> None:
    _, broken = await attack(file_url, mutation)

    assert broken


async def test_the_attack_succeeds_where_numbers_are_exact(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suppression, "MIN_PEOPLE", 1)
    monkeypatch.setattr(attacking, "WIDTH", 0)

    _, broken = await attack(file_url, None)

    assert any(one.startswith("finished") for one in broken)
