"""Broadcasts: their data, how it is stored, and reads.

A broadcast goes from draft to scheduled, sending and done; it may be cancelled before it is sent,
stopped while it is, and deleted afterwards. `storage.broadcast_transitions` has the statements.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

import orjson

from course.cohorts.audiences import Audience, AudienceFilter
from course.model import LearnerId
from storage.statements import Row, Statement, statement
from storage.store import Store

_WEEK_ID_STEP = 10**15  # above all update ids; added to a broadcast's id for each weekly repetition
MAX_WEEKS = 100

_VERSION_DIGITS = 12  # hexadecimal digits; a collision gains nobody anything


class BroadcastState(StrEnum):
    """State of a broadcast; values are stored, so never renamed."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"
    DELETING = "undoing"
    """Its messages are being deleted."""
    DELETED = "undone"


@dataclass(frozen=True, slots=True)
class ContinueButton:
    """A button that continues the course."""


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens a web address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class AnswerButton:
    """A button that answers the broadcast; answers are counted."""

    text: str


BroadcastButton: TypeAlias = ContinueButton | LinkButton | AnswerButton


@dataclass(frozen=True, slots=True)
class BroadcastContent:
    """The message of a broadcast.

    Attributes:
        html: the author's message as Telegram's HTML, placeholders included.
        photo: Telegram's file id of a picture above it; `None` for none.
        document: Telegram's file id of an attached file; `None` for none.
        buttons: at most three.
    """

    html: str = ""
    photo: str | None = None
    document: str | None = None
    buttons: tuple[BroadcastButton, ...] = ()

    @property
    def has_file(self) -> bool:
        """Whether there is a photo or document, so that the text is a caption."""
        return self.photo is not None or self.document is not None

    @property
    def answers(self) -> tuple[str, ...]:
        """Labels of the answer buttons, in order."""
        return tuple(button.text for button in self.buttons if isinstance(button, AnswerButton))


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One message to many learners. Times are UTC milliseconds.

    Attributes:
        id: id of the update that created it; for a repetition a number above all update ids.
        send_at: earliest time to send; `None` until it is chosen.
        local_hour: hour of each learner's local time at which to send, 0 to 23; `None` to send to
            all at the same moment.
        weekly: whether it is repeated every week until the deadline of its cohorts.
        urgent: whether to ignore quiet hours and the limit of one message a day.
        chat: the chat in which progress is reported.
        message: the message there that reports it; `None` when there is none yet.
    """

    id: int
    made_by: LearnerId
    made_at: int
    audience: Audience
    content: BroadcastContent
    send_at: int | None = None
    local_hour: int | None = None
    weekly: bool = False
    urgent: bool = False
    state: BroadcastState = BroadcastState.DRAFT
    chat: int | None = None
    message: int | None = None

    @property
    def subject(self) -> str:
        """Subject of its deliveries."""
        return str(self.id)

    @property
    def version(self) -> str:
        """Hash of its content, audience and times; changes whenever one of them does."""
        told = (
            serialize_audience(self.audience), serialize_content(self.content), self.send_at,
            self.local_hour, self.weekly, self.urgent,
        )  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()[:_VERSION_DIGITS]

    @property
    def next_id(self) -> int:
        """Id of its repetition a week later."""
        return self.id + _WEEK_ID_STEP

    @property
    def week(self) -> int:
        """Number of the repetition; 0 for the first sending."""
        return self.id // _WEEK_ID_STEP


async def fetch_broadcast(store: Store, broadcast: int) -> Broadcast | None:
    """Fetch a broadcast by id; `None` when there is none."""
    found = await _fetch(store, statement("fetch_broadcast", broadcast=broadcast))
    return found[0] if found else None


async def fetch_broadcasts_to_send(store: Store, now: int) -> tuple[Broadcast, ...]:
    """Fetch the broadcasts that are due at `now` or being sent, oldest first."""
    return await _fetch(store, statement("fetch_broadcasts_to_send", now=now))


async def fetch_broadcasts_to_delete(store: Store) -> tuple[Broadcast, ...]:
    """Fetch the broadcasts whose messages are being deleted, by id."""
    return await _fetch(store, statement("fetch_broadcasts_to_delete"))


async def fetch_broadcasts(
    store: Store, until: int, limit: int, person: LearnerId | None = None
) -> tuple[Broadcast, ...]:
    """Fetch broadcasts with a send time (or else creation time) before `until`, newest first.

    Args:
        person: only those they created or to a cohort they facilitate; `None` for all.
    """
    return await _fetch(
        store, statement("fetch_broadcasts", person=person, until=until, most=limit)
    )


async def fetch_planned_broadcasts(store: Store, after: int) -> tuple[Broadcast, ...]:
    """Fetch drafts and scheduled broadcasts to be sent after `after`, latest first."""
    return await _fetch(store, statement("fetch_planned_broadcasts", since=after))


async def count_rsvps(
    store: Store, broadcast: int, cohorts: frozenset[int] | None = None
) -> dict[int, int]:
    """Count how many chose each answer, by index into the answers, from 0.

    Args:
        cohorts: only recipients in these cohorts; see `count_broadcast_deliveries`.
    """
    wanted = statement(
        "count_rsvps",
        broadcast=broadcast,
        subject=str(broadcast),
        part=serialize_cohorts(cohorts),
    )
    rows = await store.fetch_rows(wanted)
    return {choice: count for choice, count in rows}  # noqa: C416 - rows are not pairs to mypy


async def _fetch(store: Store, wanted: Statement) -> tuple[Broadcast, ...]:
    return tuple(map(_broadcast_from_row, await store.fetch_rows(wanted)))


def _broadcast_from_row(row: Row) -> Broadcast:
    number, made_by, made_at, audience, content, send_at, hour, weekly, urgent, *rest = row
    state, chat, message = rest
    return Broadcast(
        number,
        LearnerId(made_by),
        made_at,
        _parse_audience(orjson.loads(audience)),
        _parse_content(orjson.loads(content)),
        send_at,
        hour,
        bool(weekly),
        bool(urgent),
        BroadcastState(state),
        chat,
        message,
    )


def serialize_cohorts(cohorts: frozenset[int] | None) -> str | None:
    """Join cohort ids for a query parameter, each between two commas; `None` for everybody."""
    return None if cohorts is None else "".join(f",{one}," for one in sorted(cohorts))


def serialize_audience(audience: Audience) -> str:
    """Serialize an audience to JSON, as it is stored."""
    return orjson.dumps(
        {
            "cohorts": None if audience.cohorts is None else sorted(audience.cohorts),
            "narrowed": sorted(audience.filters),
            "silent_days": audience.silent_days,
            "language": audience.language,
        }
    ).decode()


def _parse_audience(kept: Mapping[str, Any]) -> Audience:
    cohorts = kept["cohorts"]
    return Audience(
        None if cohorts is None else frozenset(cohorts),
        frozenset(map(AudienceFilter, kept["narrowed"])),
        kept["silent_days"],
        kept["language"],
    )


def serialize_content(content: BroadcastContent) -> str:
    """Serialize a broadcast's content to JSON, as it is stored."""
    kept = {
        "html": content.html,
        "photo": content.photo,
        "document": content.document,
        "buttons": [_serialize_button(button) for button in content.buttons],
    }
    return orjson.dumps(kept).decode()


def _parse_content(kept: Mapping[str, Any]) -> BroadcastContent:
    buttons = tuple(_parse_button(each) for each in kept["buttons"])
    return BroadcastContent(kept["html"], kept["photo"], kept["document"], buttons)


def _serialize_button(button: BroadcastButton) -> Mapping[str, str]:
    match button:
        case ContinueButton():
            return {}
        case LinkButton(text, url):
            return {"text": text, "url": url}
        case AnswerButton(text):
            return {"text": text}


def _parse_button(kept: Mapping[str, str]) -> BroadcastButton:
    if "url" in kept:
        return LinkButton(kept["text"], kept["url"])
    return AnswerButton(kept["text"]) if kept else ContinueButton()
