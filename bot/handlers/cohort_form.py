"""The form of a cohort: the dialogue that creates one, and the changes afterwards."""

from collections.abc import Mapping
from typing import Any

from bot.actions import cohorts, dialogues
from bot.actions.cohort_changes import (
    CohortLimitReached,
    change_cohort,
    check_cohort_limit,
    create_cohort,
)
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.messages import Reply, Response
from bot.parsing.cohort_form import (
    FIELD_NAMES,
    OPTIONAL_STEPS,
    STEPS,
    CohortDescription,
    ParseContext,
    build_description,
    parse_answer,
    parse_line,
)
from bot.rendering import cohort_form
from bot.rendering.cohorts import cohort_page, confirm_new_cohort
from course import local_time
from storage.dialogues import Dialogue

CREATE_DIALOGUE, CHANGE_DIALOGUE = "cohort", "cohort-field"
"""Kinds of dialogues."""

_CONFIRM_STEP = "confirm"


async def newcohort_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/newcohort, alone or with a whole cohort in one line."""
    _ = context.translator_of(interaction)
    mine = await cohorts.fetch_facilitated_cohorts(context.services, interaction)
    if (reached := await check_cohort_limit(context.services, interaction)) is not None:
        return Response((cohort_form.cohort_limit_reached(_, reached),))
    if not message.text:
        return Response((await _ask_step(context, interaction, {"step": "name"}),))
    zone = mine[0].zone if mine else None
    described = parse_line(message.text, ParseContext(interaction.at, _.locale, zone))
    if described.description is None:
        return Response((cohort_form.wrong_line(_, described),))
    values = {name: getattr(described.description, name) for name in CohortDescription.__slots__}
    return Response((await _ask_step(context, interaction, {"step": _CONFIRM_STEP, **values}),))


async def new_cohort_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle a typed answer while a cohort is created."""
    step = dialogue.body["step"]
    answer = await _parse_typed(context, interaction, step, message, dialogue.body)
    if isinstance(answer, Reply):
        return Response((answer,))
    body = _next_body(dialogue.body, step, answer)
    return Response((await _ask_step(context, interaction, body),))


def awaits_answer(dialogue: Dialogue, _message: MessageContent) -> bool:
    """Whether the form still has a step that is typed."""
    return bool(dialogue.body["step"] != _CONFIRM_STEP)


async def cohort_field_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle a typed answer while one field of a cohort is changed."""
    step, cohort = dialogue.body["field"], dialogue.body["cohort"]
    found = await cohorts.fetch_facilitated_cohort(context.services, interaction, cohort)
    about = {name: getattr(found, name) for name in ("zone", "starts_at", "deadline")}
    answer = await _parse_typed(context, interaction, step, message, about)
    if isinstance(answer, Reply):
        return Response((answer,))
    return await _change_field(context, interaction, cohort, step, answer, in_place=False)


async def form_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Handle a button of the form; `None` when it belongs to no open dialogue."""
    _ = context.translator_of(interaction)
    if press.action == "cancel":
        await dialogues.end_dialogue(context.services, interaction)
        return Response(edit=cohort_form.cancelled(_))
    if press.action == "new":
        started = await newcohort_command(context, interaction, MessageContent())
        return Response(edit=started.messages[0])
    kinds = CREATE_DIALOGUE, CHANGE_DIALOGUE
    draft = await dialogues.fetch_open_dialogue(context.services, interaction, *kinds)
    if draft is None:
        return None
    if press.action == "zone" and local_time.is_known_zone(press.value):
        return await _zone_pressed(context, interaction, draft, press.value)
    return await _step_pressed(context, interaction, press, draft)


async def _step_pressed(
    context: Context, interaction: Interaction, press: ManagePress, draft: Dialogue
) -> Response | None:
    """Skip an optional step, or make the cohort after the last one."""
    step = draft.body["step"] if draft.kind == CREATE_DIALOGUE else None
    if press.action == "skip" and step == press.value and step in OPTIONAL_STEPS:
        body = _next_body(draft.body, step, None)
        return Response(edit=await _ask_step(context, interaction, body))
    if press.action == "make" and step == _CONFIRM_STEP:
        return await _made(context, interaction, draft)
    return None


