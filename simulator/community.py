"""Who is there, who is together in a group, and who wants the bot no more."""

from simulator.chats import Chat, Group, Person
from simulator.errors import DrivingError
from simulator.state import State
from simulator.wire import Json

_FIRST_GROUP = -100_001
_SUPERGROUPS = -1_000_000_000_000


class Community(State):
    """People and groups come and go; the bot is told as Telegram tells it."""

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

    def unplayed(self, user_id: int, first_name: str, *, blocked: bool) -> Person:
        """Somebody who has started the bot, perhaps blocked it since, and whom nobody plays."""
        person = Person(user_id, first_name, started=True, blocked=blocked, is_unplayed=True)
        return self.people.setdefault(user_id, person)

    def personas(self) -> list[Person]:
        """Whom somebody can play."""
        return [person for person in self.people.values() if not person.is_unplayed]

    def group(self, title: str, members: list[int]) -> int:
        """`members` make a group with the bot in it; returns its id, which is negative."""
        group = Group(_FIRST_GROUP - len(self.groups), title, set(members))
        self.groups[group.id] = group
        founder = self.known(members[0])
        self._membership(group, founder, "left", "member")
        message = self.post(group, founder, "system", {"group_chat_created": True})
        self.updates.add("message", message.wire())
        return group.id

    def block(self, user_id: int) -> int:
        """Someone blocks the bot; returns the id of the update that says so."""
        return self._set_blocked(self.known(user_id), blocked=True)

    def unblock(self, user_id: int) -> int:
        """Someone takes the block back; returns the update's id."""
        return self._set_blocked(self.known(user_id), blocked=False)

    def deactivate(self, user_id: int) -> None:
        """Someone deletes their account; Telegram does not say so until the bot writes to them."""
        self.known(user_id).deactivated = True

    def remove_bot(self, chat_id: int, by: int) -> int:
        """A member takes the bot out of a group; returns the update's id."""
        group = self.groups[chat_id]
        group.bot_is_member = False
        return self._membership(group, self.known(by), "member", "kicked")

    def upgrade(self, chat_id: int) -> int:
        """A group becomes a supergroup; returns its new id."""
        old = self.groups[chat_id]
        new = Group(_SUPERGROUPS + chat_id, old.title, old.members, is_supergroup=True)
        self.groups[new.id] = new
        old.upgraded_to = new.id
        founder = self.known(min(old.members))
        for chat, note in (
            (old, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": old.id}),
        ):
            message = self.post(chat, founder, "system", note)
            self.updates.add("message", message.wire())
        return new.id

    def known(self, user_id: int) -> Person:
        """Someone who has an account.

        Raises:
            DrivingError: nobody has this id.
        """
        if user_id not in self.people:
            reason = f"There is no person {user_id}."
            raise DrivingError(reason)
        return self.people[user_id]

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
        return self.updates.add("my_chat_member", body)


def _member(user: Json, status: str) -> Json:
    """Bot API, ChatMember; banned for ever is until 0."""
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})
