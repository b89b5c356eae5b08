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
from bot.parsing import cohort_form as form
from bot.parsing.cohort_form import CohortDescription, ParseContext
from bot.rendering import cohort_form
from bot.rendering.cohort_calendar import FieldQuestion, choose_day, choose_week
from bot.rendering.cohorts import cohort_page, what_to_change
from course import local_time
from storage.dialogues import Dialogue

CREATE_DIALOGUE, CHANGE_DIALOGUE = "cohort", "cohort-field"
"""Kinds of dialogues."""

PRESSES = frozenset(
    {"cancel", "new", "zone", "skip", "make", "set", "back", "weeks", "week", "day"}
)
"""Actions of the form's buttons, besides "field" and "clear", which name a cohort."""

_CONFIRM_STEP = "confirm"


async def newcohort_command(
    context: Context, interaction: Interaction, message: MessageContent
) -> Response:
    """/newcohort, alone or with a whole cohort in one line."""
    _ = context.translator_of(interaction)
    if (reached := await check_cohort_limit(context.services, interaction)) is not None:
        return Response((cohort_form.cohort_limit_reached(_, reached),))
    if not message.text:
        return Response((await _open_step(context, interaction, {"step": "name"}),))
    mine = await cohorts.fetch_facilitated_cohorts(context.services, interaction)
    zone = mine[0].zone if mine else None
    described = form.parse_line(message.text, ParseContext(interaction.at, _.locale, zone))
    if described.description is None:
        return Response((cohort_form.wrong_line(_, described),))
    values = {name: getattr(described.description, name) for name in CohortDescription.__slots__}
    return Response((await _open_step(context, interaction, {"step": _CONFIRM_STEP, **values}),))


async def form_typed(
    context: Context, interaction: Interaction, dialogue: Dialogue, message: MessageContent
) -> Response:
    """Handle a typed answer, for a new cohort or for one that is changed."""
    return Response((await _answer(context, interaction, dialogue, message.text),))


def awaits_answer(dialogue: Dialogue, _message: MessageContent) -> bool:
    """Whether the form of a new cohort is at a step that is typed."""
    return bool(dialogue.body["step"] != _CONFIRM_STEP)


async def form_pressed(
    context: Context, interaction: Interaction, press: ManagePress
) -> Response | None:
    """Handle a button of the form; `None` when it belongs to no open dialogue."""
    if press.action == "cancel":
        await dialogues.end_dialogue(context.services, interaction)
        return Response(edit=cohort_form.cancelled(context.translator_of(interaction)))
    if press.action == "new":
        started = await newcohort_command(context, interaction, MessageContent())
        return Response(edit=started.messages[0])
    kinds = CREATE_DIALOGUE, CHANGE_DIALOGUE
    draft = await dialogues.fetch_open_dialogue(context.services, interaction, *kinds)
    if draft is None:
        return None
    step = _step_of(draft)
    if press.action in ("weeks", "week") and step in form.DATE_STEPS:
        return Response(edit=await _build_calendar(context, interaction, draft, press))
    if (press.action, step) == ("zone", "zone") and local_time.is_known_zone(press.value):
        return Response(edit=await _save(context, interaction, draft, press.value))
    if press.action == "day" and step in form.DATE_STEPS:
        return Response(edit=await _answer(context, interaction, draft, press.value))
    return await _step_pressed(context, interaction, press, draft)


async def field_pressed(
    context: Context, interaction: Interaction, cohort: int, step: str
) -> Response | None:
    """Ask for the new value of one field of a cohort."""
    await cohorts.fetch_facilitated_cohort(
        context.services, interaction, cohort
    )  # raises for others
    if step not in form.STEPS:
        return None
    body = {"cohort": cohort, "field": step}
    await dialogues.begin_dialogue(context.services, interaction, CHANGE_DIALOGUE, body)
    draft = Dialogue(interaction.learner, CHANGE_DIALOGUE, body, interaction.at)
    question = await _load_question(context, interaction, draft)
    return Response(edit=cohort_form.ask_step(context.translator_of(interaction), question))


async def clear_pressed(
    context: Context, interaction: Interaction, cohort: int, step: str
) -> Response | None:
    """Clear one field of a cohort."""
    if step not in form.OPTIONAL_STEPS:
        return None
    return Response(
        edit=await _change_field(context, interaction, cohort, step, form.empty_value(step))
    )


async def _step_pressed(
    context: Context, interaction: Interaction, press: ManagePress, draft: Dialogue
) -> Response | None:
    """Handle a button that leads from one step to another; `None` when it is of another step."""
    step, is_new = _step_of(draft), draft.kind == CREATE_DIALOGUE
    match press.action:
        case "back" if press.value == step:
            return Response(edit=await _go_back(context, interaction, draft))
        case "skip" if is_new and press.value == step and step in form.OPTIONAL_STEPS:
            return Response(edit=await _save(context, interaction, draft, form.empty_value(step)))
        case "set" if step == _CONFIRM_STEP and press.value in form.OPTIONAL_STEPS:
            body = {**draft.body, "step": press.value}
            return Response(edit=await _open_step(context, interaction, body))
        case "make" if step == _CONFIRM_STEP:
            return await _make(context, interaction, draft)
        case _:
            return None


