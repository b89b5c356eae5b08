"""Reports of mistakes in the course: /reports, and its buttons; for admins."""

from bot.actions import mistake_reports
from bot.actions.learner_state import Interaction
from bot.callback_data import ManagePress
from bot.context import Context
from bot.handlers.message_content import MessageContent
from bot.handlers.permissions import Buttons
from bot.messages import Response
from bot.parsing.typed_answers import parse_whole_number
from bot.rendering.mistake_reports import report_closed, report_page, reported_place


async def reports_command(
    context: Context, interaction: Interaction, _message: MessageContent
) -> Response:
    """/reports: what learners reported, oldest first."""
    page = await mistake_reports.fetch_report_at(context.services, 0)
    return Response((report_page(context.translator_of(interaction), context.course, page),))


async def report_pressed(
    context: Context, interaction: Interaction, press: ManagePress, _message: int
) -> Response | None:
    """Show a report or its place, or close it."""
    _, course, services = context.translator_of(interaction), context.course, context.services
    match press.action:
        case "list":
            index = parse_whole_number(press.value) or 0
            page = await mistake_reports.fetch_report_at(services, index)
            return Response(edit=report_page(_, course, page))
        case "done" | "thank":
            thanks = press.action == "thank"
            is_closed = await mistake_reports.close_report(
                services, interaction, press.target, thanks=thanks
            )
            page = await mistake_reports.fetch_report_at(services, 0)
            toast = report_closed(_, thanks=thanks) if is_closed else None
            return Response(edit=report_page(_, course, page), toast=toast)
        case _show:
            page = await mistake_reports.fetch_report(services, press.target)
            if page.report is None or page.report.number != press.target:
                return Response(edit=report_page(_, course, page))
            if press.action == "place" and (place := reported_place(_, course, page)) is not None:
                return Response(edit=place)
            return Response(edit=report_page(_, course, page))


BUTTONS = Buttons(report_pressed, admins={"list", "show", "place", "done", "thank"})
