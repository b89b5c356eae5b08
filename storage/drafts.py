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


def opens(draft: Draft) -> Statement:
    """Begin a dialogue or keep how far it is; another that was open ends."""
    return statement(
        "open_draft",
        person=draft.person,
        kind=draft.kind,
        body=orjson.dumps(draft.body).decode(),
        at=draft.at,
    )


def closes(person: LearnerId) -> Statement:
    """End the dialogue that is open, if any."""
    return statement("close_draft", person=person)


def drops_before(at: int) -> Statement:
    """Drop dialogues that were not gone on with since `at` (UTC milliseconds)."""
    return statement("drop_drafts", deadline=at)


async def open_with(store: Store, person: LearnerId, now: int) -> Draft | None:
    """The dialogue that is open at `now`, in one read by its key."""
    rows = await store.rows(statement("draft_of", person=person, since=now - KEPT))
    return Draft(person, rows[0][0], orjson.loads(rows[0][1]), rows[0][2]) if rows else None
