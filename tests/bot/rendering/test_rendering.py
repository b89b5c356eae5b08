"""Rules for every message the bot can send, rendered from the real course."""

import inspect
from itertools import chain

import pytest

from bot.callback_data import (
    Continue,
    FinishItem,
    SubmitAnswer,
    unpack,
)
from bot.i18n import Translators
from bot.messages import Reply
from bot.rendering import notices
from course.limits import MAX_MESSAGE_BYTES, MAX_MESSAGE_UNITS, utf8_bytes, utf16_units
from simulator.entities import read
from tests.bot.rendering import screens
from tests.conversations.audit import TELLING, first_line_tells
from tests.course.examples import SMALL
from tests.support.running import real_course

ENGLISH = Translators.load().for_language("en")
PLAIN = ENGLISH.with_plain(plain=True)


@pytest.fixture(scope="module")
def every() -> list[Reply]:
    """Each different message."""
    said = chain(
        screens.replies(ENGLISH, real_course()),
        screens.replies(PLAIN, real_course()),
        screens.replies(ENGLISH, SMALL),
    )
    return list(dict.fromkeys(said))


def test_every_notice_there_is_stands_among_them() -> None:
    functions = {
        name for name, one in inspect.getmembers(notices, inspect.isfunction)
        if one.__module__ == notices.__name__ and not name.startswith("_")
    }  # fmt: skip
    by_hand = {"group_greeting", "failure_notice", "type_letters"}

    known = {one.__name__ for one in (*screens.TOASTS, *screens.NOTICES)}

    assert functions == known | by_hand


def test_the_first_line_gives_the_topic_to_nobody_who_sees_a_locked_screen(
    every: list[Reply],
) -> None:
    assert [reply.text for reply in every if first_line_tells(reply.text)] == []


def test_command_names_descriptions_and_toasts_give_nothing_away_either() -> None:
    said = [*screens.menu(ENGLISH), *screens.toasts(ENGLISH)]

    assert [text for text in said if TELLING.search(text)] == []


@pytest.mark.parametrize(
    "line", ["Drug courts", "About <b>prisons</b>", "OVERDOSE", "the conviction", "Punishment?"]
)
def test_the_list_of_telling_words_finds_what_it_is_for(line: str) -> None:
    assert first_line_tells(f"{line}\nModule 1")
    assert not first_line_tells(f"Module 1\n{line}")


def test_every_message_fits_and_is_markup_that_telegram_takes(every: list[Reply]) -> None:
    for reply in every:
        shown = read(reply.text, "HTML")
        assert 1 <= utf16_units(shown.text) <= MAX_MESSAGE_UNITS
        assert utf8_bytes(reply.text) <= MAX_MESSAGE_BYTES
        assert "&lt;" not in shown.text


def test_every_button_has_a_short_label_and_data_of_64_bytes_at_most(every: list[Reply]) -> None:
    for button in (button for reply in every for row in reply.rows for button in row):
        assert 1 <= len(button.text) <= 40
        assert 1 <= utf8_bytes(button.data) <= 64
        assert unpack(button.data) is not None


def test_every_button_that_goes_forward_says_next_continue_or_start(every: list[Reply]) -> None:
    for reply in every:
        for button in (button for row in reply.rows for button in row):
            press = unpack(button.data)
            sends_several = isinstance(press, SubmitAnswer) and len(button.text) > 1
            if isinstance(press, Continue | FinishItem) or sends_several:
                assert any(
                    word in button.text for word in ("Next", "Continue", "Start", "Go on")
                ), button


def test_nothing_is_a_wall_of_buttons_or_a_shout(every: list[Reply]) -> None:
    for reply in every:
        assert sum(map(len, reply.rows)) <= 8
        assert max((len(row) for row in reply.rows), default=0) <= 6
        assert "!!" not in reply.text


def test_toasts_and_descriptions_are_within_telegrams_sizes() -> None:
    assert all(1 <= len(toast) <= 200 for toast in screens.toasts(ENGLISH))
    assert all(3 <= len(text) <= 120 for text in screens.menu(ENGLISH))
