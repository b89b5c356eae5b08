"""Broadcasts: what is kept of them, and statements to change it.

A broadcast goes from draft to scheduled, sending and done; it may be cancelled before it is sent,
stopped while it is, and undone afterwards. Each step is a statement that does nothing when another
one was faster: who wants to know looks afterwards.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

import orjson

from course.audiences import Audience, Narrowing
from course.model import LearnerId
from storage.statements import Row, statement
from storage.store import Store

KIND = "broadcast"
"""The kind of its deliveries; their subject is its id."""

_ROUND = 10**15  # no update has so high an id: the weeks of a repeated broadcast stand above it
MOST_WEEKS = 100

_MARK = 12  # hexadecimal digits: nobody gains by making up a text of the same mark


class State(StrEnum):
    """How far a broadcast is; stored, so never renamed."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    """What was sent is being deleted."""
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class GoOn:
    """A button that goes on with the course."""


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A button that is an answer to the broadcast; answers are counted."""

    text: str


Button: TypeAlias = GoOn | Link | Answer


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent.

    Attributes:
        html: as Telegram wrote it of the message that its maker sent, placeholders included.
        photo: Telegram's id of a picture above it; `None` for none.
        document: the same of a file.
        buttons: at most three.
    """

    html: str = ""
    photo: str | None = None
    document: str | None = None
    buttons: tuple[Button, ...] = ()

    @property
    def has_file(self) -> bool:
        """Whether its text is a caption."""
        return self.photo is not None or self.document is not None

    @property
    def answers(self) -> tuple[str, ...]:
        """What can be answered, in the order of the buttons."""
        return tuple(button.text for button in self.buttons if isinstance(button, Answer))


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One message to many. Times are UTC milliseconds.

    Attributes:
        id: the update that made it; of a repetition a number above all updates.
        send_at: not before; `None` until that is decided.
        local_hour: at each learner's own hour, 0 to 23; `None` for at the same moment for all.
        weekly: whether it is repeated every week until the deadline of its cohorts.
        urgent: whether it goes also at night, and to those who heard from us today.
        chat: where its progress is told.
        message: which message there tells it; `None` when there is none yet.
    """

    id: int
    made_by: LearnerId
    made_at: int
    audience: Audience
    content: Content
    send_at: int | None = None
    local_hour: int | None = None
    weekly: bool = False
    urgent: bool = False
    state: State = State.DRAFT
    chat: int | None = None
    message: int | None = None

    @property
    def subject(self) -> str:
        """What its deliveries are about."""
        return str(self.id)

    @property
    def version(self) -> str:
        """A mark of what it says, to whom and when: another one once any of that is changed."""
        told = (
            audience_text(self.audience), content_text(self.content), self.send_at,
            self.local_hour, self.weekly, self.urgent,
        )  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()[:_MARK]

    @property
    def next_id(self) -> int:
        """The id of the same a week later."""
        return self.id + _ROUND

    @property
    def week(self) -> int:
        """Which repetition it is; 0 for the first."""
        return self.id // _ROUND


async def of(store: Store, broadcast: int) -> Broadcast | None:
    """The broadcast of this id; `None` when there is none."""
    rows = await store.rows(statement("broadcast", broadcast=broadcast))
    return _broadcast(rows[0]) if rows else None


async def to_do(store: Store, now: int) -> tuple[Broadcast, ...]:
    """What is to be sent at `now` or is being sent, the oldest first."""
    return tuple(map(_broadcast, await store.rows(statement("broadcasts_to_do", now=now))))


async def to_undo(store: Store) -> tuple[Broadcast, ...]:
    """What is being deleted again."""
    return tuple(map(_broadcast, await store.rows(statement("broadcasts_to_undo"))))


async def known(store: Store, until: int, most: int) -> tuple[Broadcast, ...]:
    """Broadcasts made or to be sent before `until`, the newest first."""
    wanted = statement("broadcasts_known", until=until, most=most)
    return tuple(map(_broadcast, await store.rows(wanted)))


async def near(store: Store, person: LearnerId, until: int, most: int) -> tuple[Broadcast, ...]:
    """The same of those that `person` made, or to a cohort that they facilitate."""
    wanted = statement("broadcasts_near", person=person, until=until, most=most)
    return tuple(map(_broadcast, await store.rows(wanted)))


async def planned(store: Store, after: int) -> tuple[Broadcast, ...]:
    """Broadcasts that are to be sent after `after`, the latest first."""
    return tuple(map(_broadcast, await store.rows(statement("broadcasts_planned", since=after))))


async def answers(
    store: Store, broadcast: int, part: frozenset[int] | None = None
) -> dict[int, int]:
    """How many chose each answer, by its place among the answers, from 0.

    Args:
        part: as of `storage.recipients.tallies`.
    """
    wanted = (
        statement("rsvp_counts", broadcast=broadcast)
        if part is None
        else statement(
            "rsvp_counts_in_part",
            broadcast=broadcast,
            subject=str(broadcast),
            part=part_text(part),
        )
    )
    rows = await store.rows(wanted)
    return {choice: count for choice, count in rows}  # noqa: C416 - rows are not pairs to mypy


def _broadcast(row: Row) -> Broadcast:
    number, made_by, made_at, audience, content, send_at, hour, weekly, urgent, *rest = row
    state, chat, message = rest
    return Broadcast(
        number,
        LearnerId(made_by),
        made_at,
        _audience(orjson.loads(audience)),
        _content(orjson.loads(content)),
        send_at,
        hour,
        bool(weekly),
        bool(urgent),
        State(state),
        chat,
        message,
    )


def part_text(cohorts: Iterable[int]) -> str:
    """Cohorts as the queries on a part of a broadcast want them: each between two commas."""
    return "".join(f",{one}," for one in sorted(cohorts))


def audience_text(audience: Audience) -> str:
    """How an audience is kept."""
    return orjson.dumps(
        {
            "cohorts": None if audience.cohorts is None else sorted(audience.cohorts),
            "narrowed": sorted(audience.narrowed),
            "silent_days": audience.silent_days,
            "language": audience.language,
        }
    ).decode()


def _audience(kept: Mapping[str, Any]) -> Audience:
    cohorts = kept["cohorts"]
    return Audience(
        None if cohorts is None else frozenset(cohorts),
        frozenset(map(Narrowing, kept["narrowed"])),
        kept["silent_days"],
        kept["language"],
    )


def content_text(content: Content) -> str:
    """How a content is kept."""
    kept = {
        "html": content.html,
        "photo": content.photo,
        "document": content.document,
        "buttons": [_button_kept(button) for button in content.buttons],
    }
    return orjson.dumps(kept).decode()


def _content(kept: Mapping[str, Any]) -> Content:
    buttons = tuple(_button(each) for each in kept["buttons"])
    return Content(kept["html"], kept["photo"], kept["document"], buttons)


def _button_kept(button: Button) -> Mapping[str, str]:
    match button:
        case GoOn():
            return {}
        case Link(text, url):
            return {"text": text, "url": url}
        case Answer(text):
            return {"text": text}


def _button(kept: Mapping[str, str]) -> Button:
    if "url" in kept:
        return Link(kept["text"], kept["url"])
    return Answer(kept["text"]) if kept else GoOn()
