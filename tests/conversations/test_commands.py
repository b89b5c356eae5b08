"""What each command shows."""

import asyncio
import re
import unicodedata

import pytest

from course.model import LearnerId
from tests.conversations.people import Careful
from tests.support.running import Stage

AMINA = LearnerId(1001)
COMMANDS = (
    "continue", "progress", "modules", "settings", "reminders", "why", "glossary", "reading",
    "report", "help", "about", "privacy", "deletemydata", "developer_info", "stop", "start",
)  # fmt: skip


async def test_start_says_who_this_is_and_what_it_takes(learner: Careful) -> None:
    await learner.says("/start")

    for said in (
        "Welcome.", "Topic: Treatment and care", "7 modules", "minutes in all", "You can stop",
        "I store your Telegram user ID", "/privacy", "independent course", "/about",
    ):  # fmt: skip
        assert said in learner.sees
    assert learner.labels == ["Start", "What will I learn?"]


async def test_start_again_before_the_first_card_is_the_same_welcome(learner: Careful) -> None:
    await learner.says("/start")
    welcome = learner.sees

    await learner.says("/start")

    assert learner.sees == welcome


async def test_start_with_a_payload_or_to_this_bot_by_name_is_start(learner: Careful) -> None:
    for text in ("/start abc_DEF-1", "/START", "/start@course_tutor_bot"):
        await learner.says(text)
        assert learner.sees.startswith("Welcome.")


async def test_start_in_the_middle_keeps_the_place(amina: Careful) -> None:
    await amina.goes_to_question()

    await amina.says("/start")

    assert amina.sees.startswith("Welcome back. Your place is kept.")
    assert "Module 1 of 2 · Lesson 1 of 2" in amina.sees
    await amina.taps("Continue")
    assert amina.has_question


async def test_continue_shows_the_card_the_question_the_feedback_s_successor_and_the_end(
    amina: Careful,
) -> None:
    seen = []
    for _ in range(4):
        shown = amina.sees
        await amina.says("/continue")
        assert amina.sees == shown
        seen.append(shown.splitlines()[1])
        await amina.goes_on()
        if amina.sees.startswith("You chose"):
            await amina.says("/continue")
            assert not amina.sees.startswith("You chose")

    assert [line.split()[0] for line in seen] == ["Card", "Card", "Question", "Question"]


async def test_progress_tells_in_words_numbers_and_a_bar(amina: Careful) -> None:
    await amina.says("/progress")
    assert amina.sees.startswith("You have done 0 of 3 lessons, 0 percent.")
    assert "□" * 14 in amina.sees

    await amina.goes_to_end()
    await amina.says("/progress")

    assert amina.sees.startswith("You have done 2 of 3 lessons, 66 percent. About 1 minute is left")
    assert "■■■■■■■■■□□□□□" in amina.sees
    assert "Module 1: 2 of 2 lessons (now)" in amina.sees
    assert "Module 2: not started, 1 minute" in amina.sees
    await amina.taps("Continue")
    assert amina.sees.startswith("Module 2 of 2")


async def test_progress_at_the_end_says_that_nothing_is_left(amina: Careful) -> None:
    await amina.goes_to_end()
    await amina.taps("Continue")
    await amina.goes_to_end()
    await amina.taps("Next")

    await amina.says("/progress")

    assert amina.sees.startswith("You have done 3 of 3 lessons, 100 percent. Nothing is left")
    assert "■" * 14 in amina.sees


async def test_minutes_left_shrink_on_the_way(learner: Careful) -> None:
    await learner.says("/start")
    left = []
    while not any(one.text.startswith("Module 1 done.") for one in learner.messages):
        await learner.goes_on()
        if len(left) % 4 == 0:
            await learner.says("/progress")
            told = re.search(r"About (\d+) minute", learner.sees)
            left.append(int(told[1]) if told else 0)
            await learner.taps("Continue")
        else:
            left.append(left[-1])

    assert left == sorted(left, reverse=True)
    assert left[-1] < left[0]


async def test_plain_mode_has_neither_bar_nor_symbol(learner: Careful) -> None:
    await learner.says("/settings")
    await learner.taps("Turn plain text on")
    await learner.says("/start")
    pages = []

    while not learner.sees.startswith("Module 1 done."):
        await learner.goes_on(right=len(pages) % 3 != 0)
        pages.append(learner.sees)
    for command in COMMANDS:
        await learner.says(f"/{command}")
        pages.append(learner.sees)

    symbols = {c for page in pages for c in page if unicodedata.category(c) in ("So", "Sk", "Sm")}
    assert not symbols
    assert any("lessons" in page and "percent" in page for page in pages)


