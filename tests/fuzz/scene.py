"""A database with something of everything in it, and who is there."""

from dataclasses import dataclass
from pathlib import Path

from storage.cohorts import Cohort, CohortState, add_cohort
from storage.store import Store
from tests.conversations import matrix
from tests.conversations.leading import ADA, AMINA, BARAKA, CHEN, FARID, GRACE, invites, joins
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.fuzz.driving import BYSTANDER
from tests.support.running import NOON, staged
from tests.support.tables import looking_into

# Enough for what takes more time with every cohort to be seen.
_COHORTS = 30

# Somebody whose app is set to no language that there is.
FOREIGNER = 1005

_LOOKS = (
    "/cohorts", "/cohort Kericho", "/grant", "/revoke", "/stats", "/broadcast", "/deliveries",
    "/radar", "/digest", "/export", "/status", "/audit", "/reports", "/nudges",
    "/broadcast Kericho: Habari",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """What is there before anything odd comes.

    Attributes:
        data: an SQLite file.
        people: who sends odd things; the foreigner does not, as their language would be corrected.
        shown: data of buttons that people were shown.
        numbers: ids of cohorts, messages, members and questions, and one of nothing.
    """

    data: Path
    shown: tuple[str, ...]
    numbers: tuple[int, ...]
    people: tuple[int, ...] = (ADA, FARID, GRACE, AMINA, BARAKA, CHEN, matrix.EFUA)
    leading: tuple[int, ...] = (ADA, FARID)


async def arranged(data: Path) -> Scene:
    """The scene of the matrix of rights, with more cohorts, and with drafts that lie open."""
    url = f"sqlite:///{data}"
    async with staged(url, SMALL) as on, looking_into(url, matrix.is_protected) as look:
        world = on.simulator.world
        found = await matrix.arranged(on, url, look)
        world.person(BYSTANDER, "Somebody")
        await Careful(on, BYSTANDER).says("/start")
        shown: list[str] = []
        for person in (found.people["the facilitator"], found.people["an admin"]):
            looked, _ = await matrix.explored(person, _LOOKS, lambda key: key in matrix.ENDING)
            shown += [one for data in looked.values() for one in data]
            shown += [data for _, data in person.buttons()]
        world.person(FOREIGNER, "Somebody", "x" + 69 * "y")
        await joins(on, FOREIGNER, await invites(Careful(on, FARID), found.cohort))
        await _many(on.store)
        return Scene(data, tuple(dict.fromkeys(shown)), found.numbers)


async def _many(store: Store) -> None:
    now = int(NOON * 1000)
    for number in range(1, _COHORTS + 1):
        cohort = Cohort(
            number, f"Group {number}", None, None, "UTC", "", None, CohortState.OPEN, None, now
        )
        await store.write(add_cohort(cohort, ADA))
