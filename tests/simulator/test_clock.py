"""The simulator's time runs forward, whatever the computer's clock does."""

import pytest

from simulator.clock import Clock


def test_it_waits_for_a_real_clock_that_was_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    real = iter([100.0, 40.0, 40.0, 101.0])
    monkeypatch.setattr("simulator.clock.time.time", lambda: next(real))
    clock = Clock()

    assert clock.now() == 100.0
    assert clock.now() == 100.0
    clock.advance(5)
    assert clock.now() == 105.0
    assert clock.now() == 106.0


def test_it_is_not_moved_back() -> None:
    with pytest.raises(ValueError, match="only goes forward"):
        Clock().advance(-1)
