"""What facilitators do with broadcasts, step by step, and what is seen of it."""

from course.model import LearnerId
from simulator.messages import Message
from storage import broadcasts, recipients
from storage.broadcasts import Broadcast
from storage.outbox import DeliveryState
from tests.conversations.people import Careful
from tests.support.running import Stage as Running


def cohort_of(farid: Careful) -> int:
    return next(int(data.split(":")[2]) for _, data in farid.buttons() if data.startswith("k:cha"))


def number(farid: Careful) -> int:
    """Of the broadcast that is before his eyes."""
    data = (data for _, data in reversed(farid.buttons()) if data.startswith("b:"))
    return next(int(one.split(":")[2]) for one in data if not one.startswith("b:list"))


async def writes(facilitator: Careful, line: str) -> int:
    """Write a broadcast in one line, up to its preview; gives its number."""
    await facilitator.says(f"/broadcast {line}")
    return number(facilitator)


async def sends_now(person: Careful) -> None:
    """Send the broadcast before their eyes; wait until all of it is out."""
    await person.taps("Send now")
    await person.stage.sent()


async def offers(farid: Careful, answers: str) -> None:
    """Put answers under the message before his eyes."""
    await farid.taps("Change")
    await farid.taps("Buttons")
    await farid.taps("Answers")
    await farid.says(answers)
    await farid.taps("Done")


async def found(stage: Running, broadcast: int) -> Broadcast:
    known = await broadcasts.fetch_broadcast(stage.store, broadcast)
    assert known is not None
    return known


async def state_of(stage: Running, broadcast: int, person: int) -> DeliveryState | None:
    known = await found(stage, broadcast)
    return await recipients.fetch_recipient_state(stage.store, known, LearnerId(person))


def before_last(person: Careful) -> Message:
    """The message before the newest: the preview above what can be done."""
    return [message for message in person.messages if message.from_bot][-2]


async def lives(learner: Careful, zone: str) -> None:
    await learner.presses(learner.newest.id, f"w:zone:{zone}")


def heard(person: Careful, text: str) -> int:
    return sum(message.from_bot and message.text == text for message in person.messages)
