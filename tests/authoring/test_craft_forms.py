"""The rules that read English: what they find, and what they leave alone."""

from collections.abc import Callable

import pytest

from authoring import craft_cues, craft_options, craft_stems
from authoring.craft import find_faults
from authoring.craft_words import avoided_words_are_avoided
from course.checking import checker
from course.checking.checker import Rule
from tests.authoring.craft_seeds import (
    ASKED,
    AVOID,
    LEAVES,
    ROOT,
    crafted_texts,
)

KEY, OTHER = "text: A closed tin\n", "text: A glass jar\n"
FEEDBACK = "feedback: Paper keeps light away, and lets moist air through.\n"


def with_text(old: str, new: str) -> dict[str, str]:
    texts = crafted_texts()
    assert texts[LEAVES].count(old) == 1
    quoted = new.replace('"', '\\"')
    key = old.partition(":")[0]
    texts[LEAVES] = texts[LEAVES].replace(old, f'{key}: "{quoted}"' + "\n" * old.endswith("\n"))
    return texts


def breaks(rule: Rule, texts: dict[str, str]) -> bool:
    return any(rule(checker.read_draft(ROOT, texts)))


@pytest.mark.parametrize(
    "stem",
    [
        *("Which of these is not allowed under the Rules?", "Who need not agree to the measure?"),
        *("What should a judge never do in such a case?", "Which step isn't part of the plan?"),
        *("In the review, which group was not looked at?", "Which statement is false?"),
        *("Which of these statements is incorrect?", "Which of the answers is wrong here now?"),
        *("All of these are safeguards, except which?", "Which is the wrong answer to him?"),
        *("Which of these is the least likely reason?", "Which of the plans is the worst one?"),
        *(
            "She asks for advice. Which reply would NOT help her?",
            "In which case is it not lawful?",
        ),
        *("Choose the measure that does not fit the offence.", "Which of these cannot be true?"),
    ],
)
def test_a_question_for_what_is_not_so_is_found(stem: str) -> None:
    assert breaks(craft_stems.stems_are_positive, with_text(ASKED, stem))


@pytest.mark.parametrize(
    "stem",
    [
        "He has not used heroin for a year, and does not want to go. What do you advise him?",
        'The draft says: "It is not allowed." What do you write in its place?',
        'Her report says: "Which of these is not true?" What do you answer her?',
        "What do you do if she does not agree to the plan?",
        "What follows when a person who is not convicted leaves the programme?",
        "Why is a positive test not a diagnosis?",
        "What is wrong with this plan for the prison?",
        "Which is the least intrusive measure that meets the need?",
        "Which rule holds for people who are not convicted?",
        "It must take at least two weeks. Which offer do you make?",
        "She never came back. What do you say to the team about it?",
        "What does the review show, and what does it not show?",
        "Which measure fits, so that he does not lose his job?",
    ],
)
def test_a_not_within_the_story_or_a_clause_is_left_alone(stem: str) -> None:
    assert not breaks(craft_stems.stems_are_positive, with_text(ASKED, stem))


@pytest.mark.parametrize(
    ("stem", "right"),
    [
        ("You are a judge. Choose the measure that fits.", True),
        ("A leaflet is torn. Complete the sentence.", True),
        ('She asks: "What now?" What do you answer?', True),
        ('She asks you at the end of the day: "What now?"', True),
        ("The measure that fits the offence is the", False),
        ("Here are three measures for the offence.", False),
    ],
)
def test_a_text_ends_with_what_is_asked(stem: str, *, right: bool) -> None:
    assert breaks(craft_stems.stems_ask, with_text(ASKED, stem)) != right


@pytest.mark.parametrize(
    ("stem", "right"),
    [
        ("Which one is right?", False),
        ("Which of the following is true?", False),
        ("Which of these statements are correct?", False),
        ("Which of these statements about the Tokyo Rules is correct?", True),
        ("What is the key feature of dependence?", True),
    ],
)
def test_a_question_has_its_topic_in_it(stem: str, *, right: bool) -> None:
    assert breaks(craft_stems.stems_hold_the_question, with_text(ASKED, stem)) != right


@pytest.mark.parametrize(
    ("option", "right"),
    [
        *(
            ("All of the above", False),
            ("None of these", False),
            ("Both of them are right.", False),
        ),
        *(("Neither of the options", False), ("A and C", False), ("Both A and B", False)),
        *(("Answers B and C", False), ("Any of the above", False), ("a or b", False)),
        *(("Hepatitis B and C", True), ("All of them go to the clinic", True)),
        *(("None of the studies was randomised", True), ("Both the judge and the team", True)),
        *(("The above-mentioned court", True), ("Each of the three agencies", True)),
    ],
)
def test_options_that_speak_of_others_are_told_from_those_that_do_not(
    option: str, *, right: bool
) -> None:
    assert breaks(craft_options.options_stand_alone, with_text(OTHER, option)) != right


