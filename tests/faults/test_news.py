"""The short form of the broadcast's row in `make fault-test`."""

from pathlib import Path

from storage.outbox import DeliveryState
from tests.course.examples import SMALL
from tests.faults.news import sends

_PEOPLE = 150


async def test_kills_and_failing_calls_forget_nobody_and_the_report_adds_up(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'tutorbot.db'}"

    sent = await sends(_PEOPLE, kills=5, faults=1, course=SMALL, folder=tmp_path, url=url)

    assert not sent.problems, "\n".join(sent.problems)
    assert (sent.kills, sent.faults) == (5, 5)
    assert sent.last == {DeliveryState.SENT: _PEOPLE}
