"""Rules for everything the bot ever sends, checked on the simulator's log of calls."""

import re
from collections.abc import Iterator
from typing import Any

from bot.callback_data import unpack
from bot.handlers.presses import permission_for
from simulator.state import Call
from simulator.world import World
from tests.simulator.oracle import unknown_parameters

# What must not show on a locked screen: the topic, and words near to it.
TELLING = re.compile(
    r"drug|crim|prison|jail|treatment|convict|punish|overdos|justice|court|police|addict|offen[cd]"
    r"|opioid|heroin|cannabis|naloxone|suicid|self.harm|disorder|arrest|sentenc|alternativ",
    re.IGNORECASE,
)

# What only a failure says.
APOLOGY = "something went wrong"

# A refusal that is part of ordinary life: the same edit twice, a press that was answered late, a
# message that was deleted.
_USUAL = (
    "message is not modified", "query is too old", "message to edit not found",
    "upgraded to a supergroup",
)  # fmt: skip

LONGEST_DATA = 64
LONGEST_LABEL = 40


def audit(world: World) -> None:
    """Fail with every rule that any call broke."""
    problems = [problem for call in world.calls for problem in _problems(call)]
    assert not problems, "\n".join(problems)


def first_line_tells(text: str) -> bool:
    """Whether the first line of a message gives the topic away."""
    return TELLING.search(re.sub(r"<[^>]*>", "", text).strip().split("\n")[0]) is not None


def _problems(call: Call) -> Iterator[str]:
    if call.method.lower() == "getupdates":
        return
    yield from unknown_parameters(call.method, call.params)
    text = str(call.params.get("text", ""))
    if call.status == 400 and not any(usual in str(call.response) for usual in _USUAL):
        yield f"refused: {call.response} to {call.params}"
    if APOLOGY in text:
        yield f"an error text: {text!r}"
    if call.method.lower() in ("sendmessage", "editmessagetext"):
        yield from _of_message(call.params, text)


def _of_message(params: dict[str, Any], text: str) -> Iterator[str]:
    if first_line_tells(text):
        yield f"the first line tells the topic: {text!r}"
    if not (params.get("link_preview_options") or {}).get("is_disabled"):
        yield f"may show a link preview: {text!r}"
    rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > 8:
        yield f"a wall of {len(buttons)} buttons under {text!r}"
    for button in buttons:
        size = len(button.get("callback_data", "").encode())
        if "url" not in button and not 1 <= size <= LONGEST_DATA:
            yield f"{size} bytes of data on {button}"
        if not _says_whom_it_is_for(button):
            yield f"nobody says who may press it: {button}"
        if len(button["text"]) > LONGEST_LABEL:
            yield f"a long label: {button}"
        if TELLING.search(button["text"]):
            yield f"a label that tells the topic: {button}"


def _says_whom_it_is_for(button: dict[str, Any]) -> bool:
    press = unpack(button.get("callback_data", ""))
    return "url" in button or (press is not None and permission_for(press) is not None)
