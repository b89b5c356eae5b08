"""The rules of going out, in reckoned time: rates, lanes, pauses, fairness."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bot_api.chat_limits import ChatEdits, ChatKey
from bot.bot_api.rate_limits import Lane, RateLimits
from bot.bot_api.sliding_window import MAX_DELAY, SlidingWindow
from tests.bot.bot_api.sending_in_no_time import (
    PLACE,
    RATES,
    Message,
    arrivals,
    broadcast,
    earlier,
    most_within,
    sent,
    share,
    taps,
)

TINY = 1e-6
FASTEST = 0.01  # seconds that the fastest message is on its way

chats: st.SearchStrategy[ChatKey] = st.one_of(
    st.integers(1, 12),
    st.integers(-3, -1),
    st.just("@news"),
    st.integers(1, 3).map(ChatEdits),
)
messages = st.lists(
    st.builds(
        Message,
        at=st.floats(0, 1.5),
        lane=st.sampled_from(Lane),
        chat=chats,
        way=st.floats(FASTEST, 0.2),
        refusals=st.lists(st.integers(1, 3).map(float), max_size=1).map(tuple),
        leaves_after=st.none() | st.none() | st.floats(0, 2),
    ),
    max_size=60,
)


@given(messages)
def test_no_second_takes_more_than_thirty(asked: list[Message]) -> None:
    run = sent([*earlier(FASTEST), *asked])

    assert most_within(1, arrivals(run)) <= RATES.per_second


@given(st.lists(st.floats(FASTEST, 2.0), min_size=64, max_size=200))
def test_nor_does_a_second_of_answers_on_ways_of_any_length(ways: list[float]) -> None:
    ways[::32] = [FASTEST] * len(ways[::32])  # seen now and then, so that it is known
    crowd = [Message(0, Lane.ANSWER, number, way) for number, way in enumerate(ways)]

    run = sent(crowd)

    assert most_within(1, arrivals(run)) <= RATES.per_second


def test_a_slow_first_connection_does_not_squeeze_two_seconds_into_one() -> None:
    crowd = [Message(0, Lane.ANSWER, n, 0.2 if n < 30 else 0.01) for n in range(120)]

    run = sent(crowd)

    assert most_within(1, arrivals(run)) == RATES.per_second


@given(messages)
def test_nobody_is_overtaken_whose_chat_is_open(asked: list[Message]) -> None:
    run = sent(asked)

    assert run.overtaken == []


@given(messages)
def test_nothing_is_lost_and_nothing_sent_twice(asked: list[Message]) -> None:
    run = sent(asked)

    numbers = [one.number for one in run.taken]
    assert len(numbers) == len(set(numbers)) == len(asked) - run.left


@given(messages)
def test_a_chat_takes_a_burst_and_then_one_a_second(asked: list[Message]) -> None:
    run = sent(asked)

    times: dict[ChatKey, list[float]] = {}
    for one in run.released:
        times.setdefault(one.message.chat, []).append(one.at)
    for of_chat in times.values():
        for last, at in enumerate(of_chat):
            for first in range(last + 1):
                seconds = at - of_chat[first]
                assert last - first + 1 <= RATES.burst + seconds + TINY


def test_a_group_takes_twenty_a_minute() -> None:
    run = sent(Message(0, Lane.NUDGE, -7) for _ in range(50))

    assert len(run.taken) == 50
    assert most_within(60, arrivals(run)) == RATES.group_per_minute


@pytest.mark.parametrize("late", [0.0, 0.001, 0.003], ids=lambda late: f"wakes {late} s late")
def test_a_broadcast_uses_the_rate_and_answers_wait_for_one_place(late: float) -> None:
    asked = [*broadcast(1200), *taps(until=35, every=0.2)]

    run = sent([*earlier(), *asked], late)

    assert share(run, since=1, until=35) >= 0.99
    assert max(one.waited for one in run.of(Lane.ANSWER)) <= PLACE + 2 * late + 0.006


def test_beside_a_broadcast_half_of_the_answers_find_a_place_that_was_left_to_them() -> None:
    run = sent([*earlier(), *broadcast(1200), *taps(until=35, every=0.2)])

    answers = [one for one in run.of(Lane.ANSWER) if one.at > 2]
    assert sum(one.waited == 0 for one in answers) > len(answers) / 2


def test_without_a_broadcast_answers_go_at_once() -> None:
    run = sent(taps(until=20, every=0.2))

    assert max(one.waited for one in run.taken) == 0


def test_bulk_is_spaced_evenly_from_the_first_message_on() -> None:
    run = sent([*earlier(), *broadcast(300)])

    times = arrivals(run)[-300:]
    gaps = [b - a for a, b in pairwise(times)]
    assert 0.7 * PLACE < min(gaps) <= max(gaps) < 1.3 * PLACE


def test_bulk_gets_all_that_answers_leave() -> None:
    crowd = taps(until=20, every=1 / 20, people=40)
    nudges = [Message(0, Lane.NUDGE, 500 + person) for person in range(60)]

    run = sent([*crowd, *nudges, *broadcast(60)])

    assert max(one.at for one in run.of(Lane.NUDGE)) < 60 / (30 - 20) + 1
    assert max(one.at for one in run.of(Lane.BROADCAST)) < 120 / (30 - 20) + 2


def test_nudges_go_before_broadcasts_and_behind_answers() -> None:
    asked = [
        *(Message(0, Lane.ANSWER, person) for person in range(1, 41)),
        *(Message(0.1, Lane.BROADCAST, 1000 + person) for person in range(40)),
        *(Message(0.1, Lane.NUDGE, 500 + person) for person in range(40)),
    ]

    run = sent(asked)

    lanes = [one.message.lane for one in run.taken]
    assert lanes == sorted(lanes)


def test_a_message_given_back_leaves_no_hole() -> None:
    kept, asked = RateLimits(), RateLimits()
    for number in range(30):
        kept.record_send(number, 5.0)
        asked.record_send(number, 5.0)

    asked.undo_send(asked.record_send(-1, 5.0), -1, 5.0)

    for lane in Lane:
        assert asked.lane_free_at(lane, 5.0) == pytest.approx(kept.lane_free_at(lane, 5.0))
    assert asked.chat_free_at(-1, 5.0) <= kept.chat_free_at(-1, 5.0)


@pytest.mark.parametrize("length", [0.3, 0.6, 1.2, 2.0], ids=lambda length: f"{length} s")
def test_a_network_that_stands_still_squeezes_no_two_seconds_into_one(length: float) -> None:
    begin, end = 5.0, 5.0 + length
    releases = [number * 1.009 * PLACE for number in range(300)]
    ways = [end - at if begin <= at < end else 0.02 for at in releases]
    people = [Message(0, Lane.BROADCAST, 1000 + n, max(way, 0.02)) for n, way in enumerate(ways)]

    run = sent([*earlier(), *people])

    assert most_within(1.0, arrivals(run)) <= RATES.per_second
    assert len(run.taken) == len(earlier()) + len(people)


@pytest.mark.parametrize("places", [30, 300, 1000], ids=lambda places: f"{places} a second")
def test_the_fastest_way_is_remembered_while_all_are_slow(places: int) -> None:
    slots = SlidingWindow(places)
    for ticket in range(2 * places):
        slots.record_send(ticket, 0.0)
        slots.finish_send(ticket, FASTEST, RATES.margin)
    crowd = range(2 * places, 3 * places)
    for ticket in crowd:
        slots.record_send(ticket, 10.0)
    for ticket in crowd:
        slots.finish_send(ticket, 10.8, RATES.margin)

    assert slots.free_at(11.0) >= 11.8 - FASTEST, "the last may have arrived just before 10.8"


def test_calls_that_never_end_hold_their_places_for_a_bounded_time() -> None:
    slots = SlidingWindow(30)
    for ticket in range(30):
        slots.record_send(ticket, 100.0)

    assert slots.free_at(100.5) == 101 + MAX_DELAY
    assert slots.free_at(101 + MAX_DELAY) == 101 + MAX_DELAY
