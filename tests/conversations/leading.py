"""Ada, who administers, Farid, who facilitates, and how cohorts come about in tests."""

import re

from simulator.messages import Message
from storage.roles import fetch_audit_log
from tests.conversations.people import DAY, Careful
from tests.support.running import Stage

AMINA, FARID, ADA = 1001, 2001, 3001
BARAKA, CHEN, GRACE = 1002, 1003, 2002
NOT_YOURS = "I did not find that, or it is not yours to use. /help lists what you can do."
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


async def facilitates(
    stage: Stage, number: int = FARID, name: str = "Farid", pause: float = Careful.pause
) -> Careful:
    """Somebody whom Ada has made a facilitator; `pause` is that of both, in seconds."""
    ada, one = Careful(stage, ADA), person(stage, number, name)
    ada.pause = one.pause = pause
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


async def member(
    stage: Stage, facilitator: Careful, cohort: int, number: int, name: str | None = None
) -> Careful:
    """Somebody who has joined, under a name of their own or the pseudonym."""
    one = await joins(stage, number, await invites(facilitator, cohort))
    if name is not None:
        await one.says(f"/name {name}")
    return one


async def silent(stage: Stage, facilitator: Careful, cohort: int, days: float = 9) -> Careful:
    """Amina, who began and then fell silent."""
    amina = await member(stage, facilitator, cohort, AMINA, "Amina")
    await amina.says("/continue")
    await amina.taps_forward()
    await amina.taps_forward()
    amina.waits(days * DAY)
    return amina


async def shares(facilitator: Careful, cohort: int) -> Careful:
    """Grace, who leads the cohort, too."""
    grace = person(facilitator.stage, GRACE, "Grace")
    await facilitator.presses(facilitator.newest.id, f"k:grant:{cohort}:")
    await grace.says(f"/start {payload(facilitator.newest)}")
    await grace.taps("I agree")
    return grace


async def logged(stage: Stage, act: str) -> list[int]:
    """Who has done such a privileged act, by the log, the newest first."""
    return [
        one.actor
        for one in await fetch_audit_log(stage.store, (2**52, 0), 1_000)
        if one.action == act
    ]


async def sends(facilitator: Careful) -> None:
    """Send the message to one learner that is before their eyes; wait until it is out."""
    await facilitator.taps("Send")
    await facilitator.stage.ticks()


async def writes(facilitator: Careful) -> None:
    """Begin a note to the first on their radar."""
    await facilitator.says("/radar")
    await facilitator.taps("1 · Write")


def menu(stage: Stage, person: int) -> set[str]:
    """The commands that Telegram lists for somebody."""
    found = stage.simulator.world.commands.seen_by(person, "en")
    return {command["command"] for command in found}


async def takes_back(one: Careful, person: int, label: str = "Take it back") -> None:
    """Take the first thing back that somebody has."""
    await one.says("/revoke")
    message, data = next(
        (message, data) for message, data in one.buttons() if data.endswith(f".{person}")
    )
    await one.presses(message, data)
    await one.taps(label)
