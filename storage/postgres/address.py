"""Parse the address of a PostgreSQL database without connecting; never show its password."""

import re
from urllib.parse import parse_qs, urlsplit

from storage.errors import DatabaseUrlError

_SCHEMES = ("postgresql", "postgres")

# A host with or without a port. It may be empty: `?host=` can name the folder of a Unix socket.
_HOST = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[\w.%-]*)(?::\d{1,4}|:[1-6]\d{4})?", re.ASCII)


def is_postgres(url: str) -> bool:
    """Whether `url` has the scheme of PostgreSQL; the rest of it may be malformed."""
    return url.split(":", 1)[0].lower() in _SCHEMES


def postgres_location(url: str) -> str:
    """Return `url` without its password, for messages to operators.

    Raises:
        DatabaseUrlError: the address is malformed; the message quotes no part of it.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise DatabaseUrlError(reason="its host cannot be read") from None
    _, _, rest = url.partition(":")
    if not rest.startswith("//") or parts.fragment:
        raise DatabaseUrlError(reason="it has another form; a # in a password is written %23")
    name = parts.path.removeprefix("/")
    if not name or "/" in name or "@" in name:
        reason = "it names no database; in a password / is written %2F and ? is written %3F"
        raise DatabaseUrlError(reason)
    person, at, hosts = parts.netloc.rpartition("@")
    if not all(_HOST.fullmatch(host) for host in hosts.split(",")):
        raise DatabaseUrlError(reason="its host cannot be read")
    hosts = hosts or ",".join(parse_qs(parts.query).get("host", ()))
    return f"postgresql://{person.split(':', 1)[0]}{at}{hosts}/{name}"