async def field_pressed(
    context: Context, interaction: Interaction, cohort: int, step: str
) -> Response | None:
    """Ask for the new value of one field of a cohort."""
    await cohorts.fetch_facilitated_cohort(
        context.services, interaction, cohort
    )  # raises for others
    if step not in STEPS:
        return None
    await dialogues.begin_dialogue(
        context.services, interaction, CHANGE_DIALOGUE, {"cohort": cohort, "field": step}
    )
    _ = context.translator_of(interaction)
    return Response(edit=cohort_form.ask_step(_, step, cohort=cohort))


async def clear_pressed(
    context: Context, interaction: Interaction, cohort: int, step: str
) -> Response | None:
    """Clear one field of a cohort."""
    if step not in OPTIONAL_STEPS:
        return None
    empty = "" if step == "welcome" else None
    return await _change_field(context, interaction, cohort, step, empty, in_place=True)


async def _made(context: Context, interaction: Interaction, draft: Dialogue) -> Response:
    _ = context.translator_of(interaction)
    match await create_cohort(context.services, interaction, build_description(draft.body)):
        case CohortLimitReached() as reached:
            return Response((cohort_form.cohort_limit_reached(_, reached),))
        case cohorts.CohortDetails() as made:
            return Response(edit=cohort_page(_, made))


async def _zone_pressed(
    context: Context, interaction: Interaction, dialogue: Dialogue, zone: str
) -> Response | None:
    if dialogue.kind == CHANGE_DIALOGUE:
        if dialogue.body["field"] != "zone":
            return None
        cohort = dialogue.body["cohort"]
        return await _change_field(context, interaction, cohort, "zone", zone, in_place=True)
    if dialogue.body["step"] != "zone":
        return None
    return Response(
        edit=await _ask_step(context, interaction, _next_body(dialogue.body, "zone", zone))
    )


async def _parse_typed(
    context: Context,
    interaction: Interaction,
    step: str,
    message: MessageContent,
    about: Mapping[str, Any],
) -> str | int | Reply:
    """The value that was typed, or the reply to text that is not valid."""
    _ = context.translator_of(interaction)
    asked = ParseContext(
        interaction.at, _.locale, about.get("zone"), about.get("starts_at"), about.get("deadline")
    )
    answer = parse_answer(step, message.text, asked)
    if answer is None:
        return cohort_form.wrong_answer(_, step)
    if not isinstance(answer, tuple):
        return answer
    return answer[0] if len(answer) == 1 else cohort_form.which_zone(_, answer)


async def _change_field(
    context: Context,
    interaction: Interaction,
    cohort: int,
    step: str,
    value: str | int | None,
    *,
    in_place: bool,
) -> Response:
    _ = context.translator_of(interaction)
    changed = await change_cohort(
        context.services, interaction, cohort, FIELD_NAMES.get(step, step), value
    )
    screen = cohort_page(_, changed)
    return Response(edit=screen) if in_place else Response((screen,))


def _next_body(body: Mapping[str, Any], step: str, value: str | int | None) -> dict[str, Any]:
    """The body of the dialogue after an answer."""
    following = (*STEPS, _CONFIRM_STEP)[STEPS.index(step) + 1]
    return {**body, FIELD_NAMES.get(step, step): value, "step": following}


async def _ask_step(context: Context, interaction: Interaction, body: Mapping[str, Any]) -> Reply:
    await dialogues.begin_dialogue(context.services, interaction, CREATE_DIALOGUE, body)
    _ = context.translator_of(interaction)
    if body["step"] == _CONFIRM_STEP:
        return confirm_new_cohort(_, build_description(body))
    offered = await _fetch_zones(context, interaction) if body["step"] == "zone" else ()
    return cohort_form.ask_step(_, body["step"], zones=offered)


async def _fetch_zones(context: Context, interaction: Interaction) -> tuple[str, ...]:
    """Load the time zones of the person's other cohorts, newest first."""
    mine = await cohorts.fetch_facilitated_cohorts(context.services, interaction)
    return tuple(dict.fromkeys(one.zone for one in mine))[:3]
