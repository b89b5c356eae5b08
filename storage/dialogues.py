"""Open dialogues of several messages: at most one for each person, kept for a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from course.model import LearnerId
from storage.statements import Statement, statement
from storage.store import Store

KEPT = 24 * 3600 * 1000
"""Milliseconds after which an open dialogue expires."""

_CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Draft:
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
class Closed:
    """A dialogue that has ended; its input is not kept.

    Attributes:
        by: id of the update that ended it, to recognise its redelivery.
    """

    by: int


def opens(draft: Draft) -> Statement:
    """Insert or update a person's dialogue; replaces another that was open."""
    return statement(
        "open_draft",
        person=draft.person,
        kind=draft.kind,
        body=orjson.dumps(draft.body).decode(),
        at=draft.at,
    )


def closes(person: LearnerId, update: int) -> Statement:
    """End a person's open dialogue, if any; the id of the update is kept until it expires."""
    body = orjson.dumps({"by": update}).decode()
    return statement("close_draft", person=person, kind=_CLOSED, body=body)


def forgets(person: LearnerId) -> Statement:
    """Delete a person's dialogue, open or closed."""
    return statement("forget_draft", person=person)


def drops_before(at: int) -> Statement:
    """Delete dialogues that were not continued since `at` (UTC milliseconds)."""
    return statement("drop_drafts", deadline=at)


async def latest(store: Store, person: LearnerId, now: int) -> Draft | Closed | None:
    """Fetch a person's dialogue, open or closed; `None` when it expired or there is none."""
    rows = await store.rows(statement("draft_of", person=person, since=now - KEPT))
    if not rows:
        return None
    kind, body, at = rows[0][0], orjson.loads(rows[0][1]), rows[0][2]
    return Closed(body["by"]) if kind == _CLOSED else Draft(person, kind, body, at)


async def open_with(store: Store, person: LearnerId, now: int) -> Draft | None:
    """Fetch the dialogue that is open at `now`; `None` when there is none."""
    found = await latest(store, person, now)
    return found if isinstance(found, Draft) else None
