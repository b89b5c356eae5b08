"""Telegram's unit of length, and the form in which it keeps links."""

import re


def utf16_length(text: str) -> int:
    """Telegram's unit of length: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def checked_url(url: str) -> str | None:
    """The link as Telegram keeps it, http:// added if there is no scheme; None if it is no link."""
    url = url.strip()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", url, re.IGNORECASE)
    if scheme and scheme[1].lower() in {"tg", "ton", "tonsite", "mailto", "tel"}:
        return url
    if scheme and scheme[1].lower() in {"http", "https"}:
        rest = url[scheme.end() :]
    else:
        rest, url = f"//{url}", f"http://{url}"
    host = re.match(r"//(?:[^/?#@]*@)?([^/?#:]+)(?::\d+)?([/?#]|$)", rest)
    if not host or " " in url or ("." not in host[1] and host[1] != "localhost"):
        return None
    return url if host[2] else f"{url}/"


def cut(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity covers, in UTF-16 units."""
    units = text.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", errors="replace")
