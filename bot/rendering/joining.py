"""Following an invitation link, membership in a cohort, and leaving it."""

from collections.abc import Sequence

from bot.actions.joining import Invited, Joined
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.dates import date_text, deadline_text
from bot.rendering.pages import course_in_short
from course.cohorts.names import MAX_NAME_LENGTH
from course.model import Course
from storage.cohorts import Cohort
from storage.memberships import Membership

_MAX_COHORTS = 6


def ask_to_join(_: Translator, found: Invited, course: Course | None) -> Reply:
    """Asks whether a learner wants to join, and says what their facilitators will see.

    Args:
        course: to present to somebody new, who begins by joining, or by not joining; else `None`.
    """
    cohort = found.cohort
    text = parts.join_paragraphs(
        _("You are invited to learn together with others.")
        + "\n"
        + parts.bold(parts.safe_name(cohort.name)),
        _dates(_, cohort),
        None if course is None else course_in_short(_, course),
        what_they_see(_),
        _(
            "You have a name there: {name}. Or choose one yourself. You can leave at any time;"
            " your place in the course stays yours.",
            name=parts.bold(parts.plain_text(found.pseudonym)),
        ),
    )
    rows = (
        (join_button(_("Join as {name}", name=found.pseudonym), "join"),),
        (join_button(_("Choose my own name"), "join-named"),),
        (join_button(_("Do not join"), "no"),),
    )
    return Reply(text, rows)


def what_they_see(_: Translator) -> str:
    """What facilitators see of a learner, and what they do not see."""
    return (
        _(
            "Its facilitators will see: the name you choose here, how far you are, which questions"
            " you find hard, when you last learned, and whether messages reach you, but not why."
            " They can write to those with one language, where at least five of you have it."
        )
        + " "
        + _(
            "They will not see your Telegram name, your number or your phone number, nor other"
            " cohorts of yours. They can write to you through me."
        )
    )


def ask_name(_: Translator) -> Reply:
    """Asks for the name that a learner wants to have."""
    text = parts.join_paragraphs(
        _("Which name should your facilitators see?"),
        _(
            "Type it now, at most {most} characters. It need not be your real name.",
            most=_.number(MAX_NAME_LENGTH),
        ),
    )
    return Reply(text, ((join_button(_("Cancel"), "no"),),))


def wrong_name(_: Translator) -> Reply:
    """Tells that the typed text cannot be a name."""
    return Reply(
        _(
            "A name needs at least one letter or digit and has {most} characters at most. Please"
            " type another one.",
            most=_.number(MAX_NAME_LENGTH),
        ),
        ((join_button(_("Cancel"), "no"),),),
    )


def joined(_: Translator, happened: Joined) -> Reply:
    """Tells that the learner has joined a cohort."""
    cohort = happened.cohort
    return parts.with_continue(
        _,
        _("You are in.") + "\n" + parts.bold(parts.safe_name(cohort.name)),
        parts.quotation(parts.plain_text(cohort.welcome)) if cohort.welcome else None,
        _seen_as(_, happened.membership),
        _dates(_, cohort),
        _("Messages from me are off, so theirs will not reach you. /start turns them on.")
        if happened.learner_state.stopped
        else None,
        _("/name changes the name, /leave ends it."),
    )


def _seen_as(_: Translator, membership: Membership) -> str:
    name = parts.safe_name(membership.display_name)
    return parts.one_full_stop(_("Your facilitators see you as {name}.", name=name), name)


def already_member(_: Translator, found: Membership) -> Reply:
    """Tells that the learner is in this cohort already."""
    return parts.with_continue(
        _,
        _("You belong to this cohort already.")
        + "\n"
        + parts.bold(parts.safe_name(found.cohort_name)),
        _seen_as(_, found),
    )


def invalid_link(_: Translator) -> Reply:
    """Tells that a link is not valid: the same text for unknown and for expired links."""
    return parts.with_continue(
        _,
        _(
            "This link does not work, or no longer. Please ask whoever gave it to you for a new"
            " one."
        ),
    )


def too_many_attempts(_: Translator) -> Reply:
    """Tells that too many invalid links were opened."""
    return parts.with_continue(
        _, _("Too many links that do not work. Please try again in an hour.")
    )


def cohort_full(_: Translator) -> Reply:
    """Tells that the cohort of a valid link is full."""
    return parts.with_continue(
        _, _("There is no place left in this cohort. Please tell whoever gave you the link.")
    )


def declined(_: Translator) -> Reply:
    """Tells that nothing was changed after a refusal."""
    return parts.with_continue(_, _("All right. Nothing was changed."))


def which_to_leave(_: Translator, mine: Sequence[Membership]) -> Reply:
    """Asks which cohort to leave."""
    if not mine:
        return no_cohort(_)
    text = parts.join_paragraphs(
        _("Which cohort do you want to leave?"),
        _(
            "Its facilitators then no longer see you, and the name you chose there is deleted. Your"
            " place in the course stays yours."
        ),
    )
    rows = tuple(
        (join_button(one.cohort_name, "leave", one.cohort),) for one in mine[:_MAX_COHORTS]
    )
    return Reply(text, (*rows, (join_button(_("Stay"), "no"),)))


def confirm_leave(_: Translator, found: Membership) -> Reply:
    """Asks for confirmation before a cohort is left."""
    text = _("Leave this cohort?") + "\n" + parts.bold(parts.safe_name(found.cohort_name))
    leave = join_button(_("Leave"), "leave-now", found.cohort)
    return Reply(text, ((leave, join_button(_("Stay"), "no")),))


def cohort_left(_: Translator, found: Membership | None) -> Reply:
    """Tells that the learner has left, or was not in the cohort."""
    if found is None:
        return parts.with_continue(_, _("You are not in this cohort."))
    text = _("You have left this cohort.") + "\n" + parts.bold(parts.safe_name(found.cohort_name))
    return parts.with_continue(_, text)


def display_names(_: Translator, mine: Sequence[Membership]) -> Reply:
    """How facilitators see the learner, and how to change that."""
    if not mine:
        return no_cohort(_)
    text = parts.join_paragraphs(
        _("How your facilitators see you:"),
        "\n".join(_name_line(_, one) for one in mine),
        _("To change it, type the new name now, or press a button."),
    )
    given = join_button(_("Use the name I was given"), "pseudonym")
    return Reply(text, ((given,), (join_button(_("Leave it as it is"), "no"),)))


def _name_line(_: Translator, one: Membership) -> str:
    name, cohort = parts.safe_name(one.display_name), parts.safe_name(one.cohort_name)
    return _("{name} in {cohort}", name=name, cohort=cohort)


def no_cohort(_: Translator) -> Reply:
    """Tells that the learner is in no cohort."""
    return parts.with_continue(
        _, _("You belong to no cohort. A link from a facilitator leads into one.")
    )


def _dates(_: Translator, cohort: Cohort) -> str | None:
    start, deadline = cohort.starts_at, cohort.deadline
    dates = (
        start and _("Start: {date}", date=date_text(_, start, cohort.zone)),
        deadline and _("Deadline: {date}", date=deadline_text(_, deadline, cohort.zone)),
    )
    return "\n".join(date for date in dates if date) or None


def join_button(label: str, what: str, number: int = 0) -> Button:
    """A button about joining or leaving."""
    return parts.button(label, ManagePress("i", what, number))
