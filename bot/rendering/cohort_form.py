"""The form of a cohort: a question for each step, and replies to answers that are not valid."""

from collections.abc import Sequence

from bot.actions.cohort_changes import CohortLimitReached
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.parsing.cohort_form import (
    MAX_CAPACITY,
    MAX_WELCOME_LENGTH,
    OPTIONAL_STEPS,
    CohortDescription,
    ParsedLine,
)
from bot.rendering import parts
from bot.rendering.cohort_calendar import FieldQuestion, last_row, question_text
from bot.rendering.cohorts import cohort_button, cohort_dates, welcome_text
from course.cohorts.names import MAX_NAME_LENGTH


def ask_step(_: Translator, asked: FieldQuestion) -> Reply:
    """Asks for one value."""
    text = parts.join_paragraphs(parts.bold(question_text(_, asked.step)), _hint(_, asked.step))
    return Reply(text, _rows(_, asked))


def confirm_new_cohort(_: Translator, described: CohortDescription) -> Reply:
    """The form of a new cohort: what it is so far, what may be added, and the button to make it."""
    text = parts.join_paragraphs(
        _("This is the cohort as I understand it:"),
        parts.bold(parts.safe_name(described.name))
        + "\n"
        + parts.plain_text(_.city(described.zone)),
        cohort_dates(_, described),
        _.ngettext("{number} place.", "{number} places.", described.capacity)
        if described.capacity is not None
        else _("No limit of people."),
        welcome_text(_, described.welcome),
        _("Make it now, or add something first. All of it can be changed later."),
    )
    optional = [cohort_button(label, "set", 0, step) for step, label in _optional_fields(_).items()]
    make = cohort_button(_("Make it"), "make")
    return Reply(
        text, ((make,), *parts.rows_of(2, optional), last_row(_, FieldQuestion("confirm")))
    )


def which_zone(_: Translator, found: Sequence[str]) -> Reply:
    """Asks which of several places of that name is meant."""
    rows = parts.column(cohort_button(_.city(each), "zone", 0, each) for each in found[:6])
    return Reply(_("Which of these is it?"), (*rows, last_row(_, FieldQuestion("zone"))))


def wrong_answer(_: Translator, asked: FieldQuestion) -> Reply:
    """Tells what a valid answer looks like; the buttons of the question stay."""
    return Reply(_problem(_, asked.step), _rows(_, asked))


def wrong_line(_: Translator, line: ParsedLine) -> Reply:
    """Tells everything that is wrong in a line, and shows an example."""
    problems = [_problem(_, step) for step in line.wrong_steps]
    problems += [
        _("I do not know what this means: {part}", part=parts.plain_text(part[:60]))
        for part in line.unknown_parts[:5]
    ]
    text = parts.join_paragraphs(
        _("I could not read all of this line, so I made nothing."),
        "\n".join(f"- {problem}" for problem in problems),
        _("A line looks like this:")
        + "\n"
        + parts.plain_text(
            "/newcohort Nairobi, March; zone Nairobi; start 1 March; deadline 31 March 18:00;"
            " places 30; welcome Karibu"
        ),
        _("The name comes first, the rest may be left out. Or type /newcohort alone."),
    )
    return Reply(text)


def cohort_limit_reached(_: Translator, reached: CohortLimitReached) -> Reply:
    """Somebody leads as many cohorts as they may."""
    return Reply(
        _.ngettext(
            "One person may lead {number} cohort here, and you do. End one with /cohorts before you"
            " make another, or ask whoever runs this bot to allow more.",
            "One person may lead {number} cohorts here, and you do. End one with /cohorts before"
            " you make another, or ask whoever runs this bot to allow more.",
            reached.most,
        )
    )


def cancelled(_: Translator) -> Reply:
    """Tells that the dialogue was ended."""
    return Reply(_("All right. Nothing was changed."))


def nothing_to_cancel(_: Translator) -> Reply:
    """Tells that there was no dialogue to end."""
    return parts.with_continue(_, _("There is nothing to cancel."))


def _hint(_: Translator, step: str) -> str:
    return {
        "name": _("Everybody in it sees the name. For example: Nairobi, March"),
        "zone": _("Type the name of a city, for example: Nairobi"),
        "starts": _("Type a day, for example: 1 March"),
        "deadline": _("Type a day, and a time if you like, for example: 31 March 18:00"),
        "welcome": _("Two or three sentences. Please name no real cases."),
        "capacity": _("Type a number, for example: 30"),
    }[step]


def _problem(_: Translator, step: str) -> str:
    return {
        "name": _(
            "A name needs at least one letter or digit and has {most} characters at most.",
            most=_.number(MAX_NAME_LENGTH),
        ),
        "zone": _("I do not know this place. Please type a big city of the same time, or UTC."),
        "starts": f"{_wrong_day(_)}\n" + _("It has to come before the deadline."),
        "deadline": f"{_wrong_day(_)}\n"
        + _("A time may stand behind it. The deadline has to come after the start."),
        "welcome": _(
            "The text may have {most} characters at most. Please shorten it.",
            most=_.number(MAX_WELCOME_LENGTH),
        ),
        "capacity": _("Please type a number from 1 to {most}.", most=_.number(MAX_CAPACITY)),
    }[step]


def _wrong_day(_: Translator) -> str:
    return _(
        "I could not read this as a day within the next year. Please write the month as a word,"
        " as in 3 April. I also understand next Monday, or in 6 weeks."
    )


def _optional_fields(_: Translator) -> dict[str, str]:
    labels = {
        "deadline": _("Deadline"), "starts": _("Start"), "welcome": _("Welcome text"),
        "capacity": _("Places"),
    }  # fmt: skip
    return {step: labels[step] for step in OPTIONAL_STEPS}


def _rows(_: Translator, asked: FieldQuestion) -> Rows:
    offered = parts.column(cohort_button(_.city(each), "zone", 0, each) for each in asked.zones)
    calendar = (cohort_button(_("Choose from a calendar"), "weeks", 0, "0"),) if asked.today else ()
    return parts.filled(*offered, calendar, _without_button(_, asked), last_row(_, asked))


def _without_button(_: Translator, asked: FieldQuestion) -> tuple[Button, ...]:
    """The button that leaves an optional field without a value."""
    if asked.step not in OPTIONAL_STEPS:
        return ()
    if asked.cohort:
        return (cohort_button(_("Take it away"), "clear", asked.cohort, asked.step),)
    label = _("Take it away") if asked.is_set else _("Skip")
    return (cohort_button(label, "skip", 0, asked.step),)
