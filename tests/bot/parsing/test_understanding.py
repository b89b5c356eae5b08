"""Typed text is understood: an answer, a command in words, a term, a question for the course.

typed_texts.yaml holds 300 texts in five voices, written without looking at the code, each with what
it ought to do. Half of them, drawn by lot, were looked at while the rules were mended: then 148 of
these 150 were understood and 145 of the others. All had been read before the table of phrases was
written, so neither half says how new texts fare. more_texts.yaml does: three sets, each written
after the rules and read once before they were mended. 28 of 52, 37 of 56 and 24 of 44 were
understood at first, and after the last mending 19 of 38 new ones: about one in two. What was not
understood was unclear or a question for the course; no text was ever taken for a wrong answer.
"""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.parsing.typed_answers import (
    AnswerLetters,
    AskCourse,
    CommandWord,
    Danger,
    Intent,
    LookUp,
    Unclear,
    understand,
)
from course.model import Course, Question, QuestionId
from tests.support.running import real_course

TEXTS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("typed_texts.yaml").read_text("utf-8")
)
MORE: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("more_texts.yaml").read_text("utf-8")
)

# What the labels call otherwise, or leave open.
CALLED = {
    "next": {"next", "continue"},
    "not_covered": {"ask_course"},
    "pause_or_reminders": {"reminders", "pause", "later"},
    "stop": {"stop", "leave_for_today"},
    "test_or_result": {"test"},
}


@cache
def course() -> Course:
    return real_course()


def all_questions() -> list[Question]:
    banks = (question for module in course().modules for question in module.bank)
    return [*course().questions(), *banks]


def named(intent: Intent | None) -> str:
    match intent:
        case Danger(beside):
            return f"danger {named(beside)}"
        case AnswerLetters(letters):
            return f"answer:{letters.lower()}"
        case CommandWord(word):
            return word
        case LookUp(term):
            return f"look_up:{term.term}"
        case AskCourse():
            return "ask_course"
        case Unclear():
            return "unclear"
        case None:
            return ""


def is_wanted(wanted: str, got: str) -> bool:
    """Help may come before what is wanted, but nothing instead of help."""
    if wanted == "danger":
        return got.startswith("danger")
    return got.removeprefix("danger ") in {wanted, *CALLED.get(wanted, ())}


def read(texts: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    questions = {question.id: question for question in all_questions()}
    return [
        (each, named(understand(each["text"], course(), questions.get(each.get("question")))))
        for each in texts
    ]


@cache
def understood() -> list[tuple[dict[str, Any], str]]:
    return read(TEXTS)


def test_at_least_nine_in_ten_texts_do_what_they_ought_to() -> None:
    missed = [each["text"] for each, got in understood() if not is_wanted(each["wanted"], got)]

    assert missed == ["best rehab near me 📍"]
    assert len(missed) <= 0.1 * len(TEXTS)


@pytest.mark.parametrize("part", ["voice", "wanted"])
def test_no_voice_and_no_kind_is_left_behind(part: str) -> None:
    def of(each: dict[str, Any]) -> str:
        return str(each[part]).split(":")[0]

    everyone = Counter(of(each) for each, _ in understood())
    reached = Counter(of(each) for each, got in understood() if is_wanted(each["wanted"], got))

    assert all(reached[name] >= 0.9 * everyone[name] for name in everyone)


def test_texts_written_after_the_rules_do_what_they_ought_to() -> None:
    missed = [each["text"] for each, got in read(MORE) if not is_wanted(each["wanted"], got)]

    assert len(missed) <= 0.1 * len(MORE), missed


def test_danger_is_never_missed() -> None:
    texts = [*understood(), *read(MORE)]

    dangers = [got for each, got in texts if each["wanted"] == "danger"]

    assert len(dangers) == 23
    assert all(got.startswith("danger") for got in dangers)


def test_no_text_is_taken_for_an_answer_that_it_is_not() -> None:
    texts = [*understood(), *read(MORE)]

    answers = [(each["wanted"], got) for each, got in texts if got.startswith("answer")]

    assert len(answers) > 90
    assert all(wanted == got for wanted, got in answers)


def test_what_is_no_answer_is_none_whatever_question_is_open() -> None:
    texts = [*TEXTS, *MORE]
    others = [each["text"] for each in texts if not each["wanted"].startswith("answer")]

    taken = [
        (text, question.id)
        for question in all_questions()[::12]
        for text in others
        if isinstance(understand(text, course(), question), AnswerLetters)
    ]

    assert taken == []


def test_each_option_is_an_answer_in_its_own_words() -> None:
    typed = [
        (question.letter(option.id), understand(option.text, course(), question))
        for question in all_questions()
        for option in question.options
    ]

    assert all(intent == AnswerLetters(letter) for letter, intent in typed)


@pytest.fixture
def four_options() -> Question:
    found = course().question(QuestionId("m3l3q1"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("c", "C"), ("answer c", "C"), ("i think b", "B"), ("Option see what I chose", None),
        ("option see", "C"), ("3", "C"), ("number three", "C"), ("the last one", "D"),
        ("all", "ABCD"), ("all of them", "ABCD"), ("both A and C", "AC"), ("a, b, and d", "ABD"),
        ("everything except d", "ABC"), ("b no wait i mean c", "C"), ("I changed to b", "B"),
        ("a, c and d please", "ACD"), ("lower her dose now", "B"), ("Make sure", "A"),
        ("a or b", None), ("not b", None), ("is it B?", None), ("the first two", None),
        ("the last two", None), ("a good one", None), ("A friend of mine uses heroin", None),
        ("see", None), ("c section", None), ("the middle one", None), ("her", None), ("", None),
        ("e", "E"), ("def", "DEF"), ("all good", None), ("all the best", None), ("bad", None),
        ("one second please", None), ("a second", None), ("not lower her dose now", None),
        ("I would not lower her dose now, so that she needs less outside", None), ("the", None),
        ("option", None), ("anything but b", None), ("it's not c, d", None), ("C is wrong", None),
    ],
)  # fmt: skip
def test_an_answer_has_many_forms(four_options: Question, text: str, letters: str | None) -> None:
    got = understand(text, course(), four_options)

    assert (got.letters if isinstance(got, AnswerLetters) else None) == letters


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("how long is left", "time_left"), ("next please", "next"), ("STOP", "stop"),
        ("stop for today", "leave_for_today"), ("remind me tomorrow", "reminders"),
        ("talk to someone", "talk_to_someone"), ("delete my data", "delete_data"),
        ("thanks", "thanks"), ("Hello!", "hello"), ("i dont know", "unclear"),
        ("what is naloxone?", "look_up:naloxone"), ("Methadon", "look_up:methadone"),
        ("hello, what is tolerance?", "look_up:tolerance"), ("who are they", "ask_course"),
        ("what is an overdose?", "danger ask_course"), ("she overdosed", "danger "),
        ("is naloxone against an overdose? what is naloxone", "danger look_up:naloxone"),
        ("go on with what she told you", "unclear"), ("x" * 4096, "unclear"),
    ],
)  # fmt: skip
def test_without_a_question_text_is_a_command_a_term_or_a_question(text: str, got: str) -> None:
    assert named(understand(text, course())) == got


def test_danger_is_noticed_at_the_end_of_the_longest_message() -> None:
    assert isinstance(understand("word " * 800 + "suicide", course()), Danger)
