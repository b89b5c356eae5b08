"""Invitation links: into a cohort, with a QR code, and to a role; and taking roles back."""

import io
from collections.abc import Sequence

from bot.actions.cohorts import CohortDetails
from bot.actions.invitations import GRANT_DAYS, LinkCreated
from bot.actions.roles import GrantQuestion, RoleGranted, RoleHolder
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.cohorts import cohort_button, date_text
from course.model import LearnerId
from storage.invitations import InvitationKind
from storage.roles import Role

# Pixels of one square of a QR code: a link of 60 characters then has about 300 in all, which a
# camera reads from another screen (segno, `scale`).
_SCALE = 8

_MAX_HOLDERS = 7


def link_list(_: Translator, details: CohortDetails) -> Reply:
    """The usable links into a cohort, and buttons that create one."""
    cohort, number = details.cohort, details.cohort.id
    serving = [one for one in details.links if one.is_usable(details.now)]
    lines = "\n".join(
        _(
            "A link that ends on {date}, used {used} of {most} times",
            date=date_text(_, one.expires_at, cohort.zone),
            used=_.number(one.uses),
            most=_.number(min(one.max_uses, cohort.capacity or one.max_uses)),
        )
        for one in serving[:10]
    )
    text = parts.join_paragraphs(
        parts.bold(_("Invite people")) + "\n" + parts.safe_name(cohort.name),
        lines or _("No link works now."),
        _(
            "I keep no link that I could show again. A new one for the group takes the place of"
            " those before it; one for a single person leaves them as they are."
        ),
    )
    rows = (
        (
            cohort_button(_("For 30 days"), "link", number, "30"),
            cohort_button(_("For 7 days"), "link", number, "7"),
        ),
        (cohort_button(_("For one person"), "link", number, "one"),),
        (cohort_button(_("Revoke all links"), "unlink", number),) if serving else (),
        (cohort_button(_("Back"), "open", number),),
    )
    return Reply(text, tuple(row for row in rows if row))


def new_link(_: Translator, linked: LinkCreated, username: str) -> Reply:
    """A new link into a cohort, as text and as a QR code."""
    assert linked.details is not None, "a link for learners leads into a cohort"
    cohort, made = linked.details.cohort, linked.invitation
    address = _address(username, linked.payload)
    until = date_text(_, made.expires_at, cohort.zone)
    text = parts.join_paragraphs(
        _("Pass this link on, or let people scan the picture:") + "\n" + parts.plain_text(address),
        _.ngettext(
            "{number} person can join by it, until {date}.",
            "{number} people can join by it, until {date}.",
            min(made.max_uses, cohort.capacity or made.max_uses),
            date=until,
        ),
        _("I cannot show it again. If it gets into wrong hands, revoke it under Invite."),
    )
    back = cohort_button(_("Back"), "open", cohort.id, "anew")  # a picture cannot become a text
    return Reply(text, ((back,),), image_png=qr_image(address))


def qr_image(address: str) -> bytes:
    """A QR code of an address, as PNG, with error correction of 15 percent (ISO/IEC 18004, M)."""
    import segno  # noqa: PLC0415 - 13 ms that only who invites needs

    picture = io.BytesIO()
    segno.make_qr(address, error="m").save(picture, kind="png", scale=_SCALE)
    return picture.getvalue()


def choose_role(_: Translator, cohorts: Sequence[tuple[int, str]], *, is_admin: bool) -> Reply:
    """Asks which role to share.

    Args:
        cohorts: ids and names of the cohorts that can be shared.
    """
    text = parts.join_paragraphs(
        parts.bold(_("Share your work with somebody")),
        _(
            "A facilitator of a cohort sees its people, writes to them and invites others. What do"
            " you want to share?"
        ),
    )
    general = (
        (cohort_button(_("Facilitator who makes cohorts"), "offer", 0, "facilitator"),),
        (cohort_button(_("Admin: everything"), "offer", 0, "admin"),),
    )
    rows = tuple((cohort_button(name, "grant", cohort),) for cohort, name in cohorts[:5])
    return Reply(text, rows + (general if is_admin else ()))


def role_link(_: Translator, linked: LinkCreated, username: str) -> Reply:
    """A link that gives a role to the first person who accepts it."""
    address = _address(username, linked.payload)
    text = parts.join_paragraphs(
        parts.bold(_role_text(_, linked.invitation.kind, linked.details)),
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
        _role_text(_, asking.kind, asking.details),
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
        _("Done. They have it now:") + "\n" + _role_text(_, happened.kind, happened.details),
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
    page = page if page * _MAX_HOLDERS < len(found) else 0
    shown = found[page * _MAX_HOLDERS : (page + 1) * _MAX_HOLDERS]
    text = parts.join_paragraphs(
        parts.bold(_("Take back what was shared")),
        "\n".join(_holder_line(_, one, me) for one in shown)
        or _("Nothing is shared with anybody."),
        _("People are listed by their numbers at Telegram; I keep no names of theirs."),
        _("Links that nobody has used yet can be made useless, too."),
    )
    rows = tuple((_revoke_button(_, one, me),) for one in shown)
    more = (page + 1) * _MAX_HOLDERS < len(found)
    more_button = (cohort_button(_("More"), "holders", 0, str(page + 1)),) if more else ()
    return Reply(text, (*rows, (cohort_button(_("Revoke unused links"), "unoffer"), *more_button)))


def confirm_revoke(_: Translator, one: RoleHolder, me: LearnerId) -> Reply:
    """Asks for confirmation before a role is taken back."""
    text = parts.join_paragraphs(_("Take this back?"), _holder_line(_, one, me))
    value = f"{one.role.value if one.role else 'cohort'}.{one.person}"
    now = cohort_button(_("Take it back"), "revoke-now", one.cohort or 0, value)
    return Reply(text, ((now, cohort_button(_("Keep it"), "holders")),))


def role_revoked(_: Translator, one: RoleHolder, me: LearnerId) -> Reply:
    """Tells that a role was taken back."""
    return Reply(
        parts.join_paragraphs(_("Taken back, from this moment on:"), _holder_line(_, one, me))
    )


def offers_revoked(_: Translator) -> str:
    """Toast: unused links to roles were revoked."""
    return _("No unused link works any more.")


def _role_text(_: Translator, kind: InvitationKind, details: CohortDetails | None) -> str:
    if details is not None:
        return _("Facilitator of {name}", name=parts.safe_name(details.cohort.name))
    if kind is InvitationKind.ADMIN:
        return _("Admin: may do everything")
    return _("Facilitator: may make cohorts")


def _holder_line(_: Translator, one: RoleHolder, me: LearnerId) -> str:
    who = _("you") if one.person == me else str(one.person)
    if one.cohort is not None:
        return _("{who}: facilitator of {name}", who=who, name=parts.safe_name(one.cohort_name))
    if one.role is Role.ADMIN:
        return _("{who}: admin", who=who)
    return _("{who}: makes cohorts", who=who)


def _revoke_button(_: Translator, one: RoleHolder, me: LearnerId) -> Button:
    who = _("you") if one.person == me else str(one.person)
    value = f"{one.role.value if one.role else 'cohort'}.{one.person}"
    what = one.cohort_name[:20] if one.cohort is not None else (one.role or "")
    press = ManagePress("k", "revoke", one.cohort or 0, value)
    return parts.button(f"{who} · {what}", press)


def _address(username: str, payload: str) -> str:
    return f"https://t.me/{username}?start={payload}"
