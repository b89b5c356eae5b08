"""Ada, who administers, Farid, who facilitates, and how cohorts come about in tests."""

import re

from simulator.messages import Message
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA, FARID, ADA = 1001, 2001, 3001
BARAKA, CHEN = 1002, 1003
LINK = re.compile(r"https://t\.me/\w+\?start=(\S+)")


def person(stage: Stage, number: int, name: str = "Somebody") -> Careful:
    """Somebody who writes to the bot."""
    stage.simulator.world.person(number, name)
    return Careful(stage, number)


def payload(message: Message) -> str:
    """What stands behind `start=` in the link of a message."""
    found = LINK.search(message.text)
    assert found is not None, f"no link in {message.text!r}"
    return found[1]


async def facilitates(stage: Stage, number: int = FARID, name: str = "Farid") -> Careful:
    """Somebody whom Ada has made a facilitator."""
    ada, one = Careful(stage, ADA), person(stage, number, name)
    await ada.says("/grant facilitator")
    await one.says(f"/start {payload(ada.newest)}")
    await one.taps("I agree")
    return one


async def makes_cohort(facilitator: Careful, line: str = "Nairobi, March") -> int:
    """A cohort by one line; gives its id."""
    await facilitator.says(f"/newcohort {line}")
    await facilitator.taps("Make it")
    assert facilitator.newest.buttons, facilitator.sees
    data = facilitator.button("Change")[1]
    return int(data.split(":")[2])


async def invites(facilitator: Careful, cohort: int) -> str:
    """A new link into a cohort for 30 days; gives its payload."""
    await facilitator.presses(facilitator.newest.id, f"k:link:{cohort}:30")
    return payload(facilitator.newest)


async def joins(stage: Stage, number: int, link: str, name: str = "Somebody") -> Careful:
    """Somebody who has joined by a link, under the pseudonym."""
    one = person(stage, number, name)
    await one.says(f"/start {link}")
    label = next(label for label in one.labels if label.startswith("Join as"))
    await one.taps(label)
    return one