@pytest.mark.parametrize(
    ("feedback", "right"),
    [
        *(("Correct. It is a closed tin that counts.", False), ("Yes - it is a tin.", False)),
        *(("No, this is not what the guild wants.", False), ("Wrong: it is another one.", False)),
        *(("True, but it lets light in.", False), ("It is not.", False)),
        *(("No treatment was offered to her there.", True), ("Right answers need a reason.", True)),
        *(("No one asked her about it.", True), ("True consent needs time and advice.", True)),
        ("Correctness is worth a lot to them.", True),
    ],
)
def test_a_bare_verdict_is_told_from_a_sentence(feedback: str, *, right: bool) -> None:
    assert breaks(craft_options.feedback_explains, with_text(FEEDBACK, feedback)) != right


@pytest.mark.parametrize(
    ("option", "right"),
    [
        *(("It is always glass", False), ("Only glass", False), ("No one knows it", False)),
        *(("It must be glass", False), ("Completely dark glass", False), ("All glass jars", False)),
        *(("Not all of it", True), ("All but two of them", True), ("Above all a jar", True)),
        *(("Not only glass", True), ("Almost always glass", True), ("A hall of glass", True)),
        *(("Mustard glass", True), ("An allowed jar", True)),
    ],
)
def test_absolute_words_are_told_from_their_softened_kin(option: str, *, right: bool) -> None:
    rule = craft_cues.absolute_words_are_not_only_in_distractors

    assert breaks(rule, with_text(OTHER, option)) != right
    assert not breaks(rule, with_text(KEY, option))


@pytest.mark.parametrize(
    ("option", "right"),
    [
        *(("It may be a tin", False), ("Usually a tin", False), ("A tin can do it", False)),
        *(("A tin of May 2019", True), ("A tin of May 19", True), ("A canned tin", True)),
    ],
)
def test_hedges_are_told_from_other_words(option: str, *, right: bool) -> None:
    assert breaks(craft_cues.hedges_are_not_only_in_the_key, with_text(KEY, option)) != right


QUOTED = "{avoid: [{words: [tin], instead: box, quoted: true}]}"


@pytest.mark.parametrize(
    ("feedback", "right"),
    [
        ('He said "a tin" and meant it.', True),
        ("He said “a tin” and meant it.", True),
        ('"It is a jar. It is a tin. It is mine." So he said.', True),
        ('He said "a jar" and meant a tin of tea.', False),
        ('He said "a jar and a tin of tea.', False),
        ("A tin, he said, is not a jar.", False),
        ("A TIN, he said, is not a jar.", False),
        ("A tinker said that it is a jar.", True),
        ("It was a tin-opener for a jar.", False),
    ],
)
def test_avoided_words_are_allowed_in_quotations_that_are_closed(
    feedback: str, *, right: bool
) -> None:
    texts = with_text(FEEDBACK, feedback) | {AVOID: QUOTED}
    found = [problem for problem in words_found(texts) if problem == place_of(texts, feedback)]

    assert bool(found) != right


def words_found(texts: dict[str, str]) -> list[tuple[str, int]]:
    found = avoided_words_are_avoided(checker.read_draft(ROOT, texts))
    return [(problem.file, problem.line) for problem in found]


def place_of(texts: dict[str, str], said: str) -> tuple[str, int]:
    lines = texts[LEAVES].split("\n")
    quoted = said.replace('"', '\\"')
    [number] = [number for number, line in enumerate(lines, 1) if quoted in line]
    return LEAVES, number


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text[: len(text) // 3],
        lambda text: text[:0],
        lambda text: text.replace("text:", "txt:"),
        lambda text: text.replace("options:", "opt:"),
        lambda text: text.replace("facts:", "fact:"),
        lambda text: text.replace("correct: true", ""),
        lambda text: text.replace("- id: a\n", "- x\n"),
    ],
    ids=["half", "a third", "nothing", "no texts", "no options", "no facts", "no keys", "no ids"],
)
def test_no_rule_stumbles_over_a_course_that_is_not_whole(change: Callable[[str], str]) -> None:
    whole = crafted_texts()

    for file in whole:
        for texts in (whole | {file: change(whole[file])}, {ROOT: whole[ROOT], file: "x"}):
            for problem in find_faults(checker.read_draft(ROOT, texts)):
                assert problem.line > 0
