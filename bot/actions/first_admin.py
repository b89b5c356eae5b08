"""The link that makes somebody admin where nobody is; shown to who runs the program only."""

from collections.abc import Collection

from bot.actions.invitations import new_invitation
from storage import invitations, roles
from storage.invitations import OPERATOR, InvitationKind
from storage.store import Store

_HOUR_MILLISECONDS = 3600 * 1000


async def has_admin(store: Store, named: Collection[int]) -> bool:
    """Whether anybody is admin: named in the settings, or by a role."""
    return bool(named) or bool(await roles.fetch_admins(store))


async def offer_first_admin(store: Store, named: Collection[int], now: int) -> str | None:
    """Create a link for the first admin; returns what stands behind `?start=` in it.

    It serves once, within an hour, and while nobody is admin; links made before serve no more.

    Args:
        named: the admins of the settings.
        now: in UTC milliseconds.

    Returns:
        `None` when somebody is admin already.
    """
    if await has_admin(store, named):
        return None
    payload, made = new_invitation(InvitationKind.ADMIN, None, now, now + _HOUR_MILLISECONDS)
    await store.write(
        invitations.revoke_grants(None, now), invitations.add_invitation(made, OPERATOR)
    )
    return payload
