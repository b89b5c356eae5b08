"""The simulated Telegram from the people's side: what they do, and what they see."""

import secrets
from typing import NamedTuple

from simulator.chats import Chat, Person
from simulator.community import Community
from simulator.entities import Formatted, read, tidy
from simulator.errors import DrivingError
from simulator.media import media_content
from simulator.messages import Message
from simulator.state import Query
from simulator.units import cut
from simulator.updates import Update
from simulator.wire import Json

LONGEST_TEXT = 4096
_HIGH_SURROGATES = range(0xD8, 0xDC)  # their upper byte


class Sent(NamedTuple):
    """What came of something a person sent; `update_id` is 0 if the bot does not get it."""

    update_id: int
    message_id: int


class Pressed(NamedTuple):
    """What came of a press."""

    update_id: int
    query_id: str


class World(Community):
    """State and rules together; everything here is synchronous and immediate."""

    def say(
        self,
        user_id: int,
        text: str,
        chat_id: int | None = None,
        reply_to: int | None = None,
        parse_mode: str = "",
    ) -> Sent:
        """Someone writes to the bot, or in a group; commands and links are marked as Telegram does.

        A longer text goes as several messages, as from Telegram's apps; returns the last one.

        Args:
            parse_mode: "HTML" for a text that they format, which goes as one message.

        Raises:
            DrivingError: they are nobody, not in that chat, or the text is empty.
        """
        chat = self._place(user_id, chat_id)
        *ahead, last = [read(text, parse_mode)] if parse_mode else _pieces(text)
        for piece in ahead:
            self._send(user_id, chat, "text", piece.fields())
        return self._send(user_id, chat, "text", last.fields(), reply_to)

    def send_media(
        self,
        user_id: int,
        kind: str,
        chat_id: int | None = None,
        caption: str = "",
        parse_mode: str = "",
    ) -> Sent:
        """Someone sends something that is not text, of a kind that `simulator.media` knows.

        Args:
            parse_mode: of the caption, as in `say`.

        Raises:
            DrivingError: there is no such kind.
        """
        chat = self._place(user_id, chat_id)
        content = media_content(self.files, kind, self.known(user_id), self.today())
        if caption:
            content |= read(caption, parse_mode).fields("caption")
        return self._send(user_id, chat, kind, content)

    def share_contact(self, user_id: int, of: int) -> Sent:
        """Someone sends the contact of somebody from their address book, who is on Telegram."""
        content = media_content(self.files, "contact", self.known(of), self.today())
        return self._send(user_id, self._place(user_id, None), "contact", content)

    def edit(self, user_id: int, message_id: int, text: str, chat_id: int | None = None) -> Sent:
        """Someone changes a text of theirs.

        Raises:
            DrivingError: they did not write it, or the text is empty or too long.
        """
        chat = self._place(user_id, chat_id)
        message = self._seen(chat.id, message_id)
        if message.sender is not self.people[user_id] or "text" not in message.content:
            reason = "People can only change texts that they wrote themselves."
            raise DrivingError(reason)
        (formatted, *more) = _pieces(text)
        if more:
            reason = f"A message has {LONGEST_TEXT} characters at most."
            raise DrivingError(reason)
        message.content = formatted.fields()
        message.edited, message.edit_date = True, self.today()
        self.tell("edit", chat.id, message)
        update_id = 0
        if _bot_sees(message, self.bot.username):
            update_id = self.updates.add("edited_message", message.wire())
        return Sent(update_id, message_id)

    def press(
        self, user_id: int, message_id: int, data: str, chat_id: int | None = None
    ) -> Pressed:
        """Someone presses a button, or something that pretends to be one: `data` is not checked.

        A message that is deleted by now can be pressed: another device may still show it.
        """
        chat = self._place(user_id, chat_id, starts=False)
        message = self.history(chat.id).get(message_id)
        query = Query(
            str(secrets.randbits(62)), user_id, chat.id, message_id, data, self.clock.now()
        )
        self.queries[query.id] = query
        gone = {"chat": chat.as_chat(), "message_id": message_id, "date": 0}
        body = {
            "id": query.id,
            "from": self.people[user_id].as_user(),
            "message": message.wire() if message else gone,
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        return Pressed(self.updates.add("callback_query", body), query.id)

    def chat(self, chat_id: int) -> list[Message]:
        """A chat's messages as they now are, oldest first."""
        return [m for m in self.history(chat_id).values() if not m.hidden]

    def clear(self, chat_id: int) -> None:
        """Someone clears their view of a chat."""
        for message in self.chat(chat_id):
            message.hidden = True
            self.tell("delete", chat_id, data={"id": message.id})

    def query(self, query_id: str) -> Query:
        """A press, and what the bot answered."""
        return self.queries[query_id]

    def pending(self) -> list[Update]:
        """Updates that the bot has not confirmed and that have not expired."""
        return self.updates.pending()

    def _seen(self, chat_id: int, message_id: int) -> Message:
        message = self.history(chat_id).get(message_id)
        if message is None:
            reason = f"There is no message {message_id} in chat {chat_id}."
            raise DrivingError(reason)
        return message

    def _place(self, user_id: int, chat_id: int | None, *, starts: bool = True) -> Chat:
        """The chat where `user_id` acts, which starts the bot in their own."""
        person = self.known(user_id)
        if chat_id is None or chat_id == user_id:
            if person.blocked:
                reason = f"{person.first_name} has blocked the bot and must unblock it first."
                raise DrivingError(reason)
            person.started = person.started or starts
            return person
        group = self.groups.get(chat_id)
        if group is None or user_id not in group.members:
            reason = f"{person.first_name} is not in chat {chat_id}."
            raise DrivingError(reason)
        return group

    def _send(
        self, user_id: int, chat: Chat, kind: str, content: Json, reply_to: int | None = None
    ) -> Sent:
        answered = None if reply_to is None else self._seen(chat.id, reply_to)
        message = self.post(chat, self.people[user_id], kind, content, reply_to=answered)
        update_id = 0
        if _bot_sees(message, self.bot.username):
            update_id = self.updates.add("message", message.wire())
        return Sent(update_id, message.id)


def _pieces(text: str) -> list[Formatted]:
    """`text` as messages that each have 1 to 4096 UTF-16 units."""
    units = text.encode("utf-16-le", errors="replace")
    pieces: list[Formatted] = []
    start = 0
    while start < len(units):
        end = start + 2 * LONGEST_TEXT
        if units[end - 1 : end] and units[end - 1] in _HIGH_SURROGATES and end < len(units):
            end -= 2  # a pair stays together
        pieces.append(tidy(units[start:end].decode("utf-16-le", errors="replace"), []))
        start = end
    if not any(piece.text for piece in pieces):
        reason = "A message needs at least one character."
        raise DrivingError(reason)
    return [piece for piece in pieces if piece.text]


def _bot_sees(message: Message, username: str) -> bool:
    """Whether the bot gets it: in groups only commands, mentions and replies (privacy mode).

    Source: https://core.telegram.org/bots/features#privacy-mode
    """
    if isinstance(message.chat, Person):
        return True
    if not message.chat.bot_is_member:
        return False
    if message.reply_to is not None and message.reply_to.from_bot:
        return True
    return any(_addresses(username, message.text, entity) for entity in message.entities)


def _addresses(username: str, text: str, entity: Json) -> bool:
    called = cut(text, entity["offset"], entity["length"]).partition("@")[2].lower()
    match entity["type"]:
        case "bot_command":
            return called in {"", username.lower()}
        case "mention":
            return called == username.lower()
        case _:
            return False
