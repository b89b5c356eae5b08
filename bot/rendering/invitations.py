"""Invitation links into a cohort, also as a QR code."""

import io
from urllib.parse import quote, urlencode

from bot.actions.cohorts import CohortDetails
from bot.actions.invitations import LinkCreated
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.cohorts import cohort_button
from bot.rendering.dates import date_text
from charts.specs import Card
from course.model import Course
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


def new_link(
    _: Translator, course: Course, linked: LinkCreated, username: str
) -> tuple[Reply, Reply]:
    """A new link into a cohort: what only its maker should read, and what is to be forwarded."""
    assert linked.details is not None, "a link for learners leads into a cohort"
    cohort, made = linked.details.cohort, linked.invitation
    address = link_address(username, linked.payload)
    most, until = _max_uses(cohort, made), date_text(_, made.expires_at, cohort.zone)
    text = parts.join_paragraphs(
        _("The message below is made to be forwarded. Share does the same in two taps."),
        _.ngettext(
            "{number} person can join by its link, until {date}.",
            "{number} people can join by its link, until {date}.",
            most,
            date=until,
        ),
        _("I cannot show it again. If it gets into wrong hands, revoke it under Invite."),
    )
    share = Button(_("Share"), "", share_address(_, cohort, address))
    card = cohort_button(_("QR code to print"), "card", cohort.id, linked.payload)
    back = cohort_button(_("Back"), "open", cohort.id, "anew")  # the link has to stay in the chat
    return Reply(text, ((share, card), (back,))), invitation(_, course, cohort, address)


def invitation(_: Translator, course: Course, cohort: Cohort, address: str) -> Reply:
    """The message that learners get forwarded; its first line does not tell the topic."""
    text = parts.join_paragraphs(
        _("You are invited to a short course on Telegram, in pieces of two minutes."),
        _("Topic: {title}", title=parts.bold(parts.authored_html(course.title)))
        + "\n"
        + _("Cohort: {name}", name=parts.bold(parts.safe_name(cohort.name))),
        _(
            "The bot keeps your Telegram user ID, your language and your answers. Who leads the"
            " cohort sees the name that you choose there and how far you are, not your Telegram"
            " name or number. You read all of it before you decide."
        ),
        parts.plain_text(address),
    )
    return Reply(text, ((Button(_("Have a look"), "", address),),))


def share_address(_: Translator, cohort: Cohort, address: str) -> str:
    """The address that lets somebody choose in Telegram with whom to share a link.

    Source: core.telegram.org/widgets/share, "Sharing button for websites".
    """
    text = _(
        "You are invited to a short course on Telegram, in pieces of two minutes. Cohort: {name}",
        name=cohort.name,
    )
    return f"https://t.me/share/url?{urlencode({'url': address, 'text': text}, quote_via=quote)}"


def link_card(_: Translator, course: Course, cohort: Cohort, address: str) -> Card:
    """A picture to print: the cohort's name, a QR code of the link, and the link in letters."""
    title, what = parts.strip_markup(parts.authored_html(course.title)), _("Join on Telegram")
    return Card(cohort.name, title, qr_squares(address), (what, address))


def link_card_message(_: Translator, cohort: Cohort, address: str, image: bytes | None) -> Reply:
    """The picture of a link; the QR code alone if nothing can draw."""
    caption = parts.join_paragraphs(
        _("A QR code to print or to show, for {name}.", name=parts.safe_name(cohort.name)),
        parts.plain_text(address),
    )
    return Reply(caption, image_png=image or qr_image(address))


def qr_squares(address: str) -> tuple[str, ...]:
    """A QR code of an address: its rows, where "1" is dark; with error correction as `qr_image`."""
    import segno  # noqa: PLC0415 - 13 ms that only who invites needs

    return tuple("".join(map(str, row)) for row in segno.make_qr(address, error="m").matrix)


def qr_image(address: str) -> bytes:
    """A QR code of an address, as PNG, with error correction of 15 percent (ISO/IEC 18004, M)."""
    import segno  # noqa: PLC0415 - 13 ms that only who invites needs

    picture = io.BytesIO()
    segno.make_qr(address, error="m").save(picture, kind="png", scale=_SCALE)
    return picture.getvalue()


def link_address(username: str, payload: str) -> str:
    """The address that opens the bot with an invitation."""
    return f"https://t.me/{username}?start={payload}"
