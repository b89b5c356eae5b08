"""Where updates go: settings of the webhook."""

import re
from urllib.parse import urlsplit

from simulator.errors import refuse
from simulator.parameters import Parameters
from simulator.state import Webhook
from simulator.wire import Json
from simulator.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
MOST_CONNECTIONS = 100
DEFAULT_CONNECTIONS = 40
_PORTS = frozenset({80, 88, 443, 8443})
_OWN = frozenset({"127.0.0.1", "localhost"})


def set_webhook(world: World, given: Parameters) -> object:
    """Bot API, setWebhook; plain HTTP and any port are taken for this very machine only."""
    url = given.text("url")
    if not url:
        return delete_webhook(world, given)
    _check_address(url)
    secret = given.text("secret_token")
    if not _SECRET.fullmatch(secret):
        refuse("secret token contains unallowed characters")
    most = given.number("max_connections", DEFAULT_CONNECTIONS)
    if (kinds := given.plain("allowed_updates")) is not None:
        world.updates.allow(kinds)
    _drop(world, given)
    world.webhook = Webhook(url, secret, min(max(most, 1), MOST_CONNECTIONS))
    for listener in world.on_webhook:
        listener(True)
    return True


def delete_webhook(world: World, given: Parameters) -> object:
    """Bot API, deleteWebhook."""
    _drop(world, given)
    if world.webhook is not None:
        world.webhook = None
        for listener in world.on_webhook:
            listener(False)
    return True


def get_webhook_info(world: World, _: Parameters) -> object:
    """Bot API, getWebhookInfo."""
    hook = world.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.pending()),
    }
    if world.updates.allowed is not None:
        info["allowed_updates"] = world.updates.allowed
    if hook is not None:
        info["max_connections"] = hook.max_connections
        if hook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = hook.last_error
    return info


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        refuse("bad webhook: Wrong port number specified in the URL")
    if parts.hostname in _OWN:
        return
    if parts.scheme != "https":
        refuse("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in {None, *_PORTS}:
        refuse("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _drop(world: World, given: Parameters) -> None:
    if given.flag("drop_pending_updates"):
        world.updates.clear()
