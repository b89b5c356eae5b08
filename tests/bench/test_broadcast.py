import asyncio

from bench.broadcast import NEWS, RATE, Call, figures, judge, measure_ours, measure_peer


def news(person: int, status: int, at: float) -> Call:
    return Call("sendmessage", person, NEWS, status, at)


def edit(person: int, at: float, status: int = 200) -> Call:
    return Call("editmessagetext", person, "Settings", status, at)


def test_what_is_refused_missing_or_sent_twice_is_counted() -> None:
    calls = [news(1, 200, 0.0), news(2, 429, 0.1), news(1, 200, 0.2)]

    found = figures([1, 2, 3], calls, taps=[(1, 0.1)])

    assert (found.refused, found.harmed) == (1, 3)  # one came twice, two are missing
    assert (found.busy, found.tapped) == ([], 1)


def test_the_rate_is_taken_from_the_first_message_to_the_last() -> None:
    calls = [news(person, 200, person / RATE) for person in range(61)]

    calls += [Call("answercallbackquery", None, "", 200, person / RATE) for person in range(61)]

    assert round(figures(list(range(61)), calls, taps=[]).used, 9) == 1  # answers do not count


def test_each_tap_is_answered_by_the_next_edit_in_its_chat() -> None:
    taps = [(1, 10.0), (2, 10.1), (1, 14.0), (2, 14.1)]
    calls = [edit(1, 10.05), edit(2, 10.3), news(1, 200, 13.0), edit(1, 14.5, status=429)]
    calls += [edit(1, 15.0), news(2, 200, 20.0)]

    found = figures([1, 2], calls, taps)

    assert [round(each, 3) for each in found.quiet] == [0.05, 0.2]
    assert found.busy == [1.0]  # the second tap of 2 was not answered
    assert found.tapped == 2


def test_there_are_goals_for_the_rate_the_429s_and_the_slowest_edits() -> None:
    people = list(range(10_000))
    calls = [news(one, 200, 10 + one / RATE) for one in people]
    ours = figures(people, [edit(1, 5.1), *calls, edit(1, 50.14)], [(1, 5.0), (1, 50.0)])

    rows = judge(10_000, ours, ours)

    assert [row.verdict for row in rows] == ["met", "met", "met", "missed", "", ""]


async def test_everybody_gets_the_message_from_both_and_taps_are_answered() -> None:
    ours, peer = await asyncio.gather(measure_ours(30), measure_peer(30))

    assert (ours.refused, ours.harmed) == (0, 0)
    assert min(len(ours.quiet), len(ours.busy), len(peer.quiet)) > 0
