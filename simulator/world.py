"""The simulated Telegram from the people's side: what they do, and what they see."""

import secrets
from typing import NamedTuple

from simulator.chats import Chat, Group, Person
from simulator.entities import tidy
from simulator.errors import DrivingError
from simulator.markup import utf16_length
from simulator.media import media_content
from simulator.messages import Message
from simulator.state import Query, State
from simulator.updates import Update
from simulator.wire import Json

_FIRST_GROUP = -100_001
LONGEST_TEXT = 4096


class Sent(NamedTuple):
    """What came of something a person sent; `update_id` is 0 if the bot does not get it."""

    update_id: int
    message_id: int


class Pressed(NamedTuple):
    """What came of a press."""

    update_id: int
    query_id: str


class World(State):
    """State and rules together; everything here is synchronous and immediate."""

    def person(
        self,
        user_id: int,
        first_name: str = "Amina",
        language_code: str = "en",
        role: str = "learner",
    ) -> Person:
        """Make someone's account, or find it; the bot knows nobody before they write to it."""
        if user_id not in self.people:
            self.people[user_id] = Person(user_id, first_name, language_code, role)
            self.tell("persona", data={"id": user_id})
        return self.people[user_id]

    def group(self, title: str, members: list[int]) -> int:
        """`members` make a group with the bot in it; returns its id, which is negative."""
        group = Group(_FIRST_GROUP - len(self.groups), title, set(members))
        self.groups[group.id] = group
        founder = self._known(members[0])
        self._membership(group, founder, "left", "member")
        message = self.post(group, founder, "system", {"group_chat_created": True})
        self.updates.add("message", message.wire(), f"chat:{group.id}")
        return group.id

    def say(
        self, user_id: int, text: str, chat_id: int | None = None, reply_to: int | None = None
    ) -> Sent:
        """Someone writes to the bot, or in a group; commands and links are marked as Telegram does.

        Raises:
            DrivingError: they are nobody, not in that chat, or the text is empty or too long.
        """
        chat = self._place(user_id, chat_id)
        formatted = tidy(text, [])
        if not 1 <= utf16_length(formatted.text) <= LONGEST_TEXT:
            reason = f"A message has 1 to {LONGEST_TEXT} characters."
            raise DrivingError(reason)
        return self._send(user_id, chat, "text", formatted.fields(), reply_to)

    def send_media(
        self, user_id: int, kind: str, chat_id: int | None = None, caption: str = ""
    ) -> Sent:
        """Someone sends something that is not text, of a kind that `simulator.media` knows.

        Raises:
            DrivingError: there is no such kind.
        """
        chat = self._place(user_id, chat_id)
        content = media_content(self.files, kind, self._known(user_id), self.today())
        if caption:
            content |= tidy(caption, []).fields("caption")
        return self._send(user_id, chat, kind, content)

    def edit(self, user_id: int, message_id: int, text: str, chat_id: int | None = None) -> Sent:
        """Someone changes a text of theirs.

        Raises:
            DrivingError: they did not write it.
        """
        chat = self._place(user_id, chat_id)
        message = self._seen(chat.id, message_id)
        if message.sender is not self.people[user_id] or "text" not in message.content:
            reason = "People can only change texts that they wrote themselves."
            raise DrivingError(reason)
        message.content = tidy(text, []).fields()
        message.edit_date = self.today()
        self.tell("edit", chat.id, message)
        update_id = 0
        if self._bot_sees(message):
            update_id = self.updates.add("edited_message", message.wire(), f"chat:{chat.id}")
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
        return Pressed(self.updates.add("callback_query", body, f"user:{user_id}"), query.id)

    def block(self, user_id: int) -> int:
        """Someone blocks the bot; returns the id of the update that says so."""
        return self._set_blocked(self._known(user_id), blocked=True)

    def unblock(self, user_id: int) -> int:
        """Someone takes the block back; returns the update's id."""
        return self._set_blocked(self._known(user_id), blocked=False)

    def deactivate(self, user_id: int) -> None:
        """Someone deletes their account; Telegram does not say so until the bot writes to them."""
        self._known(user_id).deactivated = True

    def remove_bot(self, chat_id: int, by: int) -> int:
        """A member takes the bot out of a group; returns the update's id."""
        group = self.groups[chat_id]
        group.bot_is_member = False
        return self._membership(group, self._known(by), "member", "kicked")

    def upgrade(self, chat_id: int) -> int:
        """A group becomes a supergroup; returns its new id."""
        old = self.groups[chat_id]
        new = Group(-1_000_000_000_000 + chat_id, old.title, old.members, is_supergroup=True)
        self.groups[new.id] = new
        old.upgraded_to = new.id
        founder = self._known(min(old.members))
        for chat, note in (
            (old, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": old.id}),
        ):
            message = self.post(chat, founder, "system", note)
            self.updates.add("message", message.wire(), f"chat:{chat.id}")
        return new.id

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

    def _known(self, user_id: int) -> Person:
        if user_id not in self.people:
            reason = f"There is no person {user_id}."
            raise DrivingError(reason)
        return self.people[user_id]

    def _seen(self, chat_id: int, message_id: int) -> Message:
        message = self.history(chat_id).get(message_id)
        if message is None:
            reason = f"There is no message {message_id} in chat {chat_id}."
            raise DrivingError(reason)
        return message

    def _place(self, user_id: int, chat_id: int | None, *, starts: bool = True) -> Chat:
        """The chat where `user_id` acts, which starts the bot in their own."""
        person = self._known(user_id)
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
        if self._bot_sees(message):
            update_id = self.updates.add("message", message.wire(), f"chat:{chat.id}")
        return Sent(update_id, message.id)

    def _bot_sees(self, message: Message) -> bool:
        """Privacy mode: in groups a bot gets commands, mentions of it, and replies to it."""
        if isinstance(message.chat, Person):
            return True
        if not message.chat.bot_is_member:
            return False
        if message.reply_to is not None and message.reply_to.from_bot:
            return True
        return any(self._addresses_bot(message.text, entity) for entity in message.entities)

    def _addresses_bot(self, text: str, entity: Json) -> bool:
        units = text.encode("utf-16-le")
        start, end = entity["offset"], entity["offset"] + entity["length"]
        name = units[2 * start : 2 * end].decode("utf-16-le").lower()
        called = name.partition("@")[2]
        mine = called == self.bot.username.lower()
        match entity["type"]:
            case "bot_command":
                return mine or not called
            case "mention":
                return mine
            case _:
                return False

    def _set_blocked(self, person: Person, *, blocked: bool) -> int:
        if person.blocked == blocked:
            return 0
        person.blocked = blocked
        person.started = True
        self.tell("persona", data={"id": person.id, "blocked": blocked})
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        return self._membership(person, person, before, after)

    def _membership(self, chat: Chat, by: Person, before: str, after: str) -> int:
        """Bot API, ChatMemberUpdated about the bot itself."""
        user = self.bot.as_user()
        body = {
            "chat": chat.as_chat(),
            "from": by.as_user(),
            "date": self.today(),
            "old_chat_member": _member(user, before),
            "new_chat_member": _member(user, after),
        }
        return self.updates.add("my_chat_member", body, f"chat:{chat.id}")


def _member(user: Json, status: str) -> Json:
    """Bot API, ChatMember; banned for ever is until 0."""
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})
