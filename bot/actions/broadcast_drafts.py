"""Composing a broadcast, up to its preview; every action checks first that the person may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.actions import audiences, dialogues
from bot.actions.access import Access, NotAllowed, access, write
from bot.actions.audiences import Counted
from bot.actions.learner_state import Services, Turn
from course.cohorts.audiences import Audience, Narrowing
from course.learning.progress import Progress
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, cohorts, recipients
from storage.broadcasts import Broadcast, Button, Content, GoOn, State
from storage.cohorts import Cohort
from storage.dialogues import closes
from storage.statements import Statement

DRAFT = "broadcast"
"""The kind of the dialogue about a broadcast; its body has the broadcast's id and what is
awaited."""

MOST_BUTTONS = 3
"""Custom buttons under a broadcast: more are hard to read."""

WEEK = 7 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Composed:
    """A broadcast that is not sent yet, as shown to those who may send it.

    Attributes:
        mine: the cohorts that the person may choose, without those that are over.
        counted: whom it reaches; `None` as long as nothing is to be sent.
        sample: of whom the preview shows the placeholders filled, nobody in particular when there
            is nobody; `None` as long as nothing is to be sent.
        ends_at: the last deadline of its cohorts; `None` when they have none.
        too_few: it is, or with the change just asked for it would be, for fewer people of one
            language than may be written to; then nothing was changed.
    """

    broadcast: Broadcast
    mine: tuple[Cohort, ...]
    is_admin: bool
    counted: Counted | None
    sample: "Sample | None"
    ends_at: int | None
    now: int
    too_few: bool = False

    @property
    def cohorts(self) -> tuple[Cohort, ...]:
        """The cohorts it is for; empty for everybody."""
        wanted = self.broadcast.audience.cohorts or frozenset()
        return tuple(one for one in self.mine if one.id in wanted)

    @property
    def zone(self) -> str:
        """The time zone in which times are typed and shown: the first cohort's, else UTC."""
        return self.cohorts[0].zone if self.cohorts else "UTC"


@dataclass(frozen=True, slots=True)
class Sample:
    """A recipient of a broadcast, with the values of its placeholders."""

    progress: Progress
    name: str | None
    deadline: int | None
    zone: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class TooFew:
    """A broadcast in one line is for fewer people of one language than may be written to."""


@dataclass(frozen=True, slots=True)
class NoCohort:
    """A facilitator has no cohort to send to."""


Found: TypeAlias = Composed | NotAllowed


async def begin(
    services: Services,
    turn: Turn,
    content: Content | None = None,
    to: Audience | None = None,
) -> Composed | NotAllowed | NoCohort | TooFew:
    """Begin a broadcast: to `to`, or to the cohort of whoever has only one.

    Args:
        content: the text and buttons, if given already.
    """
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    mine = await _choosable(services, may)
    if not mine and not may.is_admin:
        return NoCohort()
    if to is None:
        only = mine[0].id if len(mine) == 1 and not may.is_admin else None
        to = Audience(frozenset() if only is None else frozenset({only}))
    elif not may_send(may, to):
        return NotAllowed()
    made = Broadcast(turn.update, turn.learner, turn.at, to, content or Content())
    if await audiences.is_too_few(services, made, turn.at):
        return TooFew()
    then = _waits(turn, made.id, "text") if content is None else closes(turn.learner, turn.update)
    await write(services, turn, broadcast_transitions.keeps(made), then)
    return await composed(services, turn, may, made)


async def look(services: Services, turn: Turn, broadcast: int) -> Found:
    """Load a broadcast that the person may send and that is not sent yet."""
    found = await _mine(services, turn, broadcast)
    if isinstance(found, NotAllowed):
        return found
    may, known = found
    return await composed(services, turn, may, known)


async def says(services: Services, turn: Turn, broadcast: int, content: Content) -> Found:
    """Set its text; the buttons stay."""
    return await _change(services, turn, broadcast, lambda known: replace(
        known, content=replace(content, buttons=known.content.buttons)
    ), closes(turn.learner, turn.update))  # fmt: skip


async def choose_cohort(
    services: Services, turn: Turn, broadcast: int, cohort: int | None
) -> Found:
    """Add a cohort to its audience or remove it; `None` is everybody, which is for admins only."""
    if cohort is not None and await cohorts.of(services.store, cohort) is None:
        return NotAllowed()

    def change(known: Audience) -> Audience:
        if cohort is None:
            return replace(known, cohorts=frozenset() if known.cohorts is None else None)
        return replace(known, cohorts=(known.cohorts or frozenset()) ^ {cohort})

    return await _readdress(services, turn, broadcast, change)


async def narrow(
    services: Services, turn: Turn, broadcast: int, narrowing: Narrowing, days: int | None = None
) -> Found:
    """Add a filter to its audience or remove it; with `days` always add it."""

    def change(known: Audience) -> Audience:
        if days is None:
            return replace(known, narrowed=known.narrowed ^ {narrowing})
        return replace(known, narrowed=known.narrowed | {narrowing}, silent_days=days)

    return await _readdress(services, turn, broadcast, change)


async def speak(services: Services, turn: Turn, broadcast: int, language: str | None) -> Found:
    """Limit it to people with this language; `None` for all languages."""
    return await _readdress(
        services, turn, broadcast, lambda known: replace(known, language=language)
    )


