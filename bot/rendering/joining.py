"""Following an invitation link, membership in a cohort, and leaving it."""

from collections.abc import Sequence

from bot.actions.joining import Invited, Joined, Offered, Taken
from bot.callback_data import Manage
from bot.i18n import Voice
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.cohorts import date_of, deadline_of
from course.cohorts.names import LONGEST_NAME
from storage.cohorts import Cohort
from storage.invitations import Kind
from storage.memberships import Membership

_MOST = 6


def invited(_: Voice, found: Invited) -> Reply:
    """Asks whether a learner wants to join, and says what their facilitators will see."""
    cohort = found.cohort
    text = parts.lines(
        _("You are invited to learn together with others.")
        + "\n"
        + parts.bold(parts.name(cohort.name)),
        _dates(_, cohort),
        what_they_see(_),
        _(
            "You have a name there: {name}. Or choose one yourself. You can leave at any time;"
            " your place in the course stays yours.",
            name=parts.bold(parts.plain_text(found.pseudonym)),
        ),
    )
    rows = (
        (_button(_("Join as {name}", name=found.pseudonym), "join"),),
        (_button(_("Choose my own name"), "join-named"),),
        (_button(_("Do not join"), "no"),),
    )
    return Reply(text, rows)


def what_they_see(_: Voice) -> str:
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


def ask_name(_: Voice) -> Reply:
    """Asks for the name that a learner wants to have."""
    text = parts.lines(
        _("Which name should your facilitators see?"),
        _(
            "Type it now, at most {most} characters. It need not be your real name.",
            most=_.number(LONGEST_NAME),
        ),
    )
    return Reply(text, ((_button(_("Cancel"), "no"),),))


def wrong_name(_: Voice) -> Reply:
    """Tells that the typed text cannot be a name."""
    return Reply(
        _(
            "A name needs at least one letter or digit and has {most} characters at most. Please"
            " type another one.",
            most=_.number(LONGEST_NAME),
        ),
        ((_button(_("Cancel"), "no"),),),
    )


def joined(_: Voice, happened: Joined) -> Reply:
    """Tells that the learner has joined a cohort."""
    cohort = happened.cohort
    text = parts.lines(
        _("You are in.") + "\n" + parts.bold(parts.name(cohort.name)),
        parts.quotation(parts.plain_text(cohort.welcome)) if cohort.welcome else None,
        _("Your facilitators see you as {name}.", name=parts.name(happened.membership.called)),
        _dates(_, cohort),
        _("Messages from me are off, so theirs will not reach you. /start turns them on.")
        if happened.visit.stopped
        else None,
        _("/name changes the name, /leave ends it."),
    )
    return Reply(text, ((parts.continue_button(_),),))


def member(_: Voice, found: Membership) -> Reply:
    """Tells that the learner is in this cohort already."""
    text = parts.lines(
        _("You belong to this cohort already.") + "\n" + parts.bold(parts.name(found.cohort_name)),
        _("Your facilitators see you as {name}.", name=parts.name(found.called)),
    )
    return Reply(text, ((parts.continue_button(_),),))


def nowhere(_: Voice) -> Reply:
    """Tells that a link is not valid: the same text for unknown and for expired links."""
    return Reply(
        _(
            "This link does not work, or no longer. Please ask whoever gave it to you for a new"
            " one."
        ),
        ((parts.continue_button(_),),),
    )


def too_many(_: Voice) -> Reply:
    """Tells that too many invalid links were opened."""
    return Reply(
        _("Too many links that do not work. Please try again in an hour."),
        ((parts.continue_button(_),),),
    )


def full(_: Voice) -> Reply:
    """Tells that the cohort of a valid link is full."""
    return Reply(
        _("There is no place left in this cohort. Please tell whoever gave you the link."),
        ((parts.continue_button(_),),),
    )


def declined(_: Voice) -> Reply:
    """Tells that nothing was changed after a refusal."""
    return Reply(_("All right. Nothing was changed."), ((parts.continue_button(_),),))


def offered(_: Voice, found: Offered) -> Reply:
    """Asks whether a person accepts a role."""
    text = parts.lines(
        _("You are asked to help run this course.") + "\n" + parts.bold(_role(_, found)),
        _(
            "What you do as such is kept in a log with your Telegram user ID: what, when and to"
            " which cohort, never any text."
        ),
        _("Do you agree?"),
    )
    return Reply(text, ((_button(_("I agree"), "accept"), _button(_("No"), "no")),))


def taken(_: Voice, happened: Taken) -> Reply:
    """Tells that the person has a new role."""
    text = parts.lines(
        _("Done. You can begin at once.") + "\n" + parts.bold(_role(_, happened)),
        _("/cohorts lists your cohorts, /help all your commands. They are in the menu now, too."),
    )
    return Reply(text)


def leaving(_: Voice, mine: Sequence[Membership]) -> Reply:
    """Asks which cohort to leave."""
    if not mine:
        return no_cohort(_)
    text = parts.lines(
        _("Which cohort do you want to leave?"),
        _(
            "Its facilitators then no longer see you, and the name you chose there is deleted. Your"
            " place in the course stays yours."
        ),
    )
    rows = tuple((_button(one.cohort_name, "leave", one.cohort),) for one in mine[:_MOST])
    return Reply(text, (*rows, (_button(_("Stay"), "no"),)))


def sure(_: Voice, found: Membership) -> Reply:
    """Asks for confirmation before a cohort is left."""
    text = _("Leave this cohort?") + "\n" + parts.bold(parts.name(found.cohort_name))
    leave = _button(_("Leave"), "leave-now", found.cohort)
    return Reply(text, ((leave, _button(_("Stay"), "no")),))


def left(_: Voice, found: Membership | None) -> Reply:
    """Tells that the learner has left, or was not in the cohort."""
    if found is None:
        return Reply(_("You are not in this cohort."), ((parts.continue_button(_),),))
    text = _("You have left this cohort.") + "\n" + parts.bold(parts.name(found.cohort_name))
    return Reply(text, ((parts.continue_button(_),),))


def names(_: Voice, mine: Sequence[Membership]) -> Reply:
    """How facilitators see the learner, and how to change that."""
    if not mine:
        return no_cohort(_)
    text = parts.lines(
        _("How your facilitators see you:"),
        "\n".join(
            _("{name} in {cohort}", name=parts.name(one.called), cohort=parts.name(one.cohort_name))
            for one in mine
        ),
        _("To change it, type the new name now, or press a button."),
    )
    given = _button(_("Use the name I was given"), "pseudonym")
    return Reply(text, ((given,), (_button(_("Leave it as it is"), "no"),)))


def no_cohort(_: Voice) -> Reply:
    """Tells that the learner is in no cohort."""
    return Reply(
        _("You belong to no cohort. A link from a facilitator leads into one."),
        ((parts.continue_button(_),),),
    )


def _dates(_: Voice, cohort: Cohort) -> str | None:
    start, deadline = cohort.starts_at, cohort.deadline
    dates = (
        start and _("Start: {date}", date=date_of(_, start, cohort.zone)),
        deadline and _("Deadline: {date}", date=deadline_of(_, deadline, cohort.zone)),
    )
    return "\n".join(date for date in dates if date) or None


def _role(_: Voice, found: Offered | Taken) -> str:
    if found.cohort is not None:
        return _("Facilitator of {name}", name=parts.name(found.cohort.name))
    if found.kind is Kind.ADMIN:
        return _("Admin: may do everything")
    return _("Facilitator: may make cohorts")


def _button(label: str, what: str, number: int = 0) -> Button:
    return parts.button(label, Manage("i", what, number))
