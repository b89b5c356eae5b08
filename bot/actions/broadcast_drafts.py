"""Drafts of broadcasts, with their previews; every action checks first that the person may."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions import audiences, cohorts, dialogues
from bot.actions.access import (
    Access,
    NotAllowedError,
    load_access,
    load_facilitator_access,
    write_unaudited,
)
from bot.actions.audiences import AudienceCount
from bot.actions.learner_state import Interaction, Services
from course.cohorts.audiences import Audience
from course.learning.progress import Progress
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, recipients
from storage.broadcasts import (
    Broadcast,
    BroadcastContent,
    BroadcastState,
)
from storage.cohorts import Cohort
from storage.statements import Statement

BROADCAST_DIALOGUE = "broadcast"
"""The kind of the dialogue about a broadcast; its body has the broadcast's id and what is
awaited."""

MAX_BUTTONS = 3
"""Custom buttons under a broadcast: more are hard to read."""

WEEK = 7 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class BroadcastDraft:
    """A broadcast that is not sent yet, as shown to those who may send it.

    Attributes:
        available_cohorts: the cohorts that the person may choose, without those that are over.
        reach: whom it reaches, also without a text; `None` as long as it is for nobody.
        audience_count: like `reach`, but `None` as long as nothing is to be sent.
        sample: of whom the preview shows the placeholders filled, nobody in particular when there
            is nobody; `None` as long as nothing is to be sent.
        last_deadline: the last deadline of its cohorts; `None` when they have none.
        too_few: it is, or with the change just asked for it would be, for fewer people of one
            language than may be written to; then nothing was changed.
    """

    broadcast: Broadcast
    available_cohorts: tuple[Cohort, ...]
    is_admin: bool
    reach: AudienceCount | None
    audience_count: AudienceCount | None
    sample: "SampleRecipient | None"
    last_deadline: int | None
    now: int
    too_few: bool = False

    @property
    def cohorts(self) -> tuple[Cohort, ...]:
        """The cohorts it is for; empty for everybody."""
        wanted = self.broadcast.audience.cohorts or frozenset()
        return tuple(one for one in self.available_cohorts if one.id in wanted)

    @property
    def zone(self) -> str:
        """The time zone in which times are typed and shown: the first cohort's, else UTC."""
        return self.cohorts[0].zone if self.cohorts else "UTC"


@dataclass(frozen=True, slots=True)
class SampleRecipient:
    """A recipient of a broadcast, with the values of its placeholders."""

    progress: Progress
    name: str | None
    deadline: int | None
    zone: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class TooFewSpeakers:
    """A broadcast in one line is for fewer people of one language than may be written to."""


@dataclass(frozen=True, slots=True)
class NoCohort:
    """A facilitator has no cohort to send to."""


async def start_draft(
    services: Services,
    interaction: Interaction,
    content: BroadcastContent | None = None,
    audience: Audience | None = None,
) -> BroadcastDraft | NoCohort | TooFewSpeakers:
    """Begin a broadcast: to `audience`, or to the cohort of a facilitator who has only one.

    Args:
        content: the text and buttons, if given already.
    """
    access = await load_facilitator_access(services, interaction)
    mine = await cohorts.fetch_current_cohorts(services, access)
    if not mine and not access.is_admin:
        return NoCohort()
    if audience is None:
        audience = _default_audience(access, mine)
    elif not may_send(access, audience):
        raise NotAllowedError
    update, person, at = interaction.update_id, interaction.learner, interaction.at
    made = Broadcast(update, person, at, audience, content or BroadcastContent())
    if await audiences.has_too_few_speakers(services, made, at):
        return TooFewSpeakers()
    awaiting = input_statement(interaction, made.id, "text")
    saved = broadcast_transitions.save_broadcast_draft(made)
    await write_unaudited(services, interaction, saved, awaiting)
    return await build_draft(services, interaction, access, made)


def _default_audience(access: Access, mine: Sequence[Cohort]) -> Audience:
    """The cohort of a facilitator who has only one; else nobody yet."""
    only = {mine[0].id} if len(mine) == 1 and not access.is_admin else set()
    return Audience(frozenset(only))


async def fetch_draft(
    services: Services, interaction: Interaction, broadcast: int
) -> BroadcastDraft:
    """Load a broadcast that the person may send and that is not sent yet."""
    access, known = await fetch_own_draft(services, interaction, broadcast)
    return await build_draft(services, interaction, access, known)


async def find_draft(
    services: Services, interaction: Interaction, broadcast: int
) -> BroadcastDraft | None:
    """Like `fetch_draft`, but `None` when there is no such draft, or it is not the person's."""
    try:
        return await fetch_draft(services, interaction, broadcast)
    except NotAllowedError:
        return None


async def fetch_own_draft(
    services: Services, interaction: Interaction, broadcast: int
) -> tuple[Access, Broadcast]:
    """Load a draft that the person may send."""
    access = await load_access(services, interaction)
    known = await broadcasts.fetch_broadcast(services.store, broadcast)
    if (
        known is None
        or known.state is not BroadcastState.DRAFT
        or not may_send(access, known.audience)
    ):
        raise NotAllowedError
    if not known.audience.cohorts and not access.is_admin and known.made_by != interaction.learner:
        raise NotAllowedError
    return access, known


def may_send(access: Access, audience: Audience) -> bool:
    """Whether a person may send to an audience."""
    if audience.cohorts is None:
        return access.is_admin
    return access.is_facilitator and all(map(access.may_facilitate, audience.cohorts))


def is_empty(known: Broadcast) -> bool:
    """Whether it has no text, or no audience."""
    nobody = known.audience.cohorts is not None and not known.audience.cohorts
    return nobody or not (known.content.html.strip() or known.content.has_file)


def input_statement(interaction: Interaction, broadcast: int, awaited: str) -> Statement:
    """A statement that makes the person's next message input; see `await_input`."""
    return dialogues.keep_open(
        interaction, BROADCAST_DIALOGUE, {"broadcast": broadcast, "wants": awaited}
    )


async def build_draft(
    services: Services, interaction: Interaction, access: Access, known: Broadcast
) -> BroadcastDraft:
    """Count a broadcast's audience and prepare its preview."""
    mine, now = await cohorts.fetch_current_cohorts(services, access), interaction.at
    chosen = [one for one in mine if one.id in (known.audience.cohorts or ())]
    ends_at = max((one.deadline for one in chosen if one.deadline is not None), default=None)
    too_few = await audiences.has_too_few_speakers(services, known, now)
    counted, sample, reach = None, None, None
    if not too_few and known.audience.cohorts != frozenset():
        reach = await audiences.count_audience(services, known, max(known.send_at or 0, now))
    if reach is not None and not is_empty(known):
        counted = reach
        zone = chosen[0].zone if chosen else None
        sample = await _load_sample(services, known, counted.sample) or SampleRecipient(
            Progress(interaction.learner), None, ends_at, zone, interaction.language
        )
    return BroadcastDraft(
        known, mine, access.is_admin, reach, counted, sample, ends_at, now, too_few
    )


async def _load_sample(
    services: Services, known: Broadcast, learner: LearnerId | None
) -> SampleRecipient | None:
    if learner is None:
        return None
    history = await services.store.fetch_history(learner)
    if history.learner is None:
        return None
    mine = await recipients.fetch_learner_cohorts(services.store, learner)
    by = audiences.find_learner_cohort(known, mine)
    return SampleRecipient(
        history.progress.with_current_key(services.course),
        None if by is None else by.name,
        None if by is None else by.deadline,
        history.learner.preferences.zone or (None if by is None else by.zone),
        history.learner.language,
    )
