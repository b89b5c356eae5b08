"""What each figure of the statistics counts."""

from collections.abc import Callable, Sequence

from bot.actions.statistics import StatisticsView
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.figure_texts import rounding_note
from bot.rendering.statistics import back_button
from course.statistics.suppression import MIN_PEOPLE

_DEFINITIONS: Sequence[Callable[[Translator], tuple[str, str]]] = (
    lambda _: (_("Enrolled"), _("people who wrote to me for the first time in these days.")),
    lambda _: (_("Started"), _("people who read or answered their first thing in these days.")),
    lambda _: (
        _("Active"),
        _("people who read or answered something: in these days; of all days, in the last 7."),
    ),
    lambda _: (
        _("Finished"),
        _("people who came to the end: every card read, every question passed."),
    ),
    lambda _: (
        _("Time to finish"),
        _("minutes of learning, breaks left out; half of those who finished took at most so many."),
    ),
    lambda _: (
        _("First answers right"),
        _("of the answers people gave when a question came for the first time."),
    ),
    lambda _: (
        _("Funnel"),
        _("how many of those who enrolled in these days have done each lesson, whenever."),
    ),
    lambda _: (_("Closed"), _("people who came to the end of a module in these days.")),
    lambda _: (_("Answered"), _("people who chose an answer that a broadcast offered.")),
    lambda _: (
        _("Held out"),
        _("times that a reminder was left out by chance, to see what reminders do."),
    ),
    lambda _: (
        _("A cohort"),
        _("whoever belongs to it now, with all they did, also before they joined it."),
    ),
    lambda _: (_("Days"), _("go from midnight to midnight in UTC, today among them.")),
)
"""Each figure, and what it counts."""


def definitions(_: Translator, view: StatisticsView) -> Reply:
    """What each figure counts."""
    listed = (defined(_) for defined in _DEFINITIONS)
    hidden = _(
        "A share or a median is hidden where fewer than {number} people stand behind it, or"
        " where two figures set against each other would tell of so few.",
        number=_.number(MIN_PEOPLE),
    )
    text = parts.join_paragraphs(
        parts.bold(_("What is counted")),
        "\n".join(f"{parts.bold(word)}: {meaning}" for word, meaning in listed),
        f"{rounding_note(_)} {hidden}",
        _("Who has deleted their data stays in the sums, without a trace of who it was."),
    )
    return Reply(text, ((back_button(_, view),),))
