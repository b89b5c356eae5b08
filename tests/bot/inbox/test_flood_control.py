"""Floods: what one person sends too fast is left out, and noted once."""

from typing import Any

from bot.inbox.flood_control import FloodControl, FloodLimits, FloodVerdict
from storage.inbox import ReceivedUpdate
from tests.bot.inbox.hands import Hands, update


async def test_a_flood_is_cut_off_and_noted_once(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=3, per_second=0))
    flooded = {}

    async def notes(received: ReceivedUpdate) -> None:
        flooded[received.update] = received.is_flood

    hands.fails = notes

    await inbox.receive(update(number) for number in range(1, 20))
    await inbox.receive([update(20, 1002)])
    await inbox.wait_until_idle()

    assert flooded == {1: False, 2: False, 3: False, 4: True, 20: False}


def sent(number: int, at: int, person: int = 1001) -> dict[str, Any]:
    """A message with Telegram's date."""
    message = {"text": "hello", "date": at, "from": {"id": person}}
    return {"update_id": number, "message": message}


async def test_what_was_sent_over_a_night_and_comes_at_once_is_no_flood(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=3, per_second=0.5))

    await inbox.receive(sent(number, at=600 * number) for number in range(1, 31))
    await inbox.wait_until_idle()

    assert hands.done == list(range(1, 31))


async def test_what_was_sent_at_once_is_a_flood_whenever_it_comes(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=3, per_second=0.5))

    await inbox.receive(sent(number, at=1000 + number % 2) for number in range(1, 31))
    await inbox.wait_until_idle()

    assert hands.done == [1, 2, 3, 4], "the fourth is told"


async def test_dates_that_go_back_and_forth_fill_nothing(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=3, per_second=1))

    await inbox.receive(sent(number, at=1000 if number % 2 else 5000) for number in range(1, 31))
    await inbox.wait_until_idle()

    assert len(hands.done) <= 3 + 3 + 1


def test_presses_between_messages_count_no_time_twice() -> None:
    flood = FloodControl(FloodLimits(burst=1, per_second=1))

    verdicts = [
        flood.record_update(1, 10, 1000),
        flood.record_update(1, 11),
        flood.record_update(1, 11, 1001),
    ]

    assert verdicts == [FloodVerdict.ACCEPT, FloodVerdict.ACCEPT, FloodVerdict.WARN]


async def test_that_somebody_blocks_the_bot_is_heard_in_any_flood(hands: Hands) -> None:
    inbox = hands.inbox(FloodLimits(burst=1, per_second=0))
    blocked = {"update_id": 30, "my_chat_member": {"from": {"id": 1001}, "date": 1000}}

    await inbox.receive([*(update(number) for number in range(1, 20)), blocked])
    await inbox.wait_until_idle()

    assert hands.done == [1, 2, 30]
