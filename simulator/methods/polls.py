"""Polls and quizzes that the bot sends."""

from itertools import count
from typing import Any

from simulator.entities import read
from simulator.errors import refuse
from simulator.keyboards import checked, inline_only
from simulator.methods.sending import Draft, deliver
from simulator.parameters import Parameters
from simulator.wire import Json
from simulator.world import World

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
MOST_EXPLANATION_LINE_FEEDS = 2
MOST_OPTIONS = 12
OPEN_SECONDS = (5, 2_628_000)
_numbers = count(5_000_000_001)


def send_poll(world: World, given: Parameters) -> object:
    """Bot API, sendPoll."""
    chat = world.reachable(given.plain("chat_id"))
    poll = _poll(given)
    return deliver(world, given, chat, Draft("poll", {"poll": poll}, poll["question"]))


def stop_poll(world: World, given: Parameters) -> object:
    """Bot API, stopPoll."""
    chat = world.find_chat(given.plain("chat_id"))
    message = world.history(chat.id).get(given.number("message_id"))
    if message is None or "poll" not in message.content or not message.from_bot:
        refuse("message with poll to stop not found")
    if message.content["poll"]["is_closed"]:
        refuse("poll has already been closed")
    message.content["poll"] = message.content["poll"] | {"is_closed": True}
    message.reply_markup = inline_only(checked(given.plain("reply_markup")))
    world.tell("edit", chat.id, message)
    return message.content["poll"]


def _poll(given: Parameters) -> Json:
    options = given.plain("options")
    if not isinstance(options, list) or not 1 <= len(options) <= MOST_OPTIONS:
        refuse(f"poll must have 1 to {MOST_OPTIONS} options")
    kind = given.text("type") or "regular"
    if kind not in {"regular", "quiz"}:
        refuse("poll type must be regular or quiz")
    poll: Json = {
        "id": str(next(_numbers)),
        "question": _short(given.text("question"), "question", LONGEST_QUESTION),
        "options": [_option(option, number) for number, option in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": given.flag("is_closed"),
        "is_anonymous": given.flag("is_anonymous", default=True),
        "type": kind,
        "allows_multiple_answers": given.flag("allows_multiple_answers"),
        "allows_revoting": given.flag("allows_revoting", default=kind == "regular"),
        "members_only": given.flag("members_only"),
    }
    return poll | _open_period(given) | (_quiz(given, len(options)) if kind == "quiz" else {})


def _option(option: Any, number: int) -> Json:
    text = option.get("text", "") if isinstance(option, dict) else option
    if not isinstance(text, str):
        refuse("can't parse poll option")
    shown = _short(text, "options", LONGEST_OPTION)
    return {"persistent_id": str(number), "text": shown, "voter_count": 0}


def _short(text: str, name: str, longest: int) -> str:
    text = text.strip()
    if not text:
        refuse(f"poll {name} must be non-empty")
    if len(text) > longest:
        refuse(f"poll {name} length must not exceed {longest}")
    return text


def _quiz(given: Parameters, options: int) -> Json:
    correct = given.plain("correct_option_ids")
    if correct is None and "correct_option_id" in given.values:
        correct = [given.plain("correct_option_id")]
    if not isinstance(correct, list) or not correct or correct != sorted(set(correct)):
        refuse("quiz must have at least one correct option, in rising order")
    if not all(isinstance(each, int) and 0 <= each < options for each in correct):
        refuse("wrong correct option ID specified")
    body: Json = {"correct_option_ids": correct}
    source = given.text("explanation")
    if source:
        formatted = read(source, given.text("explanation_parse_mode"))
        if len(formatted.text) > LONGEST_EXPLANATION:
            refuse("MESSAGE_TOO_LONG")
        if formatted.text.count("\n") > MOST_EXPLANATION_LINE_FEEDS:
            refuse("quiz explanation has too many line feeds")
        body |= {"explanation": formatted.text, "explanation_entities": list(formatted.entities)}
    return body


def _open_period(given: Parameters) -> Json:
    period = given.number("open_period")
    if not period:
        return {}
    if not OPEN_SECONDS[0] <= period <= OPEN_SECONDS[1]:
        refuse("POLL_OPEN_PERIOD_INVALID")
    return {"open_period": period}
