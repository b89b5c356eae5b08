"""Dialogues that are not finished: at most one for each person, for a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from course.model import LearnerId
from storage.statements import Statement, statement
from storage.store import Store

KEPT = 24 * 3600 * 1000
"""Milliseconds after which an open dialogue is forgotten."""

_CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Draft:
    """A dialogue with somebody.

    Attributes:
        kind: what it is about; says who reads the body.
        body: what was said so far, of a shape that its kind knows; values are what JSON has.
        at: when it was last gone on with, in UTC milliseconds.
    """

    person: LearnerId
    kind: str
    body: Mapping[str, Any]
    at: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The last dialogue with somebody has ended; nothing that was said in it is kept.

    Attributes:
        by: the update that ended it, by which it is known when it comes again.
    """

    by: int


def opens(draft: Draft) -> Statement:
    """Begin a dialogue or keep how far it is; another that was open ends."""
    return statement(
        "open_draft",
        person=draft.person,
        kind=draft.kind,
        body=orjson.dumps(draft.body).decode(),
        at=draft.at,
    )


def closes(person: LearnerId, update: int) -> Statement:
    """End the dialogue that is open, if any; which update did is kept as long as it would be."""
    body = orjson.dumps({"by": update}).decode()
    return statement("close_draft", person=person, kind=_CLOSED, body=body)


def forgets(person: LearnerId) -> Statement:
    """Forget a dialogue, open or not."""
    return statement("forget_draft", person=person)


def drops_before(at: int) -> Statement:
    """Drop dialogues that were not gone on with since `at` (UTC milliseconds)."""
    return statement("drop_drafts", deadline=at)


async def latest(store: Store, person: LearnerId, now: int) -> Draft | Closed | None:
    """The dialogue that is open at `now`, or which update ended the last; one read by its key."""
    rows = await store.rows(statement("draft_of", person=person, since=now - KEPT))
    if not rows:
        return None
    kind, body, at = rows[0][0], orjson.loads(rows[0][1]), rows[0][2]
    return Closed(body["by"]) if kind == _CLOSED else Draft(person, kind, body, at)


async def open_with(store: Store, person: LearnerId, now: int) -> Draft | None:
    """The dialogue that is open at `now`."""
    found = await latest(store, person, now)
    return found if isinstance(found, Draft) else None
