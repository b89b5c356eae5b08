"""/bind and /unbind, which let a group have the weekly summary of a cohort."""

from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts


def group_bound(_: Translator) -> Reply:
    """Tells a group that it now gets a cohort's weekly summary."""
    return Reply(
        parts.join_paragraphs(
            _("This group now gets a short summary once a week: how many people are how far."),
            _("It names nobody. I say nothing else here, and I read nothing here."),
            _("A facilitator ends it with /unbind."),
        )
    )


def in_group_only(_: Translator) -> Reply:
    """Tells that /bind and /unbind work in groups only."""
    return Reply(
        _(
            "Add me to the group and type /bind there, with the name of the cohort behind it. The"
            " group then gets a short summary once a week, without names."
        )
    )


def bind_needs_name(_: Translator, command: str) -> Reply:
    """Asks, in a group, for the name of the cohort.

    Args:
        command: the command that was typed, "bind" or "unbind".
    """
    return Reply(
        _(
            "Please type the name of your cohort behind it: {example}",
            example=f"/{command} Nairobi",
        )
    )


def bind_not_found(_: Translator, command: str) -> Reply:
    """Tells, in a group, that the facilitator has no such cohort."""
    if command == "unbind":
        return Reply(_("No cohort of yours with that name has its summary sent here."))
    return Reply(_("You have no cohort with that name. /cohorts in our private chat lists yours."))


def group_unbound(_: Translator) -> Reply:
    """Tells a group that it no longer gets a summary."""
    return Reply(_("This group gets no summary any more."))
