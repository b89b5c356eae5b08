"""Everybody tries every command and every button there is; what they may is made from the wiring.

A command or a button that is added declares whom it is for, and is tried here by that.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from bot.callback_data import MANAGE_VERBS
from bot.handlers.commands import COMMANDS
from bot.handlers.permissions import Permission
from bot.handlers.presses import MANAGE_BUTTONS, MANAGE_PERMISSIONS
from bot.i18n import Translators
from bot.rendering import deliveries, notices
from tests.conftest import Lend
from tests.conversations import matrix
from tests.conversations.audit import audit
from tests.conversations.matrix import ENDING, Scene
from tests.course.examples import SMALL
from tests.support.running import staged
from tests.support.tables import looking_into

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = (
    "a stranger", pytest.param("a learner", marks=pytest.mark.slow), "a member",
    "a facilitator who was revoked",
)  # fmt: skip
SENT = deliveries.no_longer_changeable(Translators.load().for_language("en"))
OTHER = "a facilitator of another cohort"
BEHIND = ("", " Kericho", " Kericho; places 3", " admin", " 1")
TALKS = (
    "/grant Kericho", "/newcohort", "Kisumu", "/broadcast Kericho: Hello", "/question m1q1",
)  # fmt: skip
LOOKS = (
    "/cohorts", "/cohort Kericho", "/grant", "/revoke", "/stats", "/broadcast", "/deliveries",
    "/radar", "/digest", "/export", "/reports",
)  # fmt: skip


@asynccontextmanager
async def arranged(lent_store: Lend) -> AsyncIterator[Scene]:
    """A scene of its own; at the end every call that the bot made is looked at."""
    async with (
        lent_store() as url,
        staged(url, SMALL) as on,
        looking_into(url, matrix.is_protected) as look,
    ):
        yield await matrix.arranged(on, url, look)
        audit(on.simulator.world)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(lent_store: Lend) -> AsyncIterator[Scene]:
    """One scene on each kind for all who may not: whatever they try, it stays as it is."""
    async with arranged(lent_store) as found:
        for who in ("the facilitator", "an admin"):
            looked, _ = await matrix.explored(found.people[who], LOOKS, lambda key: key in ENDING)
            for key, data in looked.items():
                found.shown.setdefault(key, []).extend(data)
            found.saw(found.people[who])
        yield found


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def _nothing_under_way(scene: Scene) -> AsyncIterator[None]:
    """A file that was asked for in one test does not come in the next one."""
    yield
    await scene.stage.exported()


def keys(*needs: Permission) -> list[matrix.Key]:
    """The buttons for which one needs one of these permissions."""
    return [key for key, need in MANAGE_PERMISSIONS.items() if need in needs]


def commands(*needs: Permission) -> list[str]:
    """The commands for which one needs one of these permissions."""
    return [name for name, one in COMMANDS.items() if one.permission in needs]


@pytest.mark.parametrize("who", PLAIN)  # a member is a learner, too
async def test_what_those_who_lead_may_is_refused_to_others(scene: Scene, who: str) -> None:
    person, before, since = scene.people[who], await scene.rows(), scene.mark

    for name in commands(Permission.FACILITATOR, Permission.ADMIN):
        for words in BEHIND:
            mark = scene.mark
            await person.says(f"/{name}{words}")
            assert scene.answers(mark) == matrix.refused_command(), (name, words)
    for key in keys(Permission.FACILITATOR, Permission.ADMIN):
        for data in scene.data(key):
            mark = scene.mark
            await person.presses(1, data)
            assert scene.answers(mark) == matrix.refused_press(), data

    assert await scene.rows() == before
    assert scene.leaks(since) == []


@pytest.mark.parametrize("who", ["the facilitator", OTHER])
async def test_what_admins_may_is_refused_to_facilitators(scene: Scene, who: str) -> None:
    person, before = scene.people[who], await scene.rows()

    for name in commands(Permission.ADMIN):
        mark = scene.mark
        await person.says(f"/{name}")
        assert scene.answers(mark) == matrix.refused_command(), name
    for key in keys(Permission.ADMIN):
        for data in scene.data(key):
            mark = scene.mark
            await person.presses(1, data)
            (method, toast), *others = scene.answers(mark)
            is_old = who == "the facilitator" and toast == SENT  # what became of his own message
            assert is_old or [(method, toast), *others] == matrix.refused_press(), data

    assert await scene.rows() == before


async def test_a_facilitator_cannot_tell_the_cohort_of_another_from_none(scene: Scene) -> None:
    grace, before = scene.people[OTHER], await scene.rows(scene.numbers)
    since = scene.mark

    for name in commands(Permission.FACILITATOR):
        answers = []
        for words in ("Kericho", "Atlantis"):
            mark = scene.mark
            await grace.says(f"/{name} {words}")
            answers.append(str(scene.answers(mark)).replace(words, "..."))
        assert answers[0] == answers[1], name
        await scene.stage.exported()

    assert await scene.rows(scene.numbers) == before
    assert set(scene.leaks(since)) <= {"Kericho"}, "that is what she typed"


async def test_a_facilitator_does_nothing_to_the_cohort_of_another_by_a_button(
    scene: Scene,
) -> None:
    grace, since, before = scene.people[OTHER], scene.mark, await scene.rows(scene.numbers)

    for key in (*(key for key in MANAGE_PERMISSIONS if key not in ENDING), *ENDING):
        for data in scene.data(key):
            await grace.presses(1, data)
        assert await scene.rows(scene.numbers) == before, key
        await scene.stage.exported()

    assert scene.leaks(since) == []


async def test_somebody_whose_cohort_was_taken_back_does_not_get_it_by_a_link_that_lies_open(
    scene: Scene,
) -> None:
    chen, before = scene.people["a facilitator who was revoked"], await scene.rows()

    message, data = chen.button("I agree")
    await chen.presses(message, data)

    (offer,) = (one for one in chen.messages if one.id == message)
    assert offer.text.startswith("This link does not work")
    assert await scene.rows() == before


async def test_the_old_buttons_of_somebody_whose_cohort_was_taken_back_do_nothing(
    scene: Scene,
) -> None:
    chen, before, since = (
        scene.people["a facilitator who was revoked"],
        await scene.rows(),
        scene.mark,
    )
    assert len(scene.old) > 10

    for message, data in scene.old:
        mark = scene.mark
        await chen.presses(message, data)
        if data.startswith(tuple(MANAGE_VERBS)):
            assert scene.answers(mark) == matrix.refused_press(), data

    assert await scene.rows() == before
    assert scene.leaks(since) == []


@pytest.mark.parametrize("who", ["a stranger", "a learner"])
async def test_what_everybody_may_press_gives_nobody_rights(scene: Scene, who: str) -> None:
    before, since = await scene.rows(), scene.mark

    for key in keys(Permission.EVERYBODY):
        for data in scene.data(key):
            await scene.people[who].presses(1, data)

    assert {row for row in await scene.rows() if row[0] != "drafts"} == {
        row for row in before if row[0] != "drafts"
    }
    assert scene.leaks(since) == []


@pytest.mark.parametrize("who", ["the facilitator", "an admin"])
async def test_every_button_that_shows_does_something_for_those_who_see_it(
    lent_store: Lend, who: str
) -> None:
    async with arranged(lent_store) as scene:
        worked, refused = await matrix.explored(
            scene.people[who], (*LOOKS, *TALKS), lambda key: key in ENDING
        )

    assert refused == set()
    of_others = {"i", "v", "m"} if who == "the facilitator" else {"i", "v", "q"}
    assert {verb for verb, _ in worked} >= set(MANAGE_BUTTONS) - of_others
    assert who != "an admin" or {
        key for key in worked if MANAGE_PERMISSIONS[key] is Permission.ADMIN
    }


async def test_every_command_does_something_for_an_admin(scene: Scene) -> None:
    admin = scene.people["an admin"]

    for name in COMMANDS:
        mark = scene.mark
        await admin.says(f"/{name}")
        await scene.stage.exported()
        said = " ".join(text for _, text in scene.answers(mark))
        assert said, name
        assert matrix.NOT_YOURS not in said, name
        assert notices.unknown_command(Translators.load().for_language("en")).text not in said
