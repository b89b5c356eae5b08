"""Questions about the bot itself, chats, their members and files."""

from simulator.chats import Group, Person
from simulator.errors import refuse
from simulator.files import LARGEST_DOWNLOAD
from simulator.parameters import Parameters
from simulator.wire import Json
from simulator.world import World

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_me(world: World, _: Parameters) -> object:
    """Bot API, getMe."""
    return world.bot.as_me()


def get_chat(world: World, given: Parameters) -> object:
    """Bot API, getChat."""
    chat = world.find_chat(given.plain("chat_id"))
    full: Json = chat.as_chat() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, True),
    }
    return full


def get_chat_member(world: World, given: Parameters) -> object:
    """Bot API, getChatMember: members and those who left; nobody is an administrator here."""
    chat = world.find_chat(given.plain("chat_id"))
    user_id = given.number("user_id")
    if user_id == world.bot.id:
        present = not isinstance(chat, Group) or chat.bot_is_member
        return {"user": world.bot.as_user(), "status": "member" if present else "left"}
    person = world.people.get(user_id)
    if person is None:
        refuse("invalid user_id specified" if not user_id else "member not found")
    present = person is chat if isinstance(chat, Person) else user_id in chat.members
    return {"user": person.as_user(), "status": "member" if present else "left"}


def get_chat_member_count(world: World, given: Parameters) -> object:
    """Bot API, getChatMemberCount, the bot included."""
    chat = world.find_chat(given.plain("chat_id"))
    return len(chat.members) + chat.bot_is_member if isinstance(chat, Group) else 2


def get_file(world: World, given: Parameters) -> object:
    """Bot API, getFile."""
    file = world.files.find(given.text("file_id"))
    if file is None:
        refuse("invalid file_id" if given.text("file_id") else "file_id not specified")
    if len(file.data) > LARGEST_DOWNLOAD:
        refuse("file is too big")
    return file.wire() | {"file_path": file.path}


def leave_chat(world: World, given: Parameters) -> object:
    """Bot API, leaveChat."""
    chat = world.reachable(given.plain("chat_id"))
    if not isinstance(chat, Group):
        refuse("chat member status can't be changed in private chats")
    chat.bot_is_member = False
    return True