async def test_modules_opens_again_what_was_read_and_pages_to_where_one_is(
    amina: Careful,
) -> None:
    await amina.says("/modules")
    assert amina.labels == ["Continue"]
    await amina.taps("Continue")
    for _ in range(7):
        await amina.goes_on()
    place = amina.sees
    await amina.says("/modules")
    heard = amina.heard

    await amina.taps("Module 1")
    assert amina.labels == ["Lesson 1", "Lesson 2", "Modules", "Continue"]
    assert "1. Lesson m1l1: done" in amina.sees
    await amina.taps("Lesson 1")
    assert "Card 1 of 2" in amina.sees
    await amina.taps("Next")
    assert "Card 2 of 2" in amina.sees
    await amina.taps("Back")
    await amina.taps("Next")

    assert amina.heard == heard, "reading again happens in place"
    await amina.taps("Continue")
    assert amina.sees == place


async def test_what_was_not_read_cannot_be_opened(amina: Careful) -> None:
    await amina.taps("Next")
    await amina.says("/modules")
    await amina.taps("Module 1")

    assert amina.labels == ["Lesson 1", "Modules", "Continue"]
    assert "2. Lesson m1l2: not done yet" in amina.sees


async def test_what_was_missed_can_be_reviewed_from_the_end_of_the_module(amina: Careful) -> None:
    while not amina.sees.startswith("Module 1 done."):
        await amina.goes_on(right=amina.sees.startswith("Question again"))
    assert "0 of 3 questions right the first time" in amina.sees

    await amina.taps("Review what I missed")
    assert amina.sees.startswith("A question you missed the first time")
    assert "What of m1q1?" in amina.sees
    assert amina.labels == ["Next", "Continue"]
    await amina.taps("Next")
    assert "What of m1q2?" in amina.sees
    assert "The right answers are A and C." in amina.sees
    assert amina.labels == ["Back", "Next", "Continue"]
    await amina.taps("Next")
    await amina.taps("Back")
    assert "What of m1q2?" in amina.sees
    await amina.taps("Continue")

    assert amina.sees.startswith("Module 2 of 2")


async def test_nothing_missed_offers_no_review_and_pausing_keeps_the_place(amina: Careful) -> None:
    await amina.goes_to_end()
    assert amina.labels == ["Continue", "Pause here"]

    await amina.taps("Pause here")

    assert amina.sees.startswith("Your place is kept.")
    await amina.taps("Continue")
    assert amina.sees.startswith("Module 2 of 2")


async def test_help_lists_every_command_and_where_to_turn_in_danger(learner: Careful) -> None:
    await learner.says("/help")

    assert all(f"/{name} · " in learner.sees for name in COMMANDS)
    assert "emergency number" in learner.sees


async def test_about_gives_the_authors_words_the_date_and_the_version(
    learner: Careful, started: Stage
) -> None:
    await learner.says("/about")

    assert started.course.about in learner.sees
    assert "Facts as of November 2026. Course version 2026.11." in learner.sees


async def test_privacy_tells_what_is_kept_and_how_to_delete_it(learner: Careful) -> None:
    await learner.says("/privacy")

    assert "What I store: your Telegram user ID" in learner.sees
    assert "/deletemydata" in learner.sees
    assert learner.labels == ["Continue", "Delete my data"]


async def test_developer_info_names_the_program_and_its_version(learner: Careful) -> None:
    await learner.says("/developer_info")

    assert "Course Tutor Bot, version" in learner.sees
    assert "MIT" in learner.sees


@pytest.mark.parametrize("text", ["/unknown", "/drop_tables", "/answer A", "/1"])
async def test_an_unknown_command_gets_a_hint_and_keeps_the_place(
    amina: Careful, text: str
) -> None:
    await amina.says(text)

    assert amina.sees.startswith("I do not know this command. /help lists what I know.")
    await amina.taps("Continue")
    assert "Card 1 of 2" in amina.sees


async def test_the_menu_of_commands_is_set_with_what_each_does(started: Stage) -> None:
    calls = started.simulator.world.calls
    while not any(call.method.lower() == "setmycommands" for call in calls):  # noqa: ASYNC110
        await asyncio.sleep(0.001)  # it is set beside everything else, when it can be

    set_now = next(call for call in calls if call.method.lower() == "setmycommands")
    menu = {each["command"]: each["description"] for each in set_now.params["commands"]}
    assert tuple(menu) == COMMANDS
    assert all(3 <= len(text) <= 256 for text in menu.values())


@pytest.mark.parametrize("command", COMMANDS)
async def test_no_command_moves_the_learner_on(
    amina: Careful, on_small: Stage, command: str
) -> None:
    await amina.goes_to_question()
    before = (await on_small.store.fetch_history(AMINA)).progress

    await amina.says(f"/{command}")

    assert (await on_small.store.fetch_history(AMINA)).progress == before
