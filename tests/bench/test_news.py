from bench.news import TapGenerator, judge
from bench.senders import NEWS, RATE, BroadcastResult
from bench.simulated import Call


def edit(person: int, at: float, status: int = 200) -> Call:
    return Call("editmessagetext", person, "Settings", status, at)


def test_each_press_is_answered_by_the_next_edit_in_its_chat() -> None:
    taps = TapGenerator(None, {})  # type: ignore[arg-type]
    taps.pressed = [(1, 10.0), (2, 10.1), (1, 14.0), (2, 14.1)]
    calls = [edit(1, 10.05), edit(2, 10.3), edit(1, 14.5, status=429), edit(1, 15.0)]

    assert [round(each, 3) for each in taps.latencies(calls, 0, 12)] == [0.05, 0.2]
    assert taps.latencies(calls, 12, 99) == [1.0]  # the press of 2 was not answered


def test_there_are_goals_for_the_rate_the_429s_and_the_slowest_edits() -> None:
    people = list(range(10_000))
    calls = [Call("sendmessage", one, NEWS, 200, one / RATE) for one in people]

    rows = judge(
        10_000, BroadcastResult([], [], [0.1], 1), BroadcastResult(people, calls, [0.14], 1)
    )

    assert [row.verdict for row in rows] == ["met", "met", "met", "missed"]
    assert [str(row.goal) for row in rows] == [
        "at most 0",
        "at most 0",
        "at least 0.99",
        "at most 1.3",
    ]
