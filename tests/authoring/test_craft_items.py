"""A sound question into which one defect is put has exactly that one found, where it is."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.craft import CRAFT, find_faults
from course.checking import checker
from tests.authoring.craft_questions import Question, written_course
from tests.authoring.craft_seeds import ROOT
from tests.course.seeded import MARK, Found, seed

THINGS = ("kettle", "vessel", "samovar", "teapot")
PURPOSES = ("the guests of a wedding", "a hall in winter", "men at the harbour")
OPTIONS = ("Made of clay", "Grey and round", "Cut from wood", "Found on land", "Light as straw")

Put: TypeAlias = Callable[[st.DrawFn, Question], Question]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    thing, purpose = draw(st.sampled_from(THINGS)), draw(st.sampled_from(PURPOSES))
    options = draw(st.permutations(OPTIONS))[: draw(st.integers(3, 4))]
    feedback = tuple(f"{option} is what others chose there." for option in options)
    key = draw(st.integers(0, len(options) - 1))
    return Question(thing, f"Which {thing} suits {purpose}?", tuple(options), feedback, key)


def seeded(question: Question) -> tuple[dict[str, str], set[Found]]:
    plain = replace(
        question,
        text=f"How is a {question.thing} carried by hand?",
        options=OPTIONS[:3],
        feedback=("Some hands do it so.",) * 3,
        key=0,
        mark="",
    )
    return seed((), written_course([question, *[plain] * question.alike]))


def text(*forms: str) -> Put:
    """Another text of the question."""

    def put(draw: st.DrawFn, sound: Question) -> Question:
        purpose = draw(st.sampled_from(PURPOSES))
        form = draw(st.sampled_from(forms))
        return replace(sound, text=MARK + form.format(thing=sound.thing, purpose=purpose))

    return put


def distractor(*texts: str) -> Put:
    """Another text of one wrong option, or of several; {0} is its text so far."""

    def put(draw: st.DrawFn, sound: Question) -> Question:
        numbers = st.sets(st.sampled_from(sound.distractors()), min_size=1)
        for number in draw(numbers):
            said = draw(st.sampled_from(texts)).format(sound.options[number].lower())
            sound = sound.with_option(number, MARK + said)
        return sound

    return put


def key(*texts: str) -> Put:
    """Another text of the right option; {0} is its text so far."""

    def put(draw: st.DrawFn, sound: Question) -> Question:
        said = draw(st.sampled_from(texts)).format(sound.options[sound.key].lower())
        return sound.with_option(sound.key, MARK + said)

    return put


def feedback(*texts: str) -> Put:
    """Another feedback to one of the options."""

    def put(draw: st.DrawFn, sound: Question) -> Question:
        number = draw(st.integers(0, len(sound.options) - 1))
        said = MARK + draw(st.sampled_from(texts))
        every = (*sound.feedback[:number], said, *sound.feedback[number + 1 :])
        return replace(sound, feedback=every)

    return put


def number_of_options(draw: st.DrawFn, sound: Question) -> Question:
    """Two options, or five."""
    options = OPTIONS[: draw(st.sampled_from((2, 5)))]
    every = tuple(f"{option} is what others chose there." for option in options)
    number = draw(st.integers(0, len(options) - 1))
    return replace(sound, options=options, feedback=every, key=number, mark=MARK)


def option_within_another(draw: st.DrawFn, sound: Question) -> Question:
    one, other = draw(st.permutations(range(len(sound.options))))[:2]
    return sound.with_option(other, f"{MARK}{sound.options[one]} in a box")


def ranges(gap: int) -> Put:
    """Numbers in two wrong options, the second of which begins `gap` after the end of the first."""

    def put(draw: st.DrawFn, sound: Question) -> Question:
        low, middle, high = sorted(draw(st.tuples(*[st.integers(11, 90)] * 3)))
        one = draw(st.sampled_from((f"{low} to {middle} days", f"at most {middle} days")))
        middle += gap
        other = draw(st.sampled_from((f"{middle} to {high + 2} days", f"at least {middle} days")))
        first, second, *_ = sound.distractors()
        texts = draw(st.permutations((one, other)))
        return sound.with_option(first, texts[0]).with_option(second, MARK + texts[1])

    return put


def longer_key(least: int, most: int) -> Put:
    """A right option that is so many characters longer than the shortest."""

    def put(draw: st.DrawFn, sound: Question) -> Question:
        longer = min(len(sound.options[number]) for number in sound.distractors())
        longer += draw(st.integers(least, most))
        return sound.with_option(sound.key, MARK + "So" + "o" * (longer - 2))

    return put


def article(draw: st.DrawFn, sound: Question) -> Question:
    """A text that ends with an article for options of which only some begin with a vowel."""
    number = draw(st.integers(0, len(sound.options) - 1))
    said = "Say what suits them: it is " + draw(st.sampled_from(("a", "an ...")))
    return replace(sound.with_option(number, "Old but clean"), text=MARK + said)


def echo(least: int, most: int) -> Put:
    """A word of the question in the right option, which so many other questions have as well."""

    def put(draw: st.DrawFn, sound: Question) -> Question:
        said = draw(st.sampled_from(("Like any {0}", "As {0}s are", "With a {0}")))
        said = MARK + said.format(sound.thing)
        return replace(sound.with_option(sound.key, said), alike=draw(st.integers(least, most)))

    return put


def in_all_options(word: str) -> Put:
    def put(_: st.DrawFn, sound: Question) -> Question:
        return replace(sound, options=tuple(f"{word} {text.lower()}" for text in sound.options))

    return put


DEFECTS: dict[str, Put] = {
    "stems_ask": text("The {thing} that suits {purpose} is", "A {thing} is shown to {purpose}."),
    "stems_hold_the_question": text(
        "Which is right?", "Which of these is true?", "Which of these statements is correct?"
    ),
    "stems_are_positive": text(
        "Which {thing} does not suit {purpose}?", "Which {thing} doesn't suit {purpose}?",
        "Think of {purpose}. Which {thing} would never suit them?",
        "Which of these words on {purpose} is false?", "Which {thing} is the worst of all here?",
        "All of these suit {purpose}, except which?", "Choose the {thing} that is not for them.",
        "Which {thing} is least suitable for {purpose}?", "Where would {purpose} NOT put it?",
    ),
    "there_are_three_or_four_options": number_of_options,
    "options_stand_alone": distractor(
        "All of the above", "None of these is right.", "Both A and B", "A or C",
    ),
    "options_do_not_overlap": lambda draw, sound: draw(
        st.sampled_from((option_within_another, ranges(0)))
    )(draw, sound),
    "the_key_is_not_far_longer": longer_key(41, 80),
    "feedback_explains": feedback(
        "Correct, it is what others chose", "No. It is what others chose.", "Right: they chose it.",
        "Wrong, and so it is told.", "Others chose it there.", "So.",
    ),
    "absolute_words_are_not_only_in_distractors": distractor(
        "Only {0}", "Always {0}", "It must be {0}", "Never {0}", "Every time {0}",
    ),
    "hedges_are_not_only_in_the_key": key("Often {0}", "Usually {0}", "It can be {0}"),
    "articles_fit_all_options": article,
    "the_key_does_not_echo_the_stem": echo(0, 1),
}  # fmt: skip

SOUND: dict[str, Put] = {
    "nothing": lambda _, sound: sound,
    "a word of many questions": echo(2, 3),
    "a key 40 characters longer": longer_key(20, 40),
    "ranges side by side": ranges(1),
    "five words of feedback": feedback("It is what others chose."),
    "absolute words everywhere": in_all_options("Only"),
    "hedges everywhere": in_all_options("Often"),
}


def places(texts: dict[str, str], *rules: checker.Rule) -> set[Found]:
    draft = checker.read_draft(ROOT, texts)
    assert not any(page.problems for page in draft.files())
    problems = [each for rule in rules for each in rule(draft)] if rules else find_faults(draft)
    return {Found(problem.file, problem.line, problem.column) for problem in problems}


@pytest.mark.parametrize("name", DEFECTS)
@settings(max_examples=40)
@given(st.data())
def test_a_defect_is_found_where_it_is_and_nowhere_else(name: str, data: st.DataObject) -> None:
    [rule] = [rule for rule in CRAFT if rule.__name__ == name]
    question = data.draw(st.composite(lambda draw: DEFECTS[name](draw, draw(questions())))())

    texts, wanted = seeded(question)

    assert wanted
    assert places(texts) == wanted
    assert places(texts, rule) == wanted


@pytest.mark.parametrize("name", SOUND)
@settings(max_examples=20)
@given(st.data())
def test_what_is_no_defect_is_left_alone(name: str, data: st.DataObject) -> None:
    question = data.draw(st.composite(lambda draw: SOUND[name](draw, draw(questions())))())

    texts, _ = seeded(question)

    assert places(texts) == set()
