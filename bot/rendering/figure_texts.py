"""Numbers of statistics as text: people in fives, medians, shares, and differences of shares."""

from bot.i18n import Translator
from course.statistics.suppression import MIN_PEOPLE, People


def people_text(_: Translator, number: People) -> str:
    """A number of people, rounded for suppression."""
    if number.are_few:
        return _("fewer than {number}", number=_.number(MIN_PEOPLE))
    return _.number(number.at_least)


def rounding_note(_: Translator) -> str:
    """The note on how people are counted."""
    return _(
        "People are counted in fives, rounded down; fewer than {number} may be nobody.",
        number=_.number(MIN_PEOPLE),
    )


def minutes_text(_: Translator, number: int | None) -> str:
    """A median, or that it is suppressed."""
    return hidden_text(_) if number is None else minutes_number(_, number)


def percent_text(_: Translator, number: int | None) -> str:
    """A share, or that it is suppressed."""
    return hidden_text(_) if number is None else percent_number(_, number)


def minutes_number(_: Translator, number: int) -> str:
    """A number of minutes."""
    return _.ngettext("{number} minute", "{number} minutes", number)


def percent_number(_: Translator, number: int) -> str:
    """A number of percent."""
    return _("{number} percent", number=_.number(number))


def hidden_text(_: Translator) -> str:
    """That a figure is suppressed."""
    return _("not shown, too few people")


def points_text(_: Translator, difference: float) -> str:
    """A difference of two shares in percentage points, with its sign."""
    points = round(100 * difference)
    return f"+{_.number(points)}" if points > 0 else _.number(points)
