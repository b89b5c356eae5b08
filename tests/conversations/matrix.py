"""A small world in which everybody may do something else, and ways to try everything in it."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from bot.callback_data import ManagePress, pack, unpack
from bot.handlers.presses import MANAGE_PERMISSIONS
from bot.i18n import Translators
from bot.rendering import notices
from simulator.state import Call
from tests.conversations import leading
from tests.conversations.leading import ADA, AMINA, BARAKA, CHEN, FARID
from tests.conversations.people import Careful
from tests.support.running import Stage
from tests.support.tables import Look, rows

EFUA, GRACE = 1004, 2002

_ENGLISH = Translators.load().for_language("en")
NOT_YOURS = notices.not_found_or_not_yours(_ENGLISH)
UNKNOWN = notices.unknown_button(_ENGLISH)

Key = tuple[str, str]

# Of what anybody may cause: updates and what is counted. Everything else may only be changed by
# those who have the right to, also in tables that are yet to come.
_OF_EVERYBODY = frozenset(
    {
        "inbox",
        "leases",
        "tries",
        "learners",
        "counted",
        "counts",
        "milestones",
        "visits",
        "recounts",
    }
)

# What stands behind the number on buttons: such as anybody may make up.
_VALUES = ("", "0", "7", "one", f"cohort.{FARID}", "facilitator", f"admin.{ADA}", "name")

# Seconds after which somebody who joined and did not begin stands on the radar.
_SILENCE = 15 * 24 * 3600

# Weeks after anything that the tests do.
_PLANNED = "20 December 12:00"

# Some buttons do nothing at one time, and something at another.
_MOST_TRIES = 3

# What ends something, in the order in which it does least harm to what is still to be tried.
ENDING = (
    *(("k", what) for what in ("skip", "make", "clear", "close", "reopen", "unlink", "unoffer")),
    *(("b", what) for what in ("send", "stop", "again-now", "undo-now", "cancel")),
    *(("m", what) for what in ("done", "thank")),
    *(("k", what) for what in ("revoke-now", "archive-now", "cancel")),
)


@dataclass(slots=True)
class Scene:
    """Farid's cohort, and people who have to do with it or not.

    Attributes:
        look: past the store, at the tables that are protected.
        cohort: of Farid; Grace leads another one.
        secrets: words that only those who lead or belong to it may see.
        shown: data of the buttons that Farid and Ada were shown, by what they are about.
        numbers: ids of what there is in that cohort, and one that does not exist.
        old: of the buttons that Chen was shown while the cohort was in his hands, too.
    """

    stage: Stage
    look: Look
    people: Mapping[str, Careful]
    cohort: int
    secrets: tuple[str, ...]
    numbers: tuple[int, ...]
    shown: dict[Key, list[str]] = field(default_factory=dict)
    old: tuple[tuple[int, str], ...] = ()

    def data(self, key: Key) -> Iterator[str]:
        """Data to try for one kind of button: as it was really shown, and made up."""
        yield from self.shown.get(key, ())[:3]
        for place, number in enumerate((*self.numbers, 0)):
            value = _VALUES[(place + len(key[1])) % len(_VALUES)]
            yield pack(ManagePress(*key, number, value))

    async def rows(self, about: Iterable[int] = ()) -> set[tuple[str, str]]:
        """What is in the database that not anybody may change; with `about` what names these."""
        wanted = [str(number) for number in about]
        return {
            (table, row)
            for table, row in await self.look()
            if not wanted or any(number in row for number in wanted)
        }

    def saw(self, person: Careful) -> None:
        """Remember the buttons that stand before somebody and end something, also unpressed."""
        for _message, data in person.buttons():
            press = unpack(data)
            if isinstance(press, ManagePress) and (press.verb, press.action) in ENDING:
                self.shown.setdefault((press.verb, press.action), []).append(data)

    @property
    def mark(self) -> Call:
        """The last call that the bot has made so far, for `answers` and `leaks`."""
        return self.stage.simulator.world.calls[-1]

    def answers(self, since: Call) -> list[tuple[str, str]]:
        """What the bot said since then: method and text."""
        return [(call.method.lower(), _text(call)) for call in self._calls(since)]

    def leaks(self, since: Call) -> list[str]:
        """Secrets that anybody was told since then."""
        told = "\n".join(str(call.params) for call in self._calls(since))
        return [secret for secret in self.secrets if secret in told]

    def _calls(self, since: Call) -> Iterator[Call]:
        newest_first = reversed(self.stage.simulator.world.calls)
        later = [*takewhile(lambda call: call is not since, newest_first)]
        return (call for call in reversed(later) if call.method.lower() != "getupdates")


def refused_press() -> list[tuple[str, str]]:
    """All that may follow from a press of somebody who may not."""
    return [("answercallbackquery", NOT_YOURS)]


def refused_command() -> list[tuple[str, str]]:
    """All that may follow from a command of somebody who may not."""
    return [("sendmessage", NOT_YOURS)]


async def arranged(stage: Stage, url: str, look: Look) -> Scene:
    """The scene, played through the bot: with a question, a note and a planned broadcast."""
    farid = await leading.facilitates(stage)
    cohort = await leading.makes_cohort(farid, "Kericho; city Nairobi; welcome Karibu")
    link = await leading.invites(farid, cohort)
    baraka = leading.person(stage, BARAKA, "Baraka")
    await baraka.says(f"/start {link}")
    await baraka.taps("Choose my own name")
    await baraka.says("Wanjiru")
    await _filled(stage, farid, baraka)
    grace = await leading.facilitates(stage, GRACE, "Grace")
    await leading.makes_cohort(grace, "Lima; city Lima")
    chen, old = await _revoked(stage, farid, link)
    amina, efua = Careful(stage, AMINA), leading.person(stage, EFUA, "Efua")
    await amina.says("/start")
    await amina.taps("Start")
    await amina.says("/report The year is wrong.")
    await amina.says("/report So is the month.")
    stage.simulator.world.people[EFUA].started = True
    people = {
        "a stranger": efua, "a learner": amina, "a member": baraka, "the facilitator": farid,
        "a facilitator of another cohort": grace, "a facilitator who was revoked": chen,
        "an admin": Careful(stage, ADA),
    }  # fmt: skip
    numbers = (cohort, *await _ids(url), 987_654_321)
    secrets = ("Kericho", "Wanjiru", "Karibu", "Mapema", "Kwa nini", "Habari", link)
    return Scene(stage, look, people, cohort, secrets, numbers, old=old)


async def _filled(stage: Stage, farid: Careful, baraka: Careful) -> None:
    """Baraka asks, Farid writes to him, and plans a message to the cohort."""
    await baraka.says("/askfacilitator Kwa nini?")
    stage.simulator.world.clock.advance(_SILENCE)
    await farid.says("/radar Kericho")
    message, data = next(one for one in farid.buttons() if one[1].startswith("d:write:"))
    await farid.presses(message, data)
    await farid.taps("Change")
    await farid.says("Habari?")
    await farid.taps("Send")
    await stage.sent()
    await farid.says("/broadcast Kericho: Mapema")
    await farid.taps("Later")
    await farid.says(_PLANNED)
    await farid.taps("Schedule it")


async def _revoked(
    stage: Stage, farid: Careful, link: str
) -> tuple[Careful, tuple[tuple[int, str], ...]]:
    """Chen, a member who led the cohort for a while, and the buttons that he was shown then.

    A link to lead it again, of his own making, lies open before him.
    """
    chen, ada = leading.person(stage, CHEN, "Chen"), Careful(stage, ADA)
    await farid.says("/grant Kericho")
    await chen.says(f"/start {leading.payload(farid.newest)}")
    await chen.taps("I agree")
    for text in ("/cohorts", "/grant", "/revoke", "/deliveries", "/stats"):
        await chen.says(text)
    await chen.says("/cohort Kericho")
    old = tuple(chen.buttons())
    await chen.says("/newcohort")
    await chen.says(f"/start {link}")
    await chen.taps(next(label for label in chen.labels if label.startswith("Join as")))
    await chen.says("/grant Kericho")
    await chen.says(f"/start {leading.payload(chen.newest)}")
    assert "I agree" in chen.labels
    await ada.says("/revoke")
    for message, data in ada.buttons():
        if data.endswith(f".{CHEN}"):
            await ada.presses(message, data)
            await ada.taps("Take it back")
            break
    return chen, old


async def _ids(url: str) -> tuple[int, ...]:
    """What else has a number in the cohort."""
    found = await rows(
        url,
        "select membership from memberships union all select broadcast from broadcasts"
        " union all select request from requests union all select note from notes",
    )
    return tuple(number for (number,) in found)


def is_protected(table: str) -> bool:
    """Whether not anybody may change what stands there."""
    is_of_everybody = table in _OF_EVERYBODY or table.endswith("_counts")
    return not is_of_everybody and table != "alembic_version"


def _text(call: Call) -> str:
    return str(call.params.get("text", call.params.get("caption", "")))


async def explored(
    one: Careful, texts: Sequence[str], but: Callable[[Key], bool]
) -> tuple[dict[Key, list[str]], set[Key]]:
    """Type `texts` one by one and press every kind of button that shows, until none is new.

    Gives the data of those that did something, by what they are about; and those that never did.

    Args:
        but: which are left alone.
    """
    tried: Counter[Key] = Counter()
    worked: dict[Key, list[str]] = {}
    before = -1
    while len(tried) > before:
        before = len(tried)
        for text in texts:
            await one.says(text)
            while (found := next(_new(one, tried, worked, but), None)) is not None:
                message, data, key = found
                tried[key] += 1
                await one.presses(message, data)
                await one.stage.exported()  # a file comes when it is ready, not with the answer
                if one.toast not in (NOT_YOURS, UNKNOWN):
                    worked[key] = [data]
    return worked, set(tried) - set(worked)


def _new(
    one: Careful, tried: Mapping[Key, int], worked: Container[Key], but: Callable[[Key], bool]
) -> Iterator[tuple[int, str, Key]]:
    """Buttons that show and are still to be tried, the newest first."""
    for message, data in reversed(one.buttons()):
        press = unpack(data)
        if isinstance(press, ManagePress):
            key = press.verb, press.action
            is_done = key in worked or tried.get(key, 0) >= _MOST_TRIES
            if key in MANAGE_PERMISSIONS and not is_done and not but(key):
                yield message, data, key
