"""Updates built from the Bot API's description, as aiogram's models have it, and spoiled ones.

One that is sound has the types that the description wants, in any order and number; of one that is
spoiled a part has another type, depth, length or number, or is missing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from itertools import cycle
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram.types import CallbackQuery, Message, Update
from aiogram.types import ChatMemberUpdated as Membership
from pydantic import BaseModel

from bot.handlers.dispatcher import ALLOWED_UPDATES
from simulator.wire import Json
from tests.fuzz.values import IDS, NUMBERS, ODD, PAST, WORDS
from tests.support.running import NOON

KINDS = tuple(name for name in Update.model_fields if name != "update_id")

# How deep what may be there is there; how deep and wide an update is looked through to spoil it.
_DEPTH, _DEEP, _WIDE = 4, 12, 40

# Shares: of updates that come from somebody's own chat, of spoiled parts that are left out.
_BELONGING, _LEFT_OUT = 0.8, 0.15

# Of so many odd values one is tried where not all are.
_THIN = 5

# Strings of which only some are described: aiogram leaves them open.
_CHOICES = {
    ("Chat", "type"): ("private", "group", "supergroup", "channel"),
    ("MessageEntity", "type"): (
        "bot_command", "bold", "italic", "url", "mention", "text_link", "pre", "blockquote",
        "custom_emoji", "hashtag", "date_time",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Odd:
    """Something to hand to the bot.

    Attributes:
        body: the update as a JSON object, without its number.
        sound: whether the description allows it; then the bot has to understand it.
        sender: whose it is; 0 when nobody's.
    """

    body: str
    sound: bool = True
    sender: int = 0

    def numbered(self, number: int) -> bytes:
        """The update with its number, as it comes over the wire."""
        comma = "" if self.body == "{}" else ", "
        return f'{{"update_id": {number}{comma}{self.body[1:]}'.encode()


def odd(update: Json, *, sound: bool = True, sender: int = 0) -> Odd:
    """An update of these values."""
    return Odd(json.dumps(update), sound, sender)


def user(number: int) -> Json:
    """Bot API, User."""
    return {"id": number, "is_bot": False, "first_name": "Somebody", "language_code": "en"}


def private(number: int) -> Json:
    """Bot API, Chat: somebody's own one with the bot."""
    return {"id": number, "type": "private", "first_name": "Somebody"}


def update(random: Random, people: Sequence[int]) -> Odd:
    """An update of any kind; most are of kinds that the bot asks for, and of `people`."""
    kind = random.choice((random.choice(KINDS), *ALLOWED_UPDATES))
    [model] = _types_of(Update.model_fields[kind].annotation)
    person = random.choice((*people, random.choice(IDS)))
    body = _object(random, model, 0)
    if random.random() < _BELONGING:
        _belongs(body, model, person)
    whole = {kind: body}
    times = random.choice((0, 1, 1, 2, 3))
    for _ in range(times):
        _spoil(random, whole)
    return odd(whole, sound=not times, sender=person)


def every_part(people: Sequence[int]) -> Iterator[Odd]:
    """Usual updates, one part of each odd; of a message every part in every way."""
    senders = cycle(people)
    for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
        for place in range(len([*_places(_usual(kind, 1))])):
            for value in ODD if kind == "message" else ODD[place % _THIN :: _THIN]:
                sender = next(senders)
                whole = _usual(kind, sender)
                inside, key = [*_places(whole)][place]
                inside[key] = deepcopy(value)
                yield odd(whole, sound=False, sender=sender)


def _usual(kind: str, person: int) -> Json:
    """What somebody sends every day."""
    body = {"from": user(person), "chat": private(person), "date": int(NOON)}
    message = {**body, "message_id": 5, "text": "/help"}
    message["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
    if kind == "callback_query":
        query = {"id": "1", "from": user(person), "chat_instance": "1", "data": "s:help"}
        return {kind: {**query, "message": message}}
    if kind == "my_chat_member":
        old, new = ({"user": user(1), "status": status} for status in ("member", "left"))
        return {kind: {**body, "old_chat_member": old, "new_chat_member": new}}
    return {kind: {**message, "edit_date": int(NOON)}}


def _belongs(body: Json, model: type[BaseModel], person: int) -> None:
    """Let somebody send it in their own chat."""
    if "from_user" in model.model_fields:
        body["from"] = user(person)
    if model in (Message, Membership):
        body["chat"] = private(person)
    if model is CallbackQuery and "chat" in body.get("message", {}):
        body["message"]["chat"] = private(person)
    if str(body.get("text", "")).startswith("/"):
        length = len(str(body["text"]).split()[0])
        body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]


def _spoil(random: Random, whole: Json) -> None:
    """Put something else in the place of one part of an update, or leave that out."""
    places = [*_places(whole)]
    if not places:
        return
    inside, key = random.choice(places)
    if random.random() < _LEFT_OUT:
        del inside[key]
    else:
        numbers = PAST if type(inside[key]) is int else ODD
        inside[key] = deepcopy(random.choice(random.choice((numbers, ODD))))


def _places(value: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Every part of a value: what it is in, and by which key or index."""
    inside = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, part in [*inside][:_WIDE]:
        yield value, key
        if isinstance(part, dict | list) and depth < _DEEP:
            yield from _places(part, depth + 1)


def _object(random: Random, model: type[BaseModel], depth: int) -> Json:
    """What the description wants of a `model`, and some of what it allows."""
    must, may = _fields(model)
    more = random.sample(may, min(len(may), random.randrange(5 - depth))) if depth < _DEPTH else ()
    return {
        model.model_fields[name].alias or name: _value(random, model, name, depth)
        for name in (*must, *more)
    }


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of what must be there, and of what may."""
    found = model.model_fields.items()
    must = tuple(
        name
        for name, field in found
        if field.is_required() or get_origin(field.annotation) is Literal
    )
    return must, tuple(name for name, _ in found if name not in must)


def _value(random: Random, model: type[BaseModel], name: str, depth: int) -> Any:
    """A value of the type that a field has."""
    if chosen := _CHOICES.get((model.__name__, name)):
        return random.choice(chosen)
    return _of_one(random, name, _types_of(model.model_fields[name].annotation), depth)


def _of_one(random: Random, name: str, kinds: tuple[Any, ...], depth: int) -> Any:
    kind = random.choice(kinds)
    if get_origin(kind) is list:
        items = _types_of(get_args(kind)[0])
        return [_of_one(random, name, items, depth + 1) for _ in range(random.randrange(4))]
    if get_origin(kind) is Literal:
        return random.choice([getattr(one, "value", one) for one in get_args(kind)])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _object(random, kind, depth + 1)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return random.choice([one.value for one in kind])
    return _simple(random, name, kind)


def _simple(random: Random, name: str, kind: Any) -> Any:
    if kind is bool:
        return random.choice((True, False))
    if kind is datetime or name.endswith("date"):
        return random.choice((0, int(NOON), 2**31 - 1))
    if kind is int:
        return random.choice(IDS if name.endswith("id") else NUMBERS)
    if kind is float:
        return random.uniform(-180, 180)
    return random.choice(WORDS)


@cache
def _types_of(annotation: Any) -> tuple[Any, ...]:
    """The types that a field may have, without its being absent."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _types_of(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return tuple(one for each in get_args(annotation) for one in _types_of(each))
    return () if annotation is NoneType else (annotation,)