async def adds(services: Services, turn: Turn, broadcast: int, *more: Button) -> Found:
    """Add buttons, as far as there is room; without arguments, remove all."""

    def change(known: Broadcast) -> Broadcast:
        before = () if not more else known.content.buttons
        fresh = tuple(one for one in more if not (isinstance(one, GoOn) and GoOn() in before))
        buttons = (*before, *fresh)[:MOST_BUTTONS]
        return replace(known, content=replace(known.content, buttons=buttons))

    return await _change(services, turn, broadcast, change, closes(turn.learner, turn.update))


async def times(
    services: Services,
    turn: Turn,
    broadcast: int,
    *,
    send_at: int | None = None,
    local_hour: int | None = None,
    weekly: bool = False,
) -> Found:
    """Set when it is sent: not before `send_at`, and at each recipient's `local_hour`.

    `None` for both means at once.
    """
    return await _change(services, turn, broadcast, lambda known: replace(
        known, send_at=send_at, local_hour=local_hour, weekly=weekly
    ), closes(turn.learner, turn.update))  # fmt: skip


async def hurries(services: Services, turn: Turn, broadcast: int, *, urgent: bool) -> Found:
    """Set whether it ignores quiet hours and the limit of one proactive message a day."""
    return await _change(services, turn, broadcast, lambda known: replace(known, urgent=urgent))


async def wait_for(services: Services, turn: Turn, broadcast: int, what: str) -> Found:
    """Treat the person's next message as input for this broadcast.

    Args:
        awaited: "text", "time", "link", "answers" or "days".
    """
    found = await _mine(services, turn, broadcast)
    if isinstance(found, NotAllowed):
        return found
    await write(services, turn, _waits(turn, broadcast, what))
    may, known = found
    return await composed(services, turn, may, known)


def waits_for(body: Mapping[str, Any]) -> tuple[int, str]:
    """The broadcast's id and the awaited input, from the body of a dialogue."""
    return int(body["broadcast"]), str(body["wants"])


async def _readdress(
    services: Services, turn: Turn, broadcast: int, change: Callable[[Audience], Audience]
) -> Found:
    return await _change(
        services, turn, broadcast, lambda known: replace(known, audience=change(known.audience))
    )


async def _change(
    services: Services,
    turn: Turn,
    broadcast: int,
    change: Callable[[Broadcast], Broadcast],
    *statements: Statement,
) -> Found:
    found = await _mine(services, turn, broadcast)
    if isinstance(found, NotAllowed):
        return found
    may, known = found
    after = change(known)
    if not may_send(may, after.audience):
        return NotAllowed()
    if after.audience != known.audience and await audiences.is_too_few(services, after, turn.at):
        return replace(await composed(services, turn, may, known), too_few=True)
    await write(services, turn, broadcast_transitions.keeps(after), *statements)
    return await composed(services, turn, may, after)


async def _mine(
    services: Services, turn: Turn, broadcast: int
) -> tuple[Access, Broadcast] | NotAllowed:
    """Load a draft that the person may send."""
    may = await access(services, turn)
    known = await broadcasts.of(services.store, broadcast)
    if known is None or known.state is not State.DRAFT or not may_send(may, known.audience):
        return NotAllowed()
    if not known.audience.cohorts and not may.is_admin and known.made_by != turn.learner:
        return NotAllowed()
    return may, known


def may_send(may: Access, to: Audience) -> bool:
    """Whether a person may send to an audience."""
    if to.cohorts is None:
        return may.is_admin
    return may.is_facilitator and all(map(may.may_lead, to.cohorts))


def is_empty(known: Broadcast) -> bool:
    """Whether it has no text, or no audience."""
    nobody = known.audience.cohorts is not None and not known.audience.cohorts
    return nobody or not (known.content.html.strip() or known.content.has_file)


def _waits(turn: Turn, broadcast: int, what: str) -> Statement:
    return dialogues.going_on(turn, DRAFT, {"broadcast": broadcast, "wants": what})


async def _choosable(services: Services, may: Access) -> tuple[Cohort, ...]:
    led = await cohorts.led_by(services.store, may.person, everything=may.is_admin)
    return tuple(one for one in led if one.state is not cohorts.State.ARCHIVED)


async def composed(services: Services, turn: Turn, may: Access, known: Broadcast) -> Composed:
    """Count a broadcast's audience and prepare its preview."""
    mine = await _choosable(services, may)
    counted, too_few = None, await audiences.is_too_few(services, known, turn.at)
    if not (too_few or is_empty(known)):
        counted = await audiences.count(services, known, max(known.send_at or 0, turn.at))
    wanted = known.audience.cohorts or frozenset()
    ends = [one.deadline for one in mine if one.id in wanted and one.deadline is not None]
    ends_at = max(ends, default=None)
    sample = None
    if counted is not None and counted.sample is not None:
        sample = await _sample(services, known, counted.sample)
    if counted is not None and sample is None:
        zone = next((one.zone for one in mine if one.id in wanted), None)
        sample = Sample(Progress(turn.learner), None, ends_at, zone, turn.language)
    return Composed(known, mine, may.is_admin, counted, sample, ends_at, turn.at, too_few)


async def _sample(services: Services, known: Broadcast, learner: LearnerId) -> Sample | None:
    history = await services.store.history(learner)
    if history.learner is None:
        return None
    mine = await recipients.belonging(services.store, learner)
    by = audiences.chosen(known, mine)
    return Sample(
        history.progress.credited(services.course),
        None if by is None else by.name,
        None if by is None else by.deadline,
        history.learner.wishes.zone or (None if by is None else by.zone),
        history.learner.language,
    )
