"""From files to a course: what is kept as written, what is named, what never crashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import limits
from course.model import Course, OptionId, QuestionId
from course.problems import Problem
from course.reading.loader import CourseFormatError, parse_course, referenced_files
from course.reminders.rhythm import ReminderKind, Rhythm
from tests.course.seeded import FILES, LEAVES, ROOT, SOURCES, WATER, clean_texts

SNIPPETS = [
    *(": ", "- ", "\n", "\n  ", '"', "'", "[", "]", "{", "}", "&a ", "*a", "!x ", "|", ">", "#"),
    *("---\n", "...", "%YAML 1.1\n", "\t", "<<: ", "? ", ",", "\x00", "\ud800", "\u2028", "\r"),
    *(
        "title: ",
        "id: m1\n",
        "true",
        "null",
        "~",
        "012",
        "<b>",
        "[[[[[[[[[[[[[[",
        "\ufeff",
        "facts",
    ),
]
pieces = st.one_of(st.text(max_size=20), st.sampled_from(SNIPPETS), st.just(""))


def problems(texts: dict[str, str], known: tuple[Problem, ...] = ()) -> tuple[Problem, ...]:
    with pytest.raises(CourseFormatError) as caught:
        parse_course(ROOT, texts, known)
    return caught.value.problems


def load_or_complain(texts: dict[str, str]) -> Course | None:
    """The course, or `None` when there are problems, each with a place that exists."""
    try:
        return parse_course(ROOT, texts)
    except CourseFormatError as error:
        found = error.problems
    assert found
    for problem in found:
        text = texts.get(problem.file, "").replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
        assert "\n" not in str(problem)
    return None


@given(st.sampled_from(FILES), st.text())
def test_any_text_at_all_is_a_course_or_a_list_of_problems(file: str, text: str) -> None:
    assert load_or_complain(clean_texts() | {file: text}) is None or file in FILES


@given(st.text())
def test_a_root_of_any_text_names_only_files_below_it(text: str) -> None:
    assert all(".." not in name and not name.startswith("/") for name in referenced_files(text))


@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), pieces), min_size=1, max_size=4),
)
def test_a_clean_course_changed_anywhere_never_crashes_the_checker(
    file: str, changes: list[tuple[float, int, str]]
) -> None:
    texts = clean_texts()
    for where, removed, put in changes:
        start = int(where * len(texts[file]))
        texts[file] = texts[file][:start] + put + texts[file][start + removed :]

    course = load_or_complain(texts)

    for question in course.questions() if course else ():
        options = tuple(option.id for option in question.options)
        assert (
            limits.utf8_bytes(limits.longest_answer_button(question.id, options))
            <= limits.MAX_BUTTON_BYTES
        )
        assert frozenset() < question.correct < frozenset(options)


def test_words_that_yaml_would_change_stay_as_they_were_written() -> None:
    course = parse_course(ROOT, clean_texts())

    years = course.question(QuestionId("m2l1q1"))
    answers = course.question(QuestionId("m1l1q1"))

    assert years is not None
    assert answers is not None
    assert [option.text for option in years.options] == [
        *("2021", "2022", "012", "1:30", "2021-05-01", "off")
    ]
    assert [option.text for option in answers.options] == ["yes", "no"]
    assert answers.correct == {OptionId("a")}


@pytest.mark.parametrize("word", ["on", "off", "Yes", "NO", "0x1F", "1e3", ".5", "08", "="])
def test_a_word_is_the_text_it_looks_like(word: str) -> None:
    texts = clean_texts()
    texts[LEAVES] = texts[LEAVES].replace("text: Paint", f"text: {word}")

    question = parse_course(ROOT, texts).question(QuestionId("m1l1q2"))

    assert question is not None
    assert question.options[2].text == word


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_and_a_byte_order_mark_change_nothing(ending: str) -> None:
    other = {name: "\ufeff" + text.replace("\n", ending) for name, text in clean_texts().items()}

    assert parse_course(ROOT, other) == parse_course(ROOT, clean_texts())


def test_the_root_names_its_files_once_and_in_order() -> None:
    root = clean_texts()[ROOT].replace(
        "coming:", "  - ../x.yaml\n  - /a.yaml\n  - sources.yaml\nx:"
    )

    assert referenced_files(root) == (
        *("sources.yaml", "modules/1-leaves.yaml", "modules/2-water.yaml", "modules/3-cups.yaml"),
    )


def test_a_root_that_is_not_there_is_one_problem() -> None:
    assert [str(problem) for problem in problems({})] == [
        "modules.yaml:1:1: there is no such file; write it, or mend its name"
    ]


@pytest.mark.parametrize("file", FILES)
def test_an_empty_file_is_a_problem_of_that_file(file: str) -> None:
    found = problems(clean_texts() | {file: "# nothing\n"})

    assert [(problem.file, problem.line, problem.column) for problem in found] == [(file, 1, 1)]


def test_a_file_that_could_not_be_read_is_not_called_absent_too() -> None:
    texts = clean_texts()
    del texts[WATER]
    unread = Problem(WATER, 1, 1, "this file is too large", "split it")

    assert problems(texts, known=(unread,)) == (unread,)


def test_unknown_facts_are_not_reported_for_sources_that_broke() -> None:
    found = problems(clean_texts() | {SOURCES: 'facts:\n  F1: "open\n'})

    assert {problem.file for problem in found} == {SOURCES}
    assert [(problem.line, problem.column) for problem in found] == [(2, 7)]


def test_problems_of_one_file_do_not_hide_those_of_another() -> None:
    texts = clean_texts()
    texts[LEAVES] = "id: [m1\n" + texts[LEAVES]
    texts[SOURCES] = texts[SOURCES].replace("year: 2019", "year: soon")

    assert {problem.file for problem in problems(texts)} == {LEAVES, SOURCES}


def test_empty_coming_is_as_good_as_none() -> None:
    texts = clean_texts()
    root = texts[ROOT]
    texts[ROOT] = root[: root.index("coming:")] + "coming:\n"

    assert parse_course(ROOT, texts).coming == ()


def test_the_rhythm_of_reminders_is_the_author_s_and_the_rest_is_as_usual() -> None:
    rhythm = parse_course(ROOT, clean_texts()).rhythm

    words = (
        "You are at {place}.",
        "Your tea is waiting, {time} to go.",
        "{total} to the last cup.",
    )
    own = Rhythm((2, 9), 18 * 60 + 30, jitter_minutes=0, wordings={ReminderKind.FIRST: words})
    assert rhythm == own
    assert parse_course(ROOT, {**clean_texts(), ROOT: without_reminders()}).rhythm == Rhythm()


def without_reminders() -> str:
    root = clean_texts()[ROOT]
    return root[: root.index("reminders:")]


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))

    found = problems(clean_texts() | {LEAVES: bomb})

    assert sum("link to another place" in problem.what for problem in found) >= 100
