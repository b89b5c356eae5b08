from bench.broadcast import BroadcastFigures
from bench.senders import NEWS, OURS, Broadcast, BroadcastResult, Fault, measure
from bench.simulated import Call

BROADCAST = Broadcast(OURS, 3, Fault(times=1, seconds=3))


def news(person: int, status: int, at: float) -> Call:
    return Call("sendmessage", person, NEWS, status, at)


def test_what_is_refused_missing_or_sent_twice_is_counted() -> None:
    calls = [news(1, 200, 0.0), news(2, 429, 0.1), news(1, 200, 0.2)]

    figures = BroadcastFigures.of(
        BroadcastResult([1, 2, 3], calls, taps=[0.05], pressed=2), BROADCAST
    )

    assert (figures.refused, figures.missing, figures.twice) == (1, 2, 1)
    assert figures.answered == "1/2"


def test_the_rate_is_taken_from_the_first_message_to_the_last_try() -> None:
    calls = [news(person, 200, person / 30) for person in range(61)]

    figures = BroadcastFigures.of(
        BroadcastResult(list(range(61)), calls, taps=[], pressed=0), BROADCAST
    )

    assert round(figures.used, 9) == 1


async def test_everybody_gets_the_message_and_every_tap_is_answered() -> None:
    broadcast = Broadcast(OURS, 20)

    seen = await measure(broadcast)

    figures = BroadcastFigures.of(seen, broadcast)
    assert (figures.refused, figures.missing, figures.twice) == (0, 0, 0)
    assert len(seen.taps) == seen.pressed > 0
