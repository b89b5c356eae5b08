"""Open dialogues of several messages: at most one for each person, kept for a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from course.model import LearnerId
from storage.statements import Statement, statement
from storage.store import Store

DIALOGUE_LIFETIME = 24 * 3600 * 1000
"""Milliseconds after which an open dialogue expires."""

_CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """An open dialogue with a person.

    Attributes:
        kind: what it is about; determines the shape of the body.
        body: the input so far, as JSON values.
        at: when it was last continued, in UTC milliseconds.
    """

    person: LearnerId
    kind: str
    body: Mapping[str, Any]
    at: int


@dataclass(frozen=True, slots=True)
class ClosedDialogue:
    """A dialogue that has ended; its input is not kept.

    Attributes:
        closed_by: id of the update that ended it, to recognise its redelivery.
    """

    closed_by: int


def save_dialogue(dialogue: Dialogue) -> Statement:
    """Insert or update a person's dialogue; replaces another that was open."""
    return statement(
        "save_dialogue",
        person=dialogue.person,
        kind=dialogue.kind,
        body=orjson.dumps(dialogue.body).decode(),
        at=dialogue.at,
    )


def close_dialogue(person: LearnerId, update: int) -> Statement:
    """End a person's open dialogue, if any; the id of the update is kept until it expires."""
    body = orjson.dumps({"by": update}).decode()
    return statement("close_dialogue", person=person, kind=_CLOSED, body=body)


def delete_dialogue(person: LearnerId) -> Statement:
    """Delete a person's dialogue, open or closed."""
    return statement("delete_dialogue", person=person)


def delete_dialogues_before(at: int) -> Statement:
    """Delete dialogues that were not continued since `at` (UTC milliseconds)."""
    return statement("delete_dialogues_before", deadline=at)


async def fetch_latest_dialogue(
    store: Store, person: LearnerId, now: int
) -> Dialogue | ClosedDialogue | None:
    """Fetch a person's dialogue, open or closed; `None` when it expired or there is none."""
    rows = await store.fetch_rows(
        statement("fetch_dialogue", person=person, since=now - DIALOGUE_LIFETIME)
    )
    if not rows:
        return None
    kind, body, at = rows[0][0], orjson.loads(rows[0][1]), rows[0][2]
    return ClosedDialogue(body["by"]) if kind == _CLOSED else Dialogue(person, kind, body, at)


async def fetch_open_dialogue(store: Store, person: LearnerId, now: int) -> Dialogue | None:
    """Fetch the dialogue that is open at `now`; `None` when there is none."""
    found = await fetch_latest_dialogue(store, person, now)
    return found if isinstance(found, Dialogue) else None
