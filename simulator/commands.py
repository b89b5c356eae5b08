"""The command menu: lists per scope and language, and which of them a person sees."""

import re
from typing import Any

from simulator.errors import refuse
from simulator.wire import Json

MOST_COMMANDS = 100
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}|")
LONGEST_DESCRIPTION = 256
_PLAIN = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_OF_A_CHAT = frozenset({"chat", "chat_administrators", "chat_member"})


def scope_key(scope: Any) -> str:
    """One string for a BotCommandScope; no scope is the default one.

    Raises:
        ApiError: there is no such scope.
    """
    if scope is None:
        return "default"
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _PLAIN:
        return str(kind)
    if kind not in _OF_A_CHAT or "chat_id" not in scope:
        refuse("can't parse BotCommandScope: Unsupported type specified")
    member = f":{scope['user_id']}" if kind == "chat_member" and "user_id" in scope else ""
    return f"{kind}:{scope['chat_id']}{member}"


def checked_language(code: str) -> str:
    """The two letters of `language_code`, or "" for everyone.

    Raises:
        ApiError: it is something else.
    """
    if not _LANGUAGE.fullmatch(code):
        refuse("invalid language code specified")
    return code


class Commands:
    """The lists that the bot has set."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, str], list[Json]] = {}

    def set(self, scope: str, language: str, commands: Any) -> None:
        """Replace one list; an empty one goes away.

        Raises:
            ApiError: Telegram would not take it.
        """
        if not isinstance(commands, list):
            refuse("can't parse commands JSON object")
        if len(commands) > MOST_COMMANDS:
            refuse("BOT_COMMANDS_TOO_MUCH")
        kept = [_checked(command) for command in commands]
        if kept:
            self._lists[scope, language] = kept
        else:
            self.delete(scope, language)

    def get(self, scope: str, language: str) -> list[Json]:
        """Exactly this list; empty if there is none."""
        return self._lists.get((scope, language), [])

    def delete(self, scope: str, language: str) -> None:
        """Take this list away."""
        self._lists.pop((scope, language), None)

    def seen_by(self, chat_id: int, language: str) -> list[Json]:
        """The menu in a chat: the narrowest scope wins. Bot API, "Determining list of commands"."""
        everywhere = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (f"chat:{chat_id}", everywhere, "default"):
            for code in (language[:2], ""):
                if found := self._lists.get((scope, code)):
                    return found
        return []


def _checked(command: Any) -> Json:
    if not isinstance(command, dict):
        refuse("expected an Object as a bot command")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not _COMMAND.fullmatch(name):
        refuse("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description) <= LONGEST_DESCRIPTION:
        refuse("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}
