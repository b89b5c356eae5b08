"""Days of rest by region."""

import pytest

from bot.parsing.reminder_preferences import find_weekend


@pytest.mark.parametrize(
    ("zone", "days"),
    [("Africa/Nairobi", {5, 6}), ("Africa/Cairo", {4, 5}), ("Asia/Riyadh", {4, 5}),
     ("Asia/Kabul", {3, 4}), ("Asia/Tehran", {4}), ("Asia/Dubai", {5, 6}), ("UTC", {5, 6}),
     ("Antarctica/Troll", {5, 6})],
)  # fmt: skip
def test_each_region_has_its_days_of_rest(zone: str, days: set[int]) -> None:
    assert find_weekend(zone) == days
