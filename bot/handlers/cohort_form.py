"""The form of a cohort: the dialogue that creates one, and the changes afterwards."""

from collections.abc import Mapping
from typing import Any

from bot.actions import cohorts, dialogues
from bot.actions.access import NotAllowed, access
from bot.actions.learner_state import Turn
from bot.callback_data import Manage
from bot.context import Desk
from bot.handlers.message_content import Said
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.parsing.cohort_form import (
    FIELDS,
    OPTIONAL,
    STEPS,
    Asked,
    line,
    read,
    wanted,
)
from bot.rendering import cohort_form, notices
from bot.rendering import cohorts as cohorts_rendering
from course import local_time
from storage.dialogues import Draft

MAKING, CHANGING = "cohort", "cohort-field"
"""Kinds of dialogues."""

_CONFIRM = "confirm"


async def on_newcohort(desk: Desk, turn: Turn, said: Said) -> Response:
    """/newcohort, alone or with a whole cohort in one line."""
    _ = desk.voices.of(turn.language)
    mine = await cohorts.all_led(desk.services, turn)
    if isinstance(mine, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    if (reached := await cohorts.enough(desk.services, turn)) is not None:
        return Response((cohort_form.enough(_, reached),))
    if not said.text:
        return Response((await _ask(desk, turn, {"step": "name"}),))
    zone = mine[0].zone if mine else None
    described = line(said.text, Asked(turn.at, _.locale, zone))
    if described.wanted is None:
        return Response((cohort_form.how(_, described),))
    values = {name: getattr(described.wanted, name) for name in cohorts.Wanted.__slots__}
    return Response((await _ask(desk, turn, {"step": _CONFIRM, **values}),))


async def making(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response | None:
    """Handle a typed answer while a cohort is created."""
    step = draft.body["step"]
    if step == _CONFIRM:
        return None
    if not (await access(desk.services, turn)).is_facilitator:
        return Response((Reply(notices.not_yours(desk.voices.of(turn.language))),))
    answer = await _answered(desk, turn, step, said, draft.body)
    if isinstance(answer, Reply):
        return Response((answer,))
    return Response((await _ask(desk, turn, _after(draft.body, step, answer)),))


async def changing(desk: Desk, turn: Turn, draft: Draft, said: Said) -> Response | None:
    """Handle a typed answer while one field of a cohort is changed."""
    step, cohort = draft.body["field"], draft.body["cohort"]
    found = await cohorts.led(desk.services, turn, cohort)
    _ = desk.voices.of(turn.language)
    if isinstance(found, NotAllowed):
        return Response((Reply(notices.not_yours(_)),))
    cohort_is = found.cohort
    about = {name: getattr(cohort_is, name) for name in ("zone", "starts_at", "deadline")}
    answer = await _answered(desk, turn, step, said, about)
    if isinstance(answer, Reply):
        return Response((answer,))
    return await _changed(desk, turn, cohort, step, answer, in_place=False)


async def pressed(desk: Desk, turn: Turn, press: Manage) -> Response | None:
    """Handle a button of the form; `None` when it belongs to no open dialogue."""
    _ = desk.voices.of(turn.language)
    if press.what == "cancel":
        await dialogues.end(desk.services, turn)
        return Response(edit=cohort_form.cancelled(_))
    if not (await access(desk.services, turn)).is_facilitator:
        return None
    if press.what == "new":
        started = await on_newcohort(desk, turn, Said())
        return Response(edit=started.messages[0])
    draft = await dialogues.draft(desk.services, turn)
    if draft is None or draft.kind not in (MAKING, CHANGING):
        return None
    if press.what == "zone" and local_time.is_zone(press.value):
        return await _zone(desk, turn, draft, press.value)
    if draft.kind == CHANGING:
        return None
    if press.what == "skip" and draft.body["step"] == press.value and press.value in OPTIONAL:
        body = _after(draft.body, press.value, None)
        return Response(edit=await _ask(desk, turn, body))
    if press.what == "make" and draft.body["step"] == _CONFIRM:
        return await _made(desk, turn, draft)
    return None


async def field(desk: Desk, turn: Turn, cohort: int, step: str) -> Response | None:
    """Ask for the new value of one field of a cohort."""
    found = await cohorts.led(desk.services, turn, cohort)
    if isinstance(found, NotAllowed) or step not in STEPS:
        return None
    await dialogues.begin(desk.services, turn, CHANGING, {"cohort": cohort, "field": step})
    _ = desk.voices.of(turn.language)
    return Response(edit=cohort_form.ask(_, step, cohort=cohort))


async def clear(desk: Desk, turn: Turn, cohort: int, step: str) -> Response | None:
    """Clear one field of a cohort."""
    if step not in OPTIONAL:
        return None
    empty = "" if step == "welcome" else None
    return await _changed(desk, turn, cohort, step, empty, in_place=True)


async def _made(desk: Desk, turn: Turn, draft: Draft) -> Response:
    _ = desk.voices.of(turn.language)
    match await cohorts.make(desk.services, turn, wanted(draft.body)):
        case NotAllowed():
            return Response(toast=notices.not_yours(_))
        case cohorts.Enough() as reached:
            return Response((cohort_form.enough(_, reached),))
        case cohorts.Led() as made:
            return Response(edit=cohorts_rendering.one(_, made))


async def _zone(desk: Desk, turn: Turn, draft: Draft, zone: str) -> Response | None:
    if draft.kind == CHANGING:
        if draft.body["field"] != "zone":
            return None
        cohort = draft.body["cohort"]
        return await _changed(desk, turn, cohort, "zone", zone, in_place=True)
    if draft.body["step"] != "zone":
        return None
    return Response(edit=await _ask(desk, turn, _after(draft.body, "zone", zone)))


async def _answered(
    desk: Desk, turn: Turn, step: str, said: Said, about: Mapping[str, Any]
) -> str | int | Reply:
    """The value that was typed, or the reply to text that is not valid."""
    _ = desk.voices.of(turn.language)
    asked = Asked(
        turn.at, _.locale, about.get("zone"), about.get("starts_at"), about.get("deadline")
    )
    answer = read(step, said.text, asked)
    if answer is None:
        return cohort_form.wrong(_, step)
    if not isinstance(answer, tuple):
        return answer
    return answer[0] if len(answer) == 1 else cohort_form.which_zone(_, answer)


async def _changed(
    desk: Desk, turn: Turn, cohort: int, step: str, value: str | int | None, *, in_place: bool
) -> Response:
    _ = desk.voices.of(turn.language)
    changed = await cohorts.change(desk.services, turn, cohort, FIELDS.get(step, step), value)
    if isinstance(changed, NotAllowed):
        return _refused(_, in_place=in_place)
    screen = cohorts_rendering.one(_, changed)
    return Response(edit=screen) if in_place else Response((screen,))


def _refused(_: Voice, *, in_place: bool) -> Response:
    said = notices.not_yours(_)
    return Response(toast=said) if in_place else Response((Reply(said),))


def _after(body: Mapping[str, Any], step: str, value: str | int | None) -> dict[str, Any]:
    """The body of the dialogue after an answer."""
    following = (*STEPS, _CONFIRM)[STEPS.index(step) + 1]
    return {**body, FIELDS.get(step, step): value, "step": following}


async def _ask(desk: Desk, turn: Turn, body: Mapping[str, Any]) -> Reply:
    await dialogues.begin(desk.services, turn, MAKING, body)
    _ = desk.voices.of(turn.language)
    if body["step"] == _CONFIRM:
        return cohorts_rendering.wanted(_, wanted(body))
    offered = await _zones(desk, turn) if body["step"] == "zone" else ()
    return cohort_form.ask(_, body["step"], zones=offered)


async def _zones(desk: Desk, turn: Turn) -> tuple[str, ...]:
    """Load the time zones of the person's other cohorts, newest first."""
    mine = await cohorts.all_led(desk.services, turn)
    if isinstance(mine, NotAllowed):
        return ()
    return tuple(dict.fromkeys(one.zone for one in mine))[:3]
