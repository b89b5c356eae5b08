"""Roles: offered by a link, given by a contact, and taken back."""

from collections.abc import Sequence

from bot.actions.access import Access
from bot.actions.cohorts import CohortDetails
from bot.actions.invitations import GRANT_DAYS, LinkCreated
from bot.actions.roles import GrantQuestion, RoleGranted, RoleHolder, RoleOffered, RoleTaken
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.cohorts import cohort_button
from bot.rendering.invitations import link_address
from bot.rendering.joining import join_button
from bot.rendering.paging import cut_page
from course.cohorts.names import MAX_NAME_LENGTH
from course.model import LearnerId
from storage.cohorts import Cohort
from storage.invitations import InvitationKind
from storage.roles import Role

_MAX_HOLDERS = 7
_MAX_NAME = 10  # characters of a person's name on a button of at most 40


def choose_role(_: Translator, cohorts: Sequence[tuple[int, str]], *, is_admin: bool) -> Reply:
    """Asks which role to share, in one of `cohorts`, by their ids and names, or in general."""
    text = parts.join_paragraphs(
        parts.bold(_("Share your work with somebody")),
        _(
            "A facilitator of a cohort sees its people, writes to them and invites others. What do"
            " you want to share?"
        ),
    )
    offered = [cohort_button(name, "grant", cohort) for cohort, name in cohorts[:5]]
    if is_admin:
        makes_cohorts = _("Facilitator who makes cohorts")
        offered.append(cohort_button(makes_cohorts, "offer", 0, "facilitator"))
        offered.append(cohort_button(_("Admin: everything"), "offer", 0, "admin"))
    return Reply(text, parts.column(offered))


def role_link(_: Translator, linked: LinkCreated, username: str) -> Reply:
    """A link that gives a role to the first person who accepts it."""
    address = link_address(username, linked.payload)
    text = parts.join_paragraphs(
        parts.bold(_role_text(_, linked.invitation.kind, _cohort_of(linked.details))),
        _("Send this link to the person. It works once:") + "\n" + parts.plain_text(address),
        _.ngettext(
            "It works for {number} day. Or share their contact with me here: I ask you once more,"
            " and they need no link.",
            "It works for {number} days. Or share their contact with me here: I ask you once more,"
            " and they need no link.",
            GRANT_DAYS,
        ),
    )
    return Reply(text, ((cohort_button(_("Cancel"), "cancel"),),))


def confirm_grant(_: Translator, asking: GrantQuestion, name: str) -> Reply:
    """Asks before somebody whose contact was shared is given a role.

    Args:
        name: as the contact calls them.
    """
    text = parts.join_paragraphs(
        parts.bold(_("Give this to them?")),
        _role_text(_, asking.kind, _cohort_of(asking.details)),
        _(
            "To {name}, number {number} at Telegram. They have it at once; /revoke takes it back.",
            name=parts.bold(parts.safe_name(name)),
            number=str(asking.person),
        ),
    )
    give = cohort_button(_("Give it"), "give", 0, str(asking.person))
    return Reply(text, ((give, cohort_button(_("Cancel"), "cancel")),))


def grant_expired(_: Translator) -> str:
    """Toast: what was asked about is over."""
    return _("This is over. /grant begins anew.")


def role_granted(_: Translator, happened: RoleGranted) -> Reply:
    """Tells that a role was given by a contact."""
    text = parts.join_paragraphs(
        _("Done. They have it now:")
        + "\n"
        + _role_text(_, happened.kind, _cohort_of(happened.details)),
        _("They see their new commands in the menu once they have written to me."),
    )
    return Reply(text)


def contact_missing(_: Translator) -> Reply:
    """Tells that a contact was expected."""
    return Reply(
        _(
            "I wait for the contact of somebody who uses Telegram: press the paper clip, then"
            " Contact. Or send them the link. /cancel ends this."
        )
    )


def role_holders(_: Translator, found: Sequence[RoleHolder], me: LearnerId, page: int) -> Reply:
    """The roles that can be taken back."""
    shown = cut_page(found, page, _MAX_HOLDERS)
    text = parts.join_paragraphs(
        parts.bold(_("Take back what was shared")),
        "\n".join(_holder_line(_, one, me) for one in shown.items)
        or _("Nothing is shared with anybody."),
        _("You see the name that each person chose for their role, and their number at Telegram."),
        _("Links that nobody has used yet can be made useless, too."),
    )
    rows = parts.column(_revoke_button(_, one, me) for one in shown.items)
    last = [
        cohort_button(_("My name here"), "role-name"),
        cohort_button(_("Revoke unused links"), "unoffer"),
    ]
    if not shown.is_last:
        last.append(cohort_button(_("More"), "holders", 0, str(shown.number + 1)))
    return Reply(text, (*rows, tuple(last)))


