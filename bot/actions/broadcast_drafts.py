"""Composing a broadcast, up to its preview; every action checks first that the person may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.actions import audiences, dialogues
from bot.actions.access import Access, NotAllowed, load_access, write_unaudited
from bot.actions.audiences import AudienceCount
from bot.actions.learner_state import Interaction, Services
from course.cohorts.audiences import Audience, AudienceFilter
from course.learning.progress import Progress
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, cohorts, recipients
from storage.broadcasts import (
    Broadcast,
    BroadcastButton,
    BroadcastContent,
    BroadcastState,
    ContinueButton,
)
from storage.cohorts import Cohort
from storage.dialogues import close_dialogue
from storage.statements import Statement

DIALOGUE_KIND = "broadcast"
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
        audience_count: whom it reaches; `None` as long as nothing is to be sent.
        sample: of whom the preview shows the placeholders filled, nobody in particular when there
            is nobody; `None` as long as nothing is to be sent.
        last_deadline: the last deadline of its cohorts; `None` when they have none.
        too_few: it is, or with the change just asked for it would be, for fewer people of one
            language than may be written to; then nothing was changed.
    """

    broadcast: Broadcast
    available_cohorts: tuple[Cohort, ...]
    is_admin: bool
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


DraftOutcome: TypeAlias = BroadcastDraft | NotAllowed


async def start_draft(
    services: Services,
    interaction: Interaction,
    content: BroadcastContent | None = None,
    audience: Audience | None = None,
) -> BroadcastDraft | NotAllowed | NoCohort | TooFewSpeakers:
    """Begin a broadcast: to `audience`, or to the cohort of whoever has only one.

    Args:
        content: the text and buttons, if given already.
    """
    access = await load_access(services, interaction)
    if not access.is_facilitator:
        return NotAllowed()
    mine = await _fetch_available_cohorts(services, access)
    if not mine and not access.is_admin:
        return NoCohort()
    if audience is None:
        only = mine[0].id if len(mine) == 1 and not access.is_admin else None
        audience = Audience(frozenset() if only is None else frozenset({only}))
    elif not may_send(access, audience):
        return NotAllowed()
    made = Broadcast(
        interaction.update_id,
        interaction.learner,
        interaction.at,
        audience,
        content or BroadcastContent(),
    )
    if await audiences.has_too_few_speakers(services, made, interaction.at):
        return TooFewSpeakers()
    then = (
        _await_statement(interaction, made.id, "text")
        if content is None
        else close_dialogue(interaction.learner, interaction.update_id)
    )
    await write_unaudited(
        services, interaction, broadcast_transitions.save_broadcast_draft(made), then
    )
    return await build_draft(services, interaction, access, made)


async def fetch_draft(services: Services, interaction: Interaction, broadcast: int) -> DraftOutcome:
    """Load a broadcast that the person may send and that is not sent yet."""
    found = await _fetch_own_draft(services, interaction, broadcast)
    if isinstance(found, NotAllowed):
        return found
    access, known = found
    return await build_draft(services, interaction, access, known)


async def set_content(
    services: Services, interaction: Interaction, broadcast: int, content: BroadcastContent
) -> DraftOutcome:
    """Set its text; the buttons stay."""
    return await _change_broadcast(services, interaction, broadcast, lambda known: replace(
        known, content=replace(content, buttons=known.content.buttons)
    ), close_dialogue(interaction.learner, interaction.update_id))  # fmt: skip


async def toggle_cohort(
    services: Services, interaction: Interaction, broadcast: int, cohort: int | None
) -> DraftOutcome:
    """Add a cohort to its audience or remove it; `None` is everybody, which is for admins only."""
    if cohort is not None and await cohorts.fetch_cohort(services.store, cohort) is None:
        return NotAllowed()

    def change(known: Audience) -> Audience:
        if cohort is None:
            return replace(known, cohorts=frozenset() if known.cohorts is None else None)
        return replace(known, cohorts=(known.cohorts or frozenset()) ^ {cohort})

    return await _change_audience(services, interaction, broadcast, change)


async def toggle_filter(
    services: Services,
    interaction: Interaction,
    broadcast: int,
    audience_filter: AudienceFilter,
    days: int | None = None,
) -> DraftOutcome:
    """Add a filter to its audience or remove it; with `days` always add it."""

    def change(known: Audience) -> Audience:
        if days is None:
            return replace(known, filters=known.filters ^ {audience_filter})
        return replace(known, filters=known.filters | {audience_filter}, silent_days=days)

    return await _change_audience(services, interaction, broadcast, change)


async def set_language(
    services: Services, interaction: Interaction, broadcast: int, language: str | None
) -> DraftOutcome:
    """Limit it to people with this language; `None` for all languages."""
    return await _change_audience(
        services, interaction, broadcast, lambda known: replace(known, language=language)
    )


async def add_buttons(
    services: Services, interaction: Interaction, broadcast: int, *more: BroadcastButton
) -> DraftOutcome:
    """Add buttons, as far as there is room; without arguments, remove all."""

    def change(known: Broadcast) -> Broadcast:
        before = () if not more else known.content.buttons
        fresh = tuple(
            one
            for one in more
            if not (isinstance(one, ContinueButton) and ContinueButton() in before)
        )
        buttons = (*before, *fresh)[:MAX_BUTTONS]
        return replace(known, content=replace(known.content, buttons=buttons))

    return await _change_broadcast(
        services,
        interaction,
        broadcast,
        change,
        close_dialogue(interaction.learner, interaction.update_id),
    )


