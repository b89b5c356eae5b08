"""Tells whoever runs the bot how to become admin, where nobody is."""

from collections.abc import Collection

from bot import terminal
from bot.actions.first_admin import has_admin, offer_first_admin
from bot.rendering.invitations import link_address
from storage.store import Store


async def first_admin_notice(
    store: Store, named: Collection[int], username: str, now: int
) -> str | None:
    """How to become the first admin; `None` when there is one.

    The link is only for a terminal: what is written to a file or a log may be read by others.

    Args:
        named: the admins of the settings.
        username: of the bot, without the @.
        now: in UTC milliseconds.
    """
    if await has_admin(store, named):
        return None
    if not terminal.is_terminal():
        return "Nobody is admin yet: run tutorbot doctor in a terminal, it prints a link for that."
    payload = await offer_first_admin(store, named, now)
    assert payload is not None, "nobody was admin a moment ago"
    return (
        "Nobody is admin yet. Who opens this link first, within an hour, becomes admin:"
        f" {link_address(username, payload)}"
    )