def confirm_revoke(_: Translator, one: RoleHolder, me: LearnerId) -> Reply:
    """Asks for confirmation before a role is taken back."""
    text = parts.join_paragraphs(_("Take this back?"), _holder_line(_, one, me))
    now = _role_button(_("Take it back"), "revoke-now", one)
    return Reply(text, ((now, cohort_button(_("Keep it"), "holders")),))


def role_revoked(_: Translator, one: RoleHolder, me: LearnerId) -> Reply:
    """Tells that a role was taken back."""
    return Reply(
        parts.join_paragraphs(_("Taken back, from this moment on:"), _holder_line(_, one, me))
    )


def offers_revoked(_: Translator) -> str:
    """Toast: unused links to roles were revoked."""
    return _("No unused link works any more.")


def role_offered(_: Translator, found: RoleOffered) -> Reply:
    """Asks whether a person accepts a role."""
    text = parts.join_paragraphs(
        _("You are asked to help run this course.")
        + "\n"
        + parts.bold(_role_text(_, found.kind, found.cohort)),
        _(
            "What you do as such is kept in a log with your Telegram user ID: what, when and to"
            " which cohort, never any text."
        ),
        _("Do you agree?"),
    )
    return Reply(text, ((join_button(_("I agree"), "accept"), join_button(_("No"), "no")),))


def role_taken(_: Translator, happened: RoleTaken) -> Reply:
    """Tells that the person has a new role."""
    text = parts.join_paragraphs(
        _("Done. You can begin at once.")
        + "\n"
        + parts.bold(_role_text(_, happened.kind, happened.cohort)),
        _("/cohorts lists your cohorts, /help all your commands. They are in the menu now, too."),
        None
        if happened.has_name
        else _("Others who run this course see your number. May they see a name beside it?"),
    )
    asking = cohort_button(_("Type a name"), "role-name")
    return Reply(text, () if happened.has_name else ((asking,),))


def ask_role_name(_: Translator) -> Reply:
    """Asks for the name that a person wants for their role."""
    text = parts.join_paragraphs(
        _("Which name should others who run this course see?"),
        _(
            "Type it now, at most {most} characters. Learners do not see it.",
            most=_.number(MAX_NAME_LENGTH),
        ),
    )
    return Reply(text, ((cohort_button(_("Cancel"), "cancel"),),))


def role_name_set(_: Translator, name: str) -> Reply:
    """Tells under which name others see the person now."""
    return Reply(
        _(
            "Others who run this course now see you as {name}. /revoke changes it.",
            name=parts.bold(parts.safe_name(name)),
        )
    )


def whoami(_: Translator, access: Access) -> Reply:
    """The person's number at Telegram, by which roles are given, and what they may do here."""
    if access.is_admin:
        role = _("You are an admin of this bot.")
    elif access.is_facilitator:
        role = _("You are a facilitator of this bot.")
    else:
        role = _("You learn here and have no other role.")
    number = parts.bold(str(access.person))
    return parts.with_continue(
        _,
        _("Your number at Telegram is {number}.", number=number) + "\n" + role,
        _("Whoever runs this bot may ask for this number, to give you a role. It is no secret."),
    )


def _role_text(_: Translator, kind: InvitationKind, cohort: Cohort | None) -> str:
    if cohort is not None:
        return _("Facilitator of {name}", name=parts.safe_name(cohort.name))
    if kind is InvitationKind.ADMIN:
        return _("Admin: may do everything")
    return _("Facilitator: may make cohorts")


def _cohort_of(led: CohortDetails | None) -> Cohort | None:
    return None if led is None else led.cohort


def _holder_line(_: Translator, one: RoleHolder, me: LearnerId) -> str:
    who = _who(_, one, me)
    if one.cohort is not None:
        return _("{who}: facilitator of {name}", who=who, name=parts.safe_name(one.cohort_name))
    if one.role is Role.ADMIN:
        return _("{who}: admin", who=who)
    return _("{who}: makes cohorts", who=who)


def _who(_: Translator, one: RoleHolder, me: LearnerId) -> str:
    if one.person == me:
        return _("you")
    return f"{parts.safe_name(one.name)} ({one.person})" if one.name else str(one.person)


def _revoke_button(_: Translator, one: RoleHolder, me: LearnerId) -> Button:
    what = one.cohort_name[: 12 if one.name else 20] if one.cohort is not None else (one.role or "")
    who = f"{one.name[:_MAX_NAME]} ({one.person})" if one.name else str(one.person)
    return _role_button(f"{_('you') if one.person == me else who} · {what}", "revoke", one)


def _role_button(label: str, what: str, one: RoleHolder) -> Button:
    role = one.role.value if one.role else "cohort"
    return cohort_button(label, what, one.cohort or 0, f"{role}.{one.person}")
