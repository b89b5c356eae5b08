"""What people do, and what the bot hears of it."""

import pytest

from simulator.errors import DrivingError
from simulator.world import World
from tests.simulator.conftest import AMINA, Bot

FARID = 2001


async def test_a_block_and_its_end_are_told(world: World, bot: Bot) -> None:
    world.block(AMINA)
    world.unblock(AMINA)

    blocked, unblocked = (await bot("getUpdates")).result

    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert blocked["my_chat_member"]["old_chat_member"]["status"] == "member"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert blocked["my_chat_member"]["chat"] == {
        "id": AMINA,
        "type": "private",
        "first_name": "Amina",
    }
    assert (await bot("sendMessage", chat_id=AMINA, text="again")).status == 200


def test_someone_who_blocked_the_bot_must_unblock_it_to_write(world: World) -> None:
    world.block(AMINA)

    with pytest.raises(DrivingError, match="unblock"):
        world.say(AMINA, "hello")


def test_a_second_block_is_no_news(world: World) -> None:
    assert world.block(AMINA) > 0
    assert world.block(AMINA) == 0


async def test_an_edit_by_a_person_is_told(world: World, bot: Bot) -> None:
    said = world.say(AMINA, "helo")
    world.edit(AMINA, said.message_id, "hello")

    _, update = (await bot("getUpdates")).result

    assert update["edited_message"]["text"] == "hello"
    assert update["edited_message"]["edit_date"] == int(world.clock.now())


async def test_people_edit_only_what_they_wrote(world: World, bot: Bot) -> None:
    message = await bot.sends("mine")

    with pytest.raises(DrivingError, match="wrote themselves"):
        world.edit(AMINA, message, "yours")


async def test_a_bot_in_a_group_gets_what_is_meant_for_it(world: World, bot: Bot) -> None:
    group = world.group("Monday", [AMINA, FARID])
    message = await bot.sends("Hello", chat=group)

    heard = [
        world.say(AMINA, "/start", group).update_id,
        world.say(FARID, "/help@course_tutor_bot please", group).update_id,
        world.say(FARID, "ask @Course_Tutor_Bot", group).update_id,
        world.say(FARID, "an answer", group, reply_to=message).update_id,
    ]
    unheard = [
        world.say(AMINA, "hello all", group).update_id,
        world.say(AMINA, "/start@another_bot", group).update_id,
        world.send_media(AMINA, "photo", group).update_id,
    ]

    updates = (await bot("getUpdates")).result
    assert [update["update_id"] for update in updates[2:]] == heard
    assert updates[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert updates[1]["message"]["group_chat_created"] is True
    assert unheard == [0, 0, 0]
    assert group < 0


async def test_a_bot_that_was_thrown_out_cannot_write(world: World, bot: Bot) -> None:
    group = world.group("Monday", [AMINA])
    world.remove_bot(group, AMINA)

    answer = await bot("sendMessage", chat_id=group, text="x")

    assert answer.status == 403
    assert answer.description == "Forbidden: bot was kicked from the group chat"


async def test_a_group_that_became_a_supergroup_says_where_it_went(world: World, bot: Bot) -> None:
    group = world.group("Monday", [AMINA])
    new = world.upgrade(group)

    answer = await bot("sendMessage", chat_id=group, text="x")

    assert answer.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer.body["parameters"] == {"migrate_to_chat_id": new}
    assert (await bot("sendMessage", chat_id=new, text="x")).status == 200


def test_outsiders_cannot_write_in_a_group(world: World) -> None:
    group = world.group("Monday", [AMINA])

    with pytest.raises(DrivingError, match="not in chat"):
        world.say(FARID, "hello", group)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nobody_sends_nothing(world: World, text: str) -> None:
    with pytest.raises(DrivingError, match="at least one character"):
        world.say(AMINA, text)


def test_a_long_text_goes_as_several_messages(world: World) -> None:
    world.say(AMINA, "x" * 4095 + "\N{STADIUM}" + "y" * 900)

    first, second = world.chat(AMINA)[1:]
    assert first.text == "x" * 4095
    assert second.text == "\N{STADIUM}" + "y" * 900
    assert len(world.pending()) == 2


def test_an_edit_stays_one_message(world: World) -> None:
    said = world.say(AMINA, "x")

    with pytest.raises(DrivingError, match="4096 characters at most"):
        world.edit(AMINA, said.message_id, "x" * 4097)


def test_nobody_is_nobody(world: World) -> None:
    with pytest.raises(DrivingError, match="no person 5"):
        world.say(5, "hello")


async def test_a_cleared_view_is_empty_and_the_bot_can_still_edit(world: World, bot: Bot) -> None:
    message = await bot.sends("one")
    world.clear(AMINA)

    edited = await bot("editMessageText", chat_id=AMINA, message_id=message, text="two")

    assert world.chat(AMINA) == []
    assert edited.status == 200


async def test_a_menu_is_what_the_narrowest_scope_and_language_say(world: World, bot: Bot) -> None:
    def menu(text: str) -> list[dict[str, str]]:
        return [{"command": "start", "description": text}]

    await bot("setMyCommands", commands=menu("all"))
    await bot("setMyCommands", commands=menu("tous"), language_code="fr")
    await bot("setMyCommands", commands=menu("here"), scope={"type": "chat", "chat_id": AMINA})

    assert world.commands.seen_by(AMINA, "fr") == menu("here")
    assert world.commands.seen_by(FARID, "fr") == menu("tous")
    assert world.commands.seen_by(FARID, "sw") == menu("all")
    await bot("deleteMyCommands", scope={"type": "chat", "chat_id": AMINA})
    assert world.commands.seen_by(AMINA, "en") == menu("all")


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        ({"command": "Start", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "x" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "start", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "start", "description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_keep_to_their_form(bot: Bot, command: dict[str, str], refusal: str) -> None:
    answer = await bot("setMyCommands", commands=[command])

    assert answer.description == f"Bad Request: {refusal}"


@pytest.mark.parametrize(
    ("method", "name", "longest"),
    [
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_a_profile_keeps_to_its_limits(
    world: World, bot: Bot, method: str, name: str, longest: int
) -> None:
    fits = await bot(method, **{name: "x" * longest})
    too_long = await bot(method, **{name: "x" * (longest + 1)})

    assert (fits.status, too_long.status) == (200, 400)
    assert getattr(world.bot, f"{name}s") == {"": "x" * longest}


async def test_somebody_whom_nobody_plays_gets_messages_and_is_no_persona(
    world: World, bot: Bot
) -> None:
    world.unplayed(7, "Sim Abena", blocked=False)
    world.unplayed(8, "Sim Adil", blocked=True)

    assert (await bot("sendMessage", chat_id=7, text="hello")).status == 200
    assert (await bot("sendMessage", chat_id=8, text="hello")).status == 403
    assert {7, 8}.isdisjoint(person.id for person in world.personas())
    assert world.pending() == []
