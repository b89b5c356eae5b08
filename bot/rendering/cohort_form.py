"""The form of a cohort: a question for each step, and replies to answers that are not valid."""

from collections.abc import Sequence

from bot.actions.cohort_changes import CohortLimitReached
from bot.i18n import Translator
from bot.messages import Reply, Rows
from bot.parsing.cohort_form import (
    MAX_CAPACITY,
    MAX_WELCOME_LENGTH,
    OPTIONAL_STEPS,
    STEPS,
    ParsedLine,
)
from bot.rendering import parts
from bot.rendering.cohorts import cohort_button
from course.cohorts.names import MAX_NAME_LENGTH


def ask_step(_: Translator, step: str, *, zones: Sequence[str] = (), cohort: int = 0) -> Reply:
    """Asks for one value.

    Args:
        zones: IANA names to offer.
        cohort: the id of the cohort that is changed; 0 for a new one.
    """
    number = _(
        "Step {step} of {steps}",
        step=_.number(STEPS.index(step) + 1),
        steps=_.number(len(STEPS)),
    )
    text = parts.join_paragraphs(
        None if cohort else number, parts.bold(_question(_, step)), _hint(_, step)
    )
    return Reply(text, _rows(_, step, zones, cohort))


def which_zone(_: Translator, found: Sequence[str]) -> Reply:
    """Asks which of several places of that name is meant."""
    return Reply(
        _("Which of these is it?"),
        tuple((cohort_button(_.city(each), "zone", 0, each),) for each in found[:6]),
    )


def wrong_answer(_: Translator, step: str) -> Reply:
    """Tells what a valid answer to a step looks like."""
    said = {
        "name": _(
            "A name needs at least one letter or digit and has {most} characters at most.",
            most=_.number(MAX_NAME_LENGTH),
        ),
        "zone": _("I do not know this place. Please type a big city of the same time, or UTC."),
        "starts": _wrong_day(_) + " " + _("It has to come before the deadline."),
        "deadline": _wrong_day(_)
        + " "
        + _("A time may stand behind it. The deadline has to come after the start."),
        "welcome": _(
            "The text may have {most} characters at most. Please shorten it.",
            most=_.number(MAX_WELCOME_LENGTH),
        ),
        "capacity": _(
            "Please type a number from 1 to {most}.",
            most=_.number(MAX_CAPACITY),
        ),
    }[step]
    return Reply(said, ((cohort_button(_("Cancel"), "cancel"),),))


def wrong_line(_: Translator, line: ParsedLine) -> Reply:
    """Tells everything that is wrong in a line, and shows an example."""
    problems = [wrong_answer(_, step).text for step in line.wrong_steps]
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


def _question(_: Translator, step: str) -> str:
    return {
        "name": _("What is the cohort called?"),
        "zone": _("By the clock of which city do its dates go?"),
        "starts": _("On which day does it start?"),
        "deadline": _("Until when should everybody be done?"),
        "welcome": _("What should people read when they join?"),
        "capacity": _("How many people may join?"),
    }[step]


def _hint(_: Translator, step: str) -> str:
    return {
        "name": _("Everybody in it sees the name. For example: Nairobi, March"),
        "zone": _("Type the name of a city, for example: Nairobi"),
        "starts": _("Type a day, for example: 1 March"),
        "deadline": _("Type a day, and a time if you like, for example: 31 March 18:00"),
        "welcome": _("Two or three sentences. Please name no real cases."),
        "capacity": _("Type a number, for example: 30"),
    }[step]


def _wrong_day(_: Translator) -> str:
    return _(
        "I could not read this as a day within the next year. Please write the month as a word,"
        " for example: 3 April"
    )


def _rows(_: Translator, step: str, zones: Sequence[str], cohort: int) -> Rows:
    offered = tuple((cohort_button(_.city(each), "zone", 0, each),) for each in zones)
    cancel = cohort_button(_("Cancel"), "cancel")
    if step not in OPTIONAL_STEPS:
        return (*offered, (cancel,))
    if cohort:
        return (*offered, (cohort_button(_("Take it away"), "clear", cohort, step), cancel))
    return (*offered, (cohort_button(_("Skip"), "skip", 0, step), cancel))
