"""Invitation links into a cohort, also as a QR code."""

import io

from bot.actions.cohorts import CohortDetails
from bot.actions.invitations import LinkCreated
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.cohorts import cohort_button
from bot.rendering.dates import date_text
from storage.cohorts import Cohort
from storage.invitations import Invitation

# Pixels of one square of a QR code: a link of 60 characters then has about 300 in all, which a
# camera reads from another screen (segno, `scale`).
_SCALE = 8


def link_list(_: Translator, details: CohortDetails) -> Reply:
    """The usable links into a cohort, and buttons that create one."""
    cohort, number = details.cohort, details.cohort.id
    usable = [one for one in details.links if one.is_usable(details.now)]
    text = parts.join_paragraphs(
        parts.bold(_("Invite people")) + "\n" + parts.safe_name(cohort.name),
        "\n".join(_link_line(_, cohort, one) for one in usable[:10]) or _("No link works now."),
        _(
            "I keep no link that I could show again. A new one for the group takes the place of"
            " those before it; one for a single person leaves them as they are."
        ),
    )
    month = cohort_button(_("For 30 days"), "link", number, "30")
    week = cohort_button(_("For 7 days"), "link", number, "7")
    single = cohort_button(_("For one person"), "link", number, "one")
    revoke = (cohort_button(_("Revoke all links"), "unlink", number),) if usable else ()
    back = cohort_button(_("Back"), "open", number)
    return Reply(text, parts.filled((month, week), (single,), revoke, (back,)))


def _link_line(_: Translator, cohort: Cohort, link: Invitation) -> str:
    return _(
        "A link that ends on {date}, used {used} of {most} times",
        date=date_text(_, link.expires_at, cohort.zone),
        used=_.number(link.uses),
        most=_.number(_max_uses(cohort, link)),
    )


def _max_uses(cohort: Cohort, link: Invitation) -> int:
    return min(link.max_uses, cohort.capacity or link.max_uses)


def new_link(_: Translator, linked: LinkCreated, username: str) -> Reply:
    """A new link into a cohort, as text and as a QR code."""
    assert linked.details is not None, "a link for learners leads into a cohort"
    cohort, made = linked.details.cohort, linked.invitation
    address = link_address(username, linked.payload)
    most, until = _max_uses(cohort, made), date_text(_, made.expires_at, cohort.zone)
    text = parts.join_paragraphs(
        _("Pass this link on, or let people scan the picture:") + "\n" + parts.plain_text(address),
        _.ngettext(
            "{number} person can join by it, until {date}.",
            "{number} people can join by it, until {date}.",
            most,
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


def link_address(username: str, payload: str) -> str:
    """The address that opens the bot with an invitation."""
    return f"https://t.me/{username}?start={payload}"
