"""The data of buttons: whatever is packed comes back, and nothing else is taken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callback_data import (
    LARGEST_ID,
    MANAGE_VERBS,
    MAX_BYTES,
    MAX_ORDINAL,
    PREFERENCES,
    SCREENS,
    SETTINGS,
    SNOOZE_CHOICES,
    Continue,
    ExplainReminder,
    FinishItem,
    ListLessons,
    ListTimeZones,
    ManagePress,
    Press,
    ReadFound,
    ReviewQuestion,
    SelectOptions,
    SetPreference,
    ShowCard,
    ShowScreen,
    Snooze,
    SubmitAnswer,
    ToggleSetting,
    pack,
    parse_id,
    unpack,
)
from course.learning.progress import feedback_item
from course.limits import (
    MAX_BUTTON_ORDINAL,
    MAX_ID_LENGTH,
    MAX_OPTION_ID_LENGTH,
    MAX_OPTIONS,
    longest_answer_button,
)
from course.local_time import zone_names
from course.model import CardId, ModuleId, OptionId, QuestionId
from course.reminders.rhythm import ReminderKind
from tests.support.running import real_course

IDS = st.from_regex(r"[a-z][a-z0-9-]{0,23}", fullmatch=True)
OPTIONS = st.frozensets(st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True), max_size=6)
ORDINALS = st.integers(1, MAX_ORDINAL)

PRESSES = st.one_of(
    st.just(Continue()),
    st.builds(FinishItem, IDS),
    st.builds(FinishItem, st.builds(feedback_item, IDS, ORDINALS)),
    st.builds(SubmitAnswer, IDS, ORDINALS, OPTIONS.filter(bool)),
    st.builds(SelectOptions, IDS, ORDINALS, OPTIONS),
    st.builds(ShowCard, IDS),
    st.builds(ReviewQuestion, IDS),
    st.builds(ReadFound, IDS | st.from_regex(r"#[0-9a-f]{1,8}", fullmatch=True)),
    st.builds(ListLessons, IDS),
    st.builds(ShowScreen, st.sampled_from(SCREENS)),
    st.builds(ToggleSetting, st.sampled_from(SETTINGS), st.booleans()),
    st.builds(SetPreference, st.sampled_from(PREFERENCES), st.sampled_from(sorted(zone_names()))),
    st.builds(SetPreference, st.just("hour"), st.integers(0, 1439).map(str)),
    st.builds(
        Snooze,
        st.sampled_from(SNOOZE_CHOICES) | st.dates(date(2026, 1, 1), date(2099, 12, 31)).map(str),
    ),
    st.builds(ListTimeZones, st.integers(-999, 999)),
    st.builds(
        ManagePress,
        st.sampled_from(MANAGE_VERBS),
        st.from_regex(r"[a-z-]{1,16}", fullmatch=True),
        st.integers(0, LARGEST_ID),
        st.from_regex(r"[a-zA-Z0-9_.-]{0,24}", fullmatch=True),
    ),
    st.builds(ExplainReminder, st.sampled_from(ReminderKind).map(str)),
)


@given(PRESSES)
def test_what_is_packed_comes_back_and_fits(press: Press) -> None:
    data = pack(press)

    assert unpack(data) == press
    assert 1 <= len(data.encode()) <= MAX_BYTES


@given(st.text(max_size=100) | st.from_regex(r"[a-z](:[\w.#]{0,40}){0,4}"))
def test_anything_else_is_nothing_or_means_what_it_would_be_packed_from(data: str) -> None:
    press = unpack(data.encode(errors="ignore").decode())

    assert press is None or unpack(pack(press)) == press


@given(st.binary(max_size=70))
def test_random_bytes_are_taken_calmly(noise: bytes) -> None:
    press = unpack(noise.decode(errors="replace"))

    assert press is None or isinstance(press, Press)


def test_the_longest_button_that_an_author_can_cause_fits() -> None:
    question = "q" * MAX_ID_LENGTH
    options = tuple(f"{n}" * MAX_OPTION_ID_LENGTH for n in range(MAX_OPTIONS))

    assert MAX_BUTTON_ORDINAL == MAX_ORDINAL
    longest = SubmitAnswer(
        QuestionId(question), MAX_ORDINAL, frozenset(OptionId(option) for option in options)
    )
    assert pack(longest) == longest_answer_button(question, options)
    assert len(pack(longest)) <= MAX_BYTES


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
    assert parse_id(data) == number


def test_data_does_not_tell_what_is_right() -> None:
    for question in real_course().questions():
        for option in question.options:
            data = pack(SubmitAnswer(question.id, 1, frozenset({option.id})))
            assert data == f"a:{question.id}:1:{option.id}"


def test_a_press_is_about_ids_and_never_about_positions() -> None:
    assert pack(ShowCard(CardId("m1l1c1"))) == "p:m1l1c1"
    assert pack(ListLessons(ModuleId("m1"))) == "l:m1"


def test_data_that_telegram_refuses_is_never_put_on_a_button() -> None:
    with pytest.raises(AssertionError, match="Telegram refuses"):
        pack(ManagePress("b", "language", 10**17, "x" * 40))
