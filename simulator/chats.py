"""Who talks with the bot, and where: people, groups, and the bot itself."""

from dataclasses import dataclass, field
from typing import TypeAlias

from simulator.wire import Json


@dataclass(slots=True)
class Person:
    """Someone with a Telegram account; the private chat with them has the same id.

    Attributes:
        tip: what somebody who plays them can try first.
        is_unplayed: has started the bot, and nobody plays them: the chat page does not show them.
    """

    id: int
    first_name: str
    language_code: str = "en"
    role: str = "learner"
    tip: str = ""
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    is_unplayed: bool = False

    def as_user(self) -> Json:
        """Bot API, User."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    def as_chat(self) -> Json:
        """Bot API, Chat of type private."""
        return {"id": self.id, "type": "private", "first_name": self.first_name}


@dataclass(slots=True)
class Group:
    """A basic group, or a supergroup; ids are negative."""

    id: int
    title: str
    members: set[int] = field(default_factory=set)
    bot_is_member: bool = True
    is_supergroup: bool = False
    upgraded_to: int | None = None

    @property
    def type_name(self) -> str:
        """Bot API, Chat.type."""
        return "supergroup" if self.is_supergroup else "group"

    def as_chat(self) -> Json:
        """Bot API, Chat of type group or supergroup."""
        return {"id": self.id, "type": self.type_name, "title": self.title}


Chat: TypeAlias = Person | Group


@dataclass(slots=True)
class Bot:
    """The bot's own account, and what its profile says per language ("" for everyone)."""

    id: int
    username: str = "course_tutor_bot"
    first_name: str = "Course Tutor"
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)

    def as_user(self) -> Json:
        """Bot API, User, as it stands in messages."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def as_me(self) -> Json:
        """Bot API, User, as getMe returns it."""
        return self.as_user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
