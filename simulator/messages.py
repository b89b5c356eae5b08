"""Messages as a chat holds them, and the form in which Telegram sends them."""

from dataclasses import dataclass, field
from typing import Any

from simulator.chats import Bot, Chat, Person
from simulator.wire import Json


@dataclass(slots=True)
class Message:
    """One message, as it now is.

    Attributes:
        id: unique over all chats of the bot.
        sender: the person or the bot that wrote it.
        date: seconds since 1970; so is `edit_date`, None when never edited.
        edited: its words or picture were changed since, and apps say "edited" beside the time; of
            a changed keyboard they say nothing, although `edit_date` tells the bot.
        kind: "text", "photo", "document", "sticker" and so on; "system" for service messages.
        content: the fields of Bot API's Message that hold what was said.
        html: the text or caption as the bot sent it, before parsing; None for people.
        reply_markup: any kind of keyboard as the bot sent it; only inline ones are sent back.
        options: what the bot asked for besides, e.g. `protect_content`, kept for tests.
        hidden: cleared from the person's view; the bot can still edit it.
    """

    chat: Chat
    id: int
    sender: Person | Bot
    date: int
    kind: str
    content: Json
    html: str | None = None
    reply_markup: Json | None = None
    edit_date: int | None = None
    edited: bool = False
    reply_to: "Message | None" = None
    options: Json = field(default_factory=dict)
    hidden: bool = False

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return isinstance(self.sender, Bot)

    @property
    def text(self) -> str:
        """The text or caption without its formatting; empty when there is none."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The formatting of `text`, offsets in UTF-16 units."""
        found = self.content.get("entities") or self.content.get("caption_entities") or ()
        return list(found)

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline keyboard's rows; empty without one."""
        if self.reply_markup is None:
            return []
        return list(self.reply_markup.get("inline_keyboard", ()))

    def wire(self, *, nested: bool = False) -> Json:
        """Bot API, Message; `nested` leaves out what it replies to."""
        body: dict[str, Any] = {
            "message_id": self.id,
            "from": self.sender.as_user(),
            "chat": self.chat.as_chat(),
            "date": self.date,
        }
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.reply_to is not None and not nested:
            body["reply_to_message"] = self.reply_to.wire(nested=True)
        body |= self.content
        if self.buttons:
            body["reply_markup"] = {"inline_keyboard": self.buttons}
        if self.options.get("protect_content"):
            body["has_protected_content"] = True
        if "text" in self.content and self.options.get("link_preview_options"):
            body["link_preview_options"] = self.options["link_preview_options"]
        return body
