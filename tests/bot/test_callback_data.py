"""The data of buttons: whatever is packed comes back, and nothing else is taken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback_data import (
    LARGEST_ID,
    LONGEST,
    MANAGED,
    MOST_ASKINGS,
    SCREENS,
    SETTINGS,
    SNOOZES,
    WISHES,
    Choose,
    Continue,
    GoOn,
    Lessons,
    Manage,
    Page,
    Places,
    Press,
    Review,
    Select,
    Set,
    Show,
    Snooze,
    Why,
    Wish,
    id_number,
    pack,
    unpack,
)
from course.learning.progress import feedback_item
from course.limits import ID_LENGTH, LONGEST_ORDINAL, OPTION_ID_LENGTH, OPTIONS_MOST, answer_button
from course.local_time import names
from course.model import CardId, ModuleId, OptionId, QuestionId
from course.reminders.rhythm import Kind
from tests.support.running import real_course

IDS = st.from_regex(r"[a-z][a-z0-9-]{0,23}", fullmatch=True)
OPTIONS = st.frozensets(st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True), max_size=6)
ORDINALS = st.integers(1, MOST_ASKINGS)

PRESSES = st.one_of(
    st.just(Continue()),
    st.builds(GoOn, IDS),
    st.builds(GoOn, st.builds(feedback_item, IDS, ORDINALS)),
    st.builds(Choose, IDS, ORDINALS, OPTIONS.filter(bool)),
    st.builds(Select, IDS, ORDINALS, OPTIONS),
    st.builds(Page, IDS),
    st.builds(Review, IDS),
    st.builds(Lessons, IDS),
    st.builds(Show, st.sampled_from(SCREENS)),
    st.builds(Set, st.sampled_from(SETTINGS), st.booleans()),
    st.builds(Wish, st.sampled_from(WISHES), st.sampled_from(sorted(names()))),
    st.builds(Wish, st.just("hour"), st.integers(0, 1439).map(str)),
    st.builds(
        Snooze, st.sampled_from(SNOOZES) | st.dates(date(2026, 1, 1), date(2099, 12, 31)).map(str)
    ),
    st.builds(Places, st.integers(-999, 999)),
    st.builds(
        Manage,
        st.sampled_from(MANAGED),
        st.from_regex(r"[a-z-]{1,16}", fullmatch=True),
        st.integers(0, LARGEST_ID),
        st.from_regex(r"[a-zA-Z0-9_.-]{0,24}", fullmatch=True),
    ),
    st.builds(Why, st.sampled_from(Kind).map(str)),
)


@given(PRESSES)
def test_what_is_packed_comes_back_and_fits(press: Press) -> None:
    data = pack(press)

    assert unpack(data) == press
    assert 1 <= len(data.encode()) <= LONGEST


@given(st.text(max_size=100) | st.from_regex(r"[a-z](:[\w.#]{0,40}){0,4}"))
def test_anything_else_is_nothing_or_means_what_it_would_be_packed_from(data: str) -> None:
    press = unpack(data.encode(errors="ignore").decode())

    assert press is None or unpack(pack(press)) == press


@given(st.binary(max_size=70))
def test_random_bytes_are_taken_calmly(noise: bytes) -> None:
    press = unpack(noise.decode(errors="replace"))

    assert press is None or isinstance(press, Press)


def test_the_longest_button_that_an_author_can_cause_fits() -> None:
    question = "q" * ID_LENGTH
    options = tuple(f"{n}" * OPTION_ID_LENGTH for n in range(OPTIONS_MOST))

    assert LONGEST_ORDINAL == MOST_ASKINGS
    longest = Choose(
        QuestionId(question), MOST_ASKINGS, frozenset(OptionId(option) for option in options)
    )
    assert pack(longest) == answer_button(question, options)
    assert len(pack(longest)) <= LONGEST


@pytest.mark.parametrize(
    "data",
    ["", ":", "c:", "c:1", "n:", "n:a:b", "a:q:1:", "a:q::a", "a::1:a", "a:q:0:a", "a:q:1000:a",
     "a:q:-1:a", "a:q:1.0:a", "a:q: 1:a", "a:q:1:a:b", "s:", "s:nope", "x:plain:2", "x:plain:",
     "x:nope:1", "z:1", "z:", "z:2026-3-1", "w:zone:", "w:nope:1", "w:zone:a b",
     "w:hour:" + "1" * 41, "o:", "o:01", "o:1000", "o:-0", "y:", "y:F", "y:a:b",
     f"b:who:{2**52}:", "b:who:1:" + "9" * 41, "k:open:-1:", "k:open:01:",
     "A:q:1:a", "n:" + "x" * 63, "\u0661"],
)  # fmt: skip
def test_data_of_no_button_means_nothing(data: str) -> None:
    assert unpack(data) is None


@pytest.mark.parametrize(
    ("data", "number"),
    [("0", 0), ("2001", 2001), (str(LARGEST_ID), LARGEST_ID), (str(LARGEST_ID + 1), None),
     ("9" * 40, None), ("-1", None), ("", None), ("1.0", None), ("\u0661", None), ("\u00b2", None)],
)  # fmt: skip
def test_an_id_has_a_bound(data: str, number: int | None) -> None:
    assert id_number(data) == number


def test_data_does_not_tell_what_is_right() -> None:
    for question in real_course().questions():
        for option in question.options:
            data = pack(Choose(question.id, 1, frozenset({option.id})))
            assert data == f"a:{question.id}:1:{option.id}"


def test_a_press_is_about_ids_and_never_about_positions() -> None:
    assert pack(Page(CardId("m1l1c1"))) == "p:m1l1c1"
    assert pack(Lessons(ModuleId("m1"))) == "l:m1"


def test_data_that_telegram_refuses_is_never_put_on_a_button() -> None:
    with pytest.raises(AssertionError, match="Telegram refuses"):
        pack(Manage("b", "language", 10**17, "x" * 40))
