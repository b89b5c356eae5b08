"""What the simulated Telegram knows, and the few things that both sides of it do with that."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from simulator.chats import Bot, Chat, Group, Person
from simulator.clock import Clock
from simulator.commands import Commands
from simulator.errors import forbid, refuse
from simulator.faults import Faults
from simulator.files import Files
from simulator.limits import Limits
from simulator.messages import Message
from simulator.updates import UpdateQueue
from simulator.wire import Json

MOST_CALLS = 100_000


@dataclass(slots=True)
class Query:
    """A press on a button, and what the bot answered."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answered: bool = False
    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API as it was logged.

    Attributes:
        number: from 1, in order of arrival.
        params: decoded: numbers are numbers, keyboards are objects; files by name only.
        status: the HTTP status; 0 when the connection was cut.
        response: the answer's body; empty when there was none.
        at: seconds since 1970 on the simulator's clock.
    """

    number: int
    method: str
    params: Json
    status: int
    response: Json
    at: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a chat page wants to hear of.

    Attributes:
        kind: message, edit, delete, toast, typing, commands, persona, clock or bot.
        chat_id: whose page; None for everyone's.
        message: for message and edit.
    """

    kind: str
    chat_id: int | None = None
    message: Message | None = None
    data: Json = field(default_factory=dict)


class State:
    """Everything that is remembered; in memory only.

    Attributes:
        work: lets the bot do what has become due, and waits until that is done; None for a bot that
            runs by itself.
    """

    def __init__(self, clock: Clock, bot_id: int, first_update_id: int | None = None) -> None:
        """Begin with nobody in it; see `UpdateQueue` for `first_update_id`."""
        self.clock = clock
        self.bot = Bot(bot_id)
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.histories: dict[int, dict[int, Message]] = {}
        self.updates = UpdateQueue(clock, first_update_id)
        self.queries: dict[str, Query] = {}
        self.files = Files()
        self.commands = Commands()
        self.limits = Limits(clock)
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=MOST_CALLS)
        self.webhook = ""
        self.on_webhook: Callable[[], None] = lambda: None
        self.work: Callable[[], Awaitable[object]] | None = None
        self._numbers = count(1)
        self._message_ids = count(1)
        self._listeners: list[Callable[[Event], None]] = []
        clock.on_advance(lambda: self.tell("clock", data={"now": int(clock.now())}))

    def today(self) -> int:
        """The time in whole seconds, as messages carry it."""
        return int(self.clock.now())

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call `listener` with every event; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(
        self,
        kind: str,
        chat_id: int | None = None,
        message: Message | None = None,
        data: Json | None = None,
    ) -> None:
        """Let the pages know."""
        if self._listeners:
            event = Event(kind, chat_id, message, data or {})
            for listener in tuple(self._listeners):
                listener(event)

    def log(self, method: str, params: Json, status: int, response: Json) -> None:
        """Remember one call of the Bot API."""
        number = next(self._numbers)
        self.calls.append(Call(number, method, params, status, response, self.clock.now()))

    def set_webhook(self, url: str) -> None:
        """Set the webhook, which ends and refuses polls; an empty `url` takes it away."""
        self.webhook = url
        if url:
            self.on_webhook()

    def find_chat(self, chat_id: Any) -> Chat:
        """The chat that the bot means.

        Raises:
            ApiError: none is named, or the bot does not know it: nobody there has started it.
        """
        if chat_id in (None, ""):
            refuse("chat_id is empty")
        person = self.people.get(chat_id) if isinstance(chat_id, int) else None
        if person is not None and person.started:
            return person
        if not isinstance(chat_id, int) or chat_id not in self.groups:
            refuse("chat not found")
        return self.groups[chat_id]

    def reachable(self, chat_id: Any) -> Chat:
        """The chat, if the bot may write there now.

        Raises:
            ApiError: 400 for an unknown one, 403 where the bot is not wanted any more.
        """
        chat = self.find_chat(chat_id)
        if isinstance(chat, Person):
            if chat.deactivated:
                forbid("user is deactivated")
            if chat.blocked:
                forbid("bot was blocked by the user")
            return chat
        if chat.upgraded_to is not None:
            refuse("group chat was upgraded to a supergroup chat", migrate_to=chat.upgraded_to)
        if not chat.bot_is_member:
            forbid(f"bot was kicked from the {chat.type_name} chat")
        return chat

    def history(self, chat_id: int) -> dict[int, Message]:
        """A chat's messages by id, oldest first; deleted ones are not there."""
        return self.histories.setdefault(chat_id, {})

    def post(
        self,
        chat: Chat,
        sender: Person | Bot,
        kind: str,
        content: Json,
        **more: Any,
    ) -> Message:
        """Add a message to a chat, and show it."""
        message = Message(
            chat, next(self._message_ids), sender, self.today(), kind, content, **more
        )
        self.history(chat.id)[message.id] = message
        self.tell("message", chat.id, message)
        return message

    def remove(self, message: Message) -> None:
        """Take a message away from everyone."""
        self.history(message.chat.id).pop(message.id, None)
        self.tell("delete", message.chat.id, data={"id": message.id})
