"""The weekly summary of a cohort for its group."""

from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from course.cohorts.group_summaries import GroupSummary
from course.statistics.suppression import MIN_PEOPLE


def weekly_summary(_: Translator, found: GroupSummary) -> Reply:
    """The figures, without names; none for a group so small that they would identify people."""
    if found.members < MIN_PEOPLE:
        return Reply(
            _.ngettext(
                "Your weekly summary: there are fewer than {number} people in this cohort, so I"
                " tell no figures.",
                "Your weekly summary: there are fewer than {number} people in this cohort, so I"
                " tell no figures.",
                MIN_PEOPLE,
            )
        )
    text = parts.join_paragraphs(
        parts.bold(_("Your weekly summary")),
        "\n".join(
            (
                _("People: {number}", number=_.number(found.members)),
                _("Have begun: {number}", number=_safe_number(_, found.started, found.members)),
                _(
                    "Learned in the last seven days: {number}",
                    number=_safe_number(_, found.active, found.members),
                ),
                _("Have finished: {number}", number=_safe_number(_, found.finished, found.members)),
                _("Done of all lessons together: {number} percent", number=_.number(found.percent)),
            )
        ),
        _("Your place is kept in your chat with me."),
    )
    return Reply(text)


def _safe_number(_: Translator, number: int, members: int) -> str:
    """A figure, unless it is about so few members, or all but so few.

    Where a group is so small that both may apply, "all" is not told exactly either: it would reveal
    the suppressed number.
    """
    if 0 < number < MIN_PEOPLE:
        return _("fewer than {number}", number=_.number(MIN_PEOPLE))
    others = members - number
    if number and (0 < others < MIN_PEOPLE or members < 2 * MIN_PEOPLE):
        return _("at least {number}", number=_.number(max(MIN_PEOPLE, members - MIN_PEOPLE + 1)))
    return _.number(number)
