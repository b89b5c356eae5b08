"""Changes to a broadcast that is not sent yet; every action checks first that the person may."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.actions import audiences
from bot.actions.access import NotAllowedError, write_unaudited
from bot.actions.broadcast_drafts import (
    MAX_BUTTONS,
    BroadcastDraft,
    build_draft,
    fetch_own_draft,
    input_statement,
    may_send,
)
from bot.actions.learner_state import Interaction, Services
from course.cohorts.audiences import Audience, AudienceFilter
from storage import broadcast_transitions, cohorts
from storage.broadcasts import (
    Broadcast,
    BroadcastButton,
    BroadcastContent,
    ContinueButton,
)
from storage.statements import Statement


async def set_content(
    services: Services, interaction: Interaction, broadcast: int, content: BroadcastContent
) -> BroadcastDraft:
    """Set its text; the buttons stay, and what is typed next takes its place."""

    def change(known: Broadcast) -> Broadcast:
        return replace(known, content=replace(content, buttons=known.content.buttons))

    awaiting = input_statement(interaction, broadcast, "text")
    return await _change_broadcast(services, interaction, broadcast, change, awaiting)


async def toggle_cohort(
    services: Services, interaction: Interaction, broadcast: int, cohort: int | None
) -> BroadcastDraft:
    """Add a cohort to its audience or remove it; `None` is everybody, which is for admins only."""
    if cohort is not None and await cohorts.fetch_cohort(services.store, cohort) is None:
        raise NotAllowedError

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
) -> BroadcastDraft:
    """Add a filter to its audience or remove it; with `days` always add it."""

    def change(known: Audience) -> Audience:
        if days is None:
            return replace(known, filters=known.filters ^ {audience_filter})
        return replace(known, filters=known.filters | {audience_filter}, silent_days=days)

    return await _change_audience(services, interaction, broadcast, change)


async def set_language(
    services: Services, interaction: Interaction, broadcast: int, language: str | None
) -> BroadcastDraft:
    """Limit it to people with this language; `None` for all languages."""
    return await _change_audience(
        services, interaction, broadcast, lambda known: replace(known, language=language)
    )


async def add_buttons(
    services: Services, interaction: Interaction, broadcast: int, *more: BroadcastButton
) -> BroadcastDraft:
    """Add buttons, as far as there is room; without arguments, remove all."""

    def change(known: Broadcast) -> Broadcast:
        buttons = known.content.buttons if more else ()
        for one in more:
            if one != ContinueButton() or one not in buttons:
                buttons = (*buttons, one)
        return replace(known, content=replace(known.content, buttons=buttons[:MAX_BUTTONS]))

    awaiting = input_statement(interaction, broadcast, "text")
    return await _change_broadcast(services, interaction, broadcast, change, awaiting)


async def set_schedule(
    services: Services,
    interaction: Interaction,
    broadcast: int,
    *,
    send_at: int | None = None,
    local_hour: int | None = None,
    weekly: bool = False,
) -> BroadcastDraft:
    """Set when it is sent: not before `send_at`, and at each recipient's `local_hour`.

    `None` for both means at once.
    """

    def change(known: Broadcast) -> Broadcast:
        return replace(known, send_at=send_at, local_hour=local_hour, weekly=weekly)

    awaiting = input_statement(interaction, broadcast, "text")
    return await _change_broadcast(services, interaction, broadcast, change, awaiting)


async def set_urgent(
    services: Services, interaction: Interaction, broadcast: int, *, urgent: bool
) -> BroadcastDraft:
    """Set whether it ignores quiet hours and the limit of one proactive message a day."""
    return await _change_broadcast(
        services, interaction, broadcast, lambda known: replace(known, urgent=urgent)
    )


async def await_input(
    services: Services, interaction: Interaction, broadcast: int, awaited: str
) -> BroadcastDraft:
    """Treat the person's next message as input for this broadcast.

    Args:
        awaited: "text", "time", "link", "answers" or "days".
    """
    access, known = await fetch_own_draft(services, interaction, broadcast)
    await write_unaudited(services, interaction, input_statement(interaction, broadcast, awaited))
    return await build_draft(services, interaction, access, known)


def read_awaited_input(body: Mapping[str, Any]) -> tuple[int, str]:
    """The broadcast's id and the awaited input, from the body of a dialogue."""
    return int(body["broadcast"]), str(body["wants"])


async def _change_audience(
    services: Services,
    interaction: Interaction,
    broadcast: int,
    change: Callable[[Audience], Audience],
) -> BroadcastDraft:
    def change_broadcast(known: Broadcast) -> Broadcast:
        return replace(known, audience=change(known.audience))

    return await _change_broadcast(services, interaction, broadcast, change_broadcast)


async def _change_broadcast(
    services: Services,
    interaction: Interaction,
    broadcast: int,
    change: Callable[[Broadcast], Broadcast],
    *statements: Statement,
) -> BroadcastDraft:
    access, known = await fetch_own_draft(services, interaction, broadcast)
    after = change(known)
    if not may_send(access, after.audience):
        raise NotAllowedError
    if after.audience != known.audience and await audiences.has_too_few_speakers(
        services, after, interaction.at
    ):
        return replace(await build_draft(services, interaction, access, known), too_few=True)
    saved = broadcast_transitions.save_broadcast_draft(after)
    await write_unaudited(services, interaction, saved, *statements)
    return await build_draft(services, interaction, access, after)
