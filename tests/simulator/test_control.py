"""The control API, as the chat page uses it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from simulator.files import plain_picture
from simulator.server import Simulator
from simulator.world import World
from tests.simulator.conftest import AMINA, Bot

ORIGINS = ["http://example.org", "null", "https://127.0.0.1", "http://127.0.0.1:1"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a chat page does."""

    session: aiohttp.ClientSession
    url: str

    async def post(self, name: str, **body: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/control/{name}", json=body) as response:
            return dict(await response.json())

    async def state(self, chat: int = AMINA) -> dict[str, Any]:
        async with self.session.get(f"{self.url}/control/state?chat={chat}") as response:
            return dict(await response.json())


async def events(response: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """The events of a stream, one by one."""
    name = ""
    async for line in response.content:
        if line.startswith(b"event: "):
            name = line[7:].decode().strip()
        elif line.startswith(b"data: "):
            yield name, json.loads(line[6:])


@pytest.fixture
def page(simulator: Simulator, session: aiohttp.ClientSession, bot: Bot) -> Page:  # noqa: ARG001
    return Page(session, simulator.url)


async def test_three_people_are_there_from_the_start(page: Page) -> None:
    state = await page.state()

    people = [(one["first_name"], one["id"], one["role"]) for one in state["personas"]]
    assert people == [
        ("Amina", 1001, "learner"),
        ("Farid", 2001, "facilitator"),
        ("Ada", 3001, "admin"),
    ]
    assert state["bot"]["connected"] is False
    assert state["now"] == 1_741_003_200


async def test_a_chat_is_shown_with_safe_html(page: Page, bot: Bot) -> None:
    await bot.sends("<b>1 &lt; 2</b>", ["Yes", "No"])
    await bot("getUpdates")

    state = await page.state()

    message = state["chat"]["messages"][-1]
    assert message["html"] == "<b>1 &lt; 2</b>"
    assert (message["text"], message["from"], message["kind"]) == ("1 < 2", "bot", "text")
    assert message["buttons"] == [
        [{"text": "Yes", "data": "yes", "url": None}, {"text": "No", "data": "no", "url": None}]
    ]
    assert state["bot"]["connected"] is True


async def test_what_the_page_does_reaches_the_bot(page: Page, bot: Bot) -> None:
    message = await bot.sends("Which?", ["A"])

    said = await page.post("say", chat=AMINA, user=AMINA, text="hello")
    await page.post("edit", chat=AMINA, user=AMINA, message=said["message_id"], text="hallo")
    pressed = await page.post("press", chat=AMINA, user=AMINA, message=message, data="a")
    await page.post("media", chat=AMINA, user=AMINA, kind="sticker")
    await page.post("block", user=AMINA)
    await page.post("unblock", user=AMINA)
    updates = (await bot("getUpdates")).result

    kinds = [next(name for name in update if name != "update_id") for update in updates]
    assert kinds == [
        "message",
        "edited_message",
        "callback_query",
        "message",
        "my_chat_member",
        "my_chat_member",
    ]
    assert updates[2]["callback_query"]["id"] == pressed["query_id"]


async def test_the_page_hears_what_happens_in_its_chat(page: Page, bot: Bot, world: World) -> None:
    async with page.session.get(f"{page.url}/control/events?chat={AMINA}") as response:
        heard = events(response)
        assert await response.content.readline() == b": connected\n"

        message = await bot.sends("Which?", ["A"])
        await bot("sendChatAction", chat_id=AMINA, action="typing")
        await bot("editMessageText", chat_id=AMINA, message_id=message, text="Other")
        world.say(2001, "in another chat")
        query = world.press(AMINA, message, "a").query_id
        await bot("answerCallbackQuery", callback_query_id=query, text="Hi", show_alert=True)
        await bot("deleteMessage", chat_id=AMINA, message_id=message)
        await bot("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
        await page.post("clock", advance=60)
        await page.post("block", user=AMINA)
        await bot("getUpdates")
        got = [await anext(heard) for _ in range(9)]

    assert [name for name, _ in got] == [
        "message",
        "typing",
        "edit",
        "toast",
        "delete",
        "commands",
        "clock",
        "persona",
        "bot",
    ]
    data = dict(got)
    assert data["message"]["text"] == "Which?"
    assert data["edit"]["text"] == "Other"
    assert (data["toast"]["text"], data["toast"]["alert"]) == ("Hi", True)
    assert data["delete"] == {"id": message}
    assert data["commands"]["commands"] == [{"command": "start", "description": "Begin"}]
    assert data["clock"] == {"now": 1_741_003_260}
    assert data["persona"]["blocked"] is True
    assert data["bot"] == {"connected": True}


async def test_a_photo_and_a_document_can_be_fetched(page: Page, bot: Bot) -> None:
    form = aiohttp.FormData({"chat_id": str(AMINA), "caption": "<b>c</b>", "parse_mode": "HTML"})
    form.add_field("photo", plain_picture(300, 200), filename="a.png", content_type="image/png")
    await bot.send_form("sendPhoto", form)
    form = aiohttp.FormData({"chat_id": str(AMINA)})
    form.add_field("document", b"<script>", filename="a.html", content_type="text/html")
    await bot.send_form("sendDocument", form)

    *_, photo, document = (await page.state())["chat"]["messages"]
    async with page.session.get(page.url + photo["photo"]["url"]) as response:
        assert await response.read() == plain_picture(300, 200)
    async with page.session.get(page.url + document["document"]["url"]) as response:
        assert response.content_type == "text/plain"
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    shown = photo["photo"]
    assert (shown["width"], shown["height"], shown["caption_html"]) == (300, 200, "<b>c</b>")
    assert shown["alt"] == "c"
    assert (document["document"]["name"], document["document"]["size"]) == ("a.html", 8)


async def test_a_new_persona_joins(page: Page) -> None:
    made = await page.post("persona", first_name="Wanjiru", language_code="sw")

    assert made in (await page.state())["personas"]
    assert made["role"] == "learner"


async def test_a_crowd_can_be_written_to_and_is_not_shown(page: Page, bot: Bot) -> None:
    shown = (await page.state())["personas"]

    made = (await page.post("crowd", count=3))["ids"]
    more = (await page.post("crowd", count=1))["ids"]

    sent = [(await bot("sendMessage", chat_id=one, text="Hello")).status for one in made + more]
    assert sent == [200] * 4
    assert len(set(made + more)) == 4
    assert (await page.state())["personas"] == shown
    assert (await bot("getUpdates")).result == []


async def test_a_cleared_chat_is_empty(page: Page) -> None:
    await page.post("clear", chat=AMINA)

    assert (await page.state())["chat"]["messages"] == []


async def test_troubles_and_calls_can_be_reached(page: Page, bot: Bot) -> None:
    await page.post("faults", method="getMe", kind="retry_after", times=2, seconds=3)
    refused = await bot("getMe")
    async with page.session.delete(f"{page.url}/control/faults") as response:
        assert response.status == 200
    fine = await bot("getMe")
    async with page.session.get(f"{page.url}/control/calls?after=1") as response:
        calls = (await response.json())["calls"]

    assert (refused.status, fine.status) == (429, 200)
    assert [(call["number"], call["method"], call["status"]) for call in calls] == [
        (2, "getMe", 200)
    ]


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("say", {"chat": AMINA, "user": 5, "text": "x"}, "no person 5"),
        ("say", {"chat": AMINA, "user": AMINA, "text": ""}, "text must be a text"),
        ("say", {"chat": "x", "user": AMINA, "text": "x"}, "chat must be a whole number"),
        ("media", {"chat": AMINA, "user": AMINA, "kind": "elephant"}, "nothing called 'elephant'"),
        ("clock", {"advance": -1}, "forward only"),
        ("crowd", {"count": 100_001}, "up to 100,000 people"),
        ("crowd", {"count": -1}, "up to 100,000 people"),
        ("edit", {"chat": AMINA, "user": AMINA, "message": 99, "text": "x"}, "no message 99"),
        ("faults", {"method": "*", "kind": "x"}, "There is no fault"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    page: Page, name: str, body: dict[str, Any], words: str
) -> None:
    async with page.session.post(f"{page.url}/control/{name}", json=body) as response:
        error = (await response.json())["error"]

    assert response.status == 400
    assert words in error
    assert error.endswith(".")


async def test_a_number_that_is_none_is_refused_in_an_address(page: Page) -> None:
    async with page.session.get(f"{page.url}/control/state?chat=x") as response:
        assert response.status == 400
        assert (await response.json())["error"] == "chat must be a whole number."


@pytest.mark.parametrize("origin", ORIGINS)
async def test_other_pages_are_refused(page: Page, origin: str) -> None:
    headers = {"Origin": origin}
    async with page.session.get(f"{page.url}/control/state", headers=headers) as response:
        assert response.status == 403


async def test_other_names_for_this_machine_are_refused(page: Page) -> None:
    headers = {"Host": "evil.example.org"}
    async with page.session.get(f"{page.url}/control/state", headers=headers) as response:
        assert response.status == 403


async def test_its_own_page_is_served_and_accepted(page: Page) -> None:
    headers = {"Origin": page.url}
    async with page.session.get(f"{page.url}/", headers=headers) as response:
        assert response.content_type == "text/html"
    async with page.session.get(f"{page.url}/static/..%2fserver.py") as response:
        assert response.status == 404
    async with page.session.get(f"{page.url}/static/style.css") as response:
        assert response.content_type == "text/css"


@pytest.mark.parametrize(
    ("enforce", "statuses"), [(True, {200, 429}), (False, {200})], ids=["on", "off again"]
)
async def test_rates_can_be_enforced(
    page: Page, bot: Bot, *, enforce: bool, statuses: set[int]
) -> None:
    await page.post("limits", enforce=True)

    answer = await page.post("limits", enforce=enforce)

    assert answer == {"enforce": enforce, "per_second": 30}
    sent = [await bot("sendMessage", chat_id=AMINA, text="Hello") for _ in range(10)]
    assert {one.status for one in sent} == statuses
