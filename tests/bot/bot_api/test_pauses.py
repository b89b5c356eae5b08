"""Pauses after refusals and failures, in reckoned time; and what a chat may do."""

import pytest

from bot.bot_api.chat_limits import ChatEdits, ChatLimits
from bot.bot_api.rate_limits import Lane, RateLimits
from tests.bot.bot_api.sending_in_no_time import (
    BACK,
    PLACE,
    RATES,
    Message,
    arrivals,
    broadcast,
    sent,
    share,
    taps,
)


def test_a_refused_message_goes_first_in_its_lane_when_its_chat_is_open() -> None:
    refused = Message(0, Lane.BROADCAST, 1, refusals=(3.0,))
    run = sent([refused, *broadcast(300)])

    again = run.taken.index(next(one for one in run.taken if one.message is refused))
    at = run.taken[again].at
    assert at == pytest.approx(3 + 0.02 + BACK + 0.05, abs=2 * PLACE)
    assert run.taken[again - 1].at < at < run.taken[again + 1].at  # the others went on meanwhile


def test_one_chats_pause_holds_up_nobody_else() -> None:
    asked = [Message(0, Lane.ANSWER, 1, refusals=(30.0,)), *taps(until=20, every=0.2)]
    asked = [one for one in asked if one.chat != 1 or one.refusals]

    run = sent(asked)

    assert max(one.waited for one in run.taken if not one.message.refusals) == 0


def test_refusals_in_several_chats_pause_all_and_the_rate_is_back_at_once() -> None:
    asked = broadcast(1200)
    for number in range(90, 96):
        asked[number] = Message(0, Lane.BROADCAST, 1000 + number, refusals=(3.0,))

    run = sent(asked)

    first = min(one.counted_at for one in run.released if not one.is_taken)
    quiet = [at for at in arrivals(run) if first + 0.5 < at < first + 3]
    assert quiet == []
    assert share(run, since=first + 3.1, until=first + 4.1) >= 0.9
    assert share(run, since=first + 5, until=first + 15) >= 0.95
    assert len(run.taken) == len(asked)


def test_the_guard_widens_with_each_refusal_and_narrows_slowly() -> None:
    pacing = RateLimits()

    guards = []
    for second in range(20):
        pacing.record_retry_after(chat=second, wait=1, now=10.0 + 2 * second)
        guards.append(pacing.margin(10.0 + 2 * second))

    assert guards == sorted(guards)
    assert guards[0] == pytest.approx(0.012)
    assert guards[-1] == RATES.widest_margin
    assert 0.9 < pacing.margin(48 + 60) < 0.95
    assert pacing.margin(48 + 1000) == RATES.margin


def test_one_odd_chat_does_not_slow_down_all() -> None:
    pacing = RateLimits()

    for second in range(0, 600, 3):
        pacing.record_retry_after(chat=13, wait=1, now=10.0 + second)

    assert pacing.margin(610) < 0.02


def test_a_silence_follows_when_nobody_gets_through() -> None:
    pacing = RateLimits()

    pacing.record_connect_failure(chat=1, released_at=10, now=10)
    first = pacing.lane_free_at(Lane.ANSWER, 10)
    pacing.record_connect_failure(chat=2, released_at=10.25, now=10.25)
    second = pacing.lane_free_at(Lane.ANSWER, 10.25)

    assert (first, second) == (10.25, 10.75)


def test_a_silence_stays_short_however_long_nobody_gets_through() -> None:
    pacing = RateLimits(RATES)

    for tries in range(2_000):  # more than two hours
        pacing.record_connect_failure(chat=1, released_at=5.0 * tries, now=5.0 * tries)

    now = 5.0 * 1_999
    assert pacing.lane_free_at(Lane.ANSWER, now) == now + 4


def test_a_message_that_cannot_be_sent_holds_up_nobody_who_gets_through() -> None:
    pacing = RateLimits()
    pacing.finish_send(pacing.record_send(2, 10.0), 10.04, is_answered=True)

    pacing.record_connect_failure(chat=1, released_at=10, now=10.05)

    assert pacing.lane_free_at(Lane.ANSWER, 10.05) <= 10.05
    assert pacing.chat_free_at(1, 10.05) == pytest.approx(10.3)


def test_changes_are_counted_beside_what_is_sent_but_keep_to_a_chats_pause() -> None:
    pacing = RateLimits()
    for _ in range(RATES.burst):
        pacing.record_send(1, 10.0)

    assert pacing.chat_free_at(1, 10.0) > 10
    assert pacing.chat_free_at(ChatEdits(1), 10.0) <= 10

    pacing.record_retry_after(ChatEdits(1), wait=3, now=11.5)

    assert pacing.chat_free_at(1, 11.5) >= 14.5
    assert pacing.chat_free_at(2, 11.5) <= 11.5


def test_idle_chats_are_forgotten() -> None:
    chats = ChatLimits(RATES.burst, RATES.group_per_minute)

    for number in range(100_000):
        chats.record_send(number if number % 2 else -number, now=number / 30)

    assert len(chats) < 1000