async def set_schedule(
    services: Services,
    interaction: Interaction,
    broadcast: int,
    *,
    send_at: int | None = None,
    local_hour: int | None = None,
    weekly: bool = False,
) -> DraftOutcome:
    """Set when it is sent: not before `send_at`, and at each recipient's `local_hour`.

    `None` for both means at once.
    """
    return await _change_broadcast(services, interaction, broadcast, lambda known: replace(
        known, send_at=send_at, local_hour=local_hour, weekly=weekly
    ), close_dialogue(interaction.learner, interaction.update_id))  # fmt: skip


async def set_urgent(
    services: Services, interaction: Interaction, broadcast: int, *, urgent: bool
) -> DraftOutcome:
    """Set whether it ignores quiet hours and the limit of one proactive message a day."""
    return await _change_broadcast(
        services, interaction, broadcast, lambda known: replace(known, urgent=urgent)
    )


async def await_input(
    services: Services, interaction: Interaction, broadcast: int, awaited: str
) -> DraftOutcome:
    """Treat the person's next message as input for this broadcast.

    Args:
        awaited: "text", "time", "link", "answers" or "days".
    """
    found = await _fetch_own_draft(services, interaction, broadcast)
    if isinstance(found, NotAllowed):
        return found
    await write_unaudited(services, interaction, _await_statement(interaction, broadcast, awaited))
    access, known = found
    return await build_draft(services, interaction, access, known)


def read_awaited_input(body: Mapping[str, Any]) -> tuple[int, str]:
    """The broadcast's id and the awaited input, from the body of a dialogue."""
    return int(body["broadcast"]), str(body["wants"])


async def _change_audience(
    services: Services,
    interaction: Interaction,
    broadcast: int,
    change: Callable[[Audience], Audience],
) -> DraftOutcome:
    return await _change_broadcast(
        services,
        interaction,
        broadcast,
        lambda known: replace(known, audience=change(known.audience)),
    )


async def _change_broadcast(
    services: Services,
    interaction: Interaction,
    broadcast: int,
    change: Callable[[Broadcast], Broadcast],
    *statements: Statement,
) -> DraftOutcome:
    found = await _fetch_own_draft(services, interaction, broadcast)
    if isinstance(found, NotAllowed):
        return found
    access, known = found
    after = change(known)
    if not may_send(access, after.audience):
        return NotAllowed()
    if after.audience != known.audience and await audiences.has_too_few_speakers(
        services, after, interaction.at
    ):
        return replace(await build_draft(services, interaction, access, known), too_few=True)
    await write_unaudited(
        services, interaction, broadcast_transitions.save_broadcast_draft(after), *statements
    )
    return await build_draft(services, interaction, access, after)


async def _fetch_own_draft(
    services: Services, interaction: Interaction, broadcast: int
) -> tuple[Access, Broadcast] | NotAllowed:
    """Load a draft that the person may send."""
    access = await load_access(services, interaction)
    known = await broadcasts.fetch_broadcast(services.store, broadcast)
    if (
        known is None
        or known.state is not BroadcastState.DRAFT
        or not may_send(access, known.audience)
    ):
        return NotAllowed()
    if not known.audience.cohorts and not access.is_admin and known.made_by != interaction.learner:
        return NotAllowed()
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


def _await_statement(interaction: Interaction, broadcast: int, awaited: str) -> Statement:
    return dialogues.keep_open(
        interaction, DIALOGUE_KIND, {"broadcast": broadcast, "wants": awaited}
    )


async def _fetch_available_cohorts(services: Services, access: Access) -> tuple[Cohort, ...]:
    led = await cohorts.fetch_facilitated_cohorts(
        services.store, access.person, all_cohorts=access.is_admin
    )
    return tuple(one for one in led if one.state is not cohorts.CohortState.ARCHIVED)


async def build_draft(
    services: Services, interaction: Interaction, access: Access, known: Broadcast
) -> BroadcastDraft:
    """Count a broadcast's audience and prepare its preview."""
    mine = await _fetch_available_cohorts(services, access)
    counted, too_few = None, await audiences.has_too_few_speakers(services, known, interaction.at)
    if not (too_few or is_empty(known)):
        counted = await audiences.count_audience(
            services, known, max(known.send_at or 0, interaction.at)
        )
    wanted = known.audience.cohorts or frozenset()
    ends = [one.deadline for one in mine if one.id in wanted and one.deadline is not None]
    ends_at = max(ends, default=None)
    sample = None
    if counted is not None and counted.sample is not None:
        sample = await _load_sample(services, known, counted.sample)
    if counted is not None and sample is None:
        zone = next((one.zone for one in mine if one.id in wanted), None)
        sample = SampleRecipient(
            Progress(interaction.learner), None, ends_at, zone, interaction.language
        )
    return BroadcastDraft(
        known, mine, access.is_admin, counted, sample, ends_at, interaction.at, too_few
    )


async def _load_sample(
    services: Services, known: Broadcast, learner: LearnerId
) -> SampleRecipient | None:
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
