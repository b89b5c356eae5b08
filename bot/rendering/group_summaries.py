"""The weekly summary of a cohort for its group."""

from bot.i18n import Voice
from bot.messages import Reply
from bot.rendering import parts
from course.cohorts.group_summaries import FEWEST, Summary


def weekly(_: Voice, found: Summary) -> Reply:
    """The figures, without names; none for a group so small that they would identify people."""
    if found.members < FEWEST:
        return Reply(
            _.ngettext(
                "Your weekly summary: there are fewer than {number} people in this cohort, so I"
                " tell no figures.",
                "Your weekly summary: there are fewer than {number} people in this cohort, so I"
                " tell no figures.",
                FEWEST,
            )
        )
    text = parts.lines(
        parts.bold(_("Your weekly summary")),
        "\n".join(
            (
                _("People: {number}", number=_.number(found.members)),
                _("Have begun: {number}", number=_few(_, found.begun, found.members)),
                _(
                    "Learned in the last seven days: {number}",
                    number=_few(_, found.learned, found.members),
                ),
                _("Have finished: {number}", number=_few(_, found.finished, found.members)),
                _("Done of all lessons together: {number} percent", number=_.number(found.percent)),
            )
        ),
        _("Your place is kept in your chat with me."),
    )
    return Reply(text)


def _few(_: Voice, number: int, members: int) -> str:
    """A figure, unless it is about so few members, or all but so few.

    Where a group is so small that both may apply, "all" is not told exactly either: it would reveal
    the suppressed number.
    """
    if 0 < number < FEWEST:
        return _("fewer than {number}", number=_.number(FEWEST))
    others = members - number
    if number and (0 < others < FEWEST or members < 2 * FEWEST):
        return _("at least {number}", number=_.number(max(FEWEST, members - FEWEST + 1)))
    return _.number(number)