async def _go_back(context: Context, interaction: Interaction, draft: Dialogue) -> Reply:
    """Show the screen before this step; what was answered stays."""
    if draft.kind == CREATE_DIALOGUE:
        step = {"zone": "name", _CONFIRM_STEP: "zone"}.get(draft.body["step"], _CONFIRM_STEP)
        return await _open_step(context, interaction, {**draft.body, "step": step})
    found = await cohorts.fetch_facilitated_cohort(
        context.services, interaction, draft.body["cohort"]
    )
    await dialogues.end_dialogue(context.services, interaction)
    return what_to_change(context.translator_of(interaction), found)


async def _make(context: Context, interaction: Interaction, draft: Dialogue) -> Response:
    _ = context.translator_of(interaction)
    match await create_cohort(context.services, interaction, form.build_description(draft.body)):
        case CohortLimitReached() as reached:
            return Response((cohort_form.cohort_limit_reached(_, reached),))
        case cohorts.CohortDetails() as made:
            return Response(edit=cohort_page(_, made))


async def _answer(context: Context, interaction: Interaction, draft: Dialogue, typed: str) -> Reply:
    """The screen that follows what was typed, or the day that was pressed."""
    _, values = (
        context.translator_of(interaction),
        await _load_values(context, interaction, draft),
    )
    asked = ParseContext(
        interaction.at, _.locale, *(values.get(name) for name in ("zone", "starts_at", "deadline"))
    )
    answer = form.parse_answer(_step_of(draft), typed, asked)
    if answer is None:
        return cohort_form.wrong_answer(_, await _load_question(context, interaction, draft))
    if isinstance(answer, tuple):
        if len(answer) > 1:
            return cohort_form.which_zone(_, answer)
        (answer,) = answer
    return await _save(context, interaction, draft, answer)


async def _save(
    context: Context, interaction: Interaction, draft: Dialogue, value: str | int | None
) -> Reply:
    """Keep the answer to a step; returns the screen that follows."""
    step = _step_of(draft)
    if draft.kind == CHANGE_DIALOGUE:
        return await _change_field(context, interaction, draft.body["cohort"], step, value)
    values = form.with_answer(draft.body, step, value)
    following = _CONFIRM_STEP if values.get("zone") else "zone"
    return await _open_step(context, interaction, {**values, "step": following})


async def _change_field(
    context: Context, interaction: Interaction, cohort: int, step: str, value: str | int | None
) -> Reply:
    field = form.FIELD_NAMES.get(step, step)
    changed = await change_cohort(context.services, interaction, cohort, field, value)
    return cohort_page(context.translator_of(interaction), changed)


async def _open_step(context: Context, interaction: Interaction, body: Mapping[str, Any]) -> Reply:
    """Go to a step of the form of a new cohort; returns its screen."""
    await dialogues.begin_dialogue(context.services, interaction, CREATE_DIALOGUE, body)
    _ = context.translator_of(interaction)
    if body["step"] == _CONFIRM_STEP:
        return cohort_form.confirm_new_cohort(_, form.build_description(body))
    draft = Dialogue(interaction.learner, CREATE_DIALOGUE, body, interaction.at)
    return cohort_form.ask_step(_, await _load_question(context, interaction, draft))


async def _build_calendar(
    context: Context, interaction: Interaction, draft: Dialogue, press: ManagePress
) -> Reply:
    _, question = (
        context.translator_of(interaction),
        await _load_question(context, interaction, draft),
    )
    show = choose_week if press.action == "weeks" else choose_day
    return show(_, question, press.value)


async def _load_values(
    context: Context, interaction: Interaction, draft: Dialogue
) -> Mapping[str, Any]:
    """The values of the cohort so far: of a new one as answered, else as stored."""
    if draft.kind == CREATE_DIALOGUE:
        return draft.body
    cohort = draft.body["cohort"]
    found = await cohorts.fetch_facilitated_cohort(context.services, interaction, cohort)
    return {name: getattr(found, name) for name in CohortDescription.__slots__}


async def _load_question(
    context: Context, interaction: Interaction, draft: Dialogue
) -> FieldQuestion:
    """Load what is asked at the draft's step, and what can be offered there."""
    step, values = _step_of(draft), await _load_values(context, interaction, draft)
    zones: tuple[str, ...] = ()
    if step == "zone":
        mine = await cohorts.fetch_facilitated_cohorts(context.services, interaction)
        locale = context.translator_of(interaction).locale
        named = form.find_zones_in_name(values["name"], locale, interaction.at)
        zones = tuple(dict.fromkeys((*named, *(one.zone for one in mine))))[:3]
    today = None
    if step in form.DATE_STEPS:
        today = local_time.to_local(values["zone"], interaction.at).date()
    is_set = bool(values.get(form.FIELD_NAMES.get(step, step)))
    return FieldQuestion(step, draft.body.get("cohort", 0), zones, today, is_set=is_set)


def _step_of(draft: Dialogue) -> str:
    return str(draft.body["step" if draft.kind == CREATE_DIALOGUE else "field"])
