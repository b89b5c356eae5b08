"""What a course may have beside its lessons: a bank, pictures, a glossary, pointers, an end."""

import pytest

from course.model import ModuleId, QuestionId
from course.reading.author_files import Image
from course.reading.loader import CourseFormatError, parse_course, picture_files
from tests.course.seeded import LEAVES, ROOT, clean_texts

BANK = """
questions:
  - id: m1b1
    kind: form-a
    objective: m1o2
    role: judge
    text: Which plant gives tea?
    options:
      - {id: a, text: One plant, correct: true, feedback: "It is a bush."}
      - {id: b, text: Two plants, feedback: "It is one, treated in two ways."}
    idea: One plant gives both.
    facts: [F1]
picture: {file: pictures/m1.png, alt: A leaf., facts: [F1]}
"""
EXTRAS = """
glossary: glossary.yaml
avoid: avoid.yaml
closing: That is all.
reading:
  - {text: More about leaves., facts: [F1]}
"""
GLOSSARY = "terms:\n  - {term: leaf, text: Green., also: [leaves], facts: [F1]}\n"
AVOID = "avoid:\n  - {words: [weed], instead: leaf, quoted: true}\n"


def texts() -> dict[str, str]:
    """The clean course with everything that a course may have."""
    files = clean_texts()
    files[ROOT] += EXTRAS
    files[LEAVES] += BANK
    return files | {"glossary.yaml": GLOSSARY, "avoid.yaml": AVOID}


def test_questions_kept_for_tests_are_known_and_in_no_lesson() -> None:
    course = parse_course(ROOT, texts())

    kept = course.question(QuestionId("m1b1"))
    place = course.position_of("m1b1")
    assert kept is not None
    assert place is not None
    assert (kept.kind, kept.form, kept.objective, kept.role) == ("form-a", "a", "m1o2", "judge")
    assert (place.module.id, place.lesson) == ("m1", None)
    assert kept in course.modules[0].bank
    assert kept not in list(course.questions())
    assert course.module(ModuleId("m1b1")) is None


def test_the_rest_is_as_the_author_wrote_it() -> None:
    course = parse_course(ROOT, texts())

    [term], [pointer] = course.glossary, course.reading
    picture = course.modules[0].picture
    assert picture is not None
    assert (picture.file, picture.alt, picture.sources[0].id) == (
        "pictures/m1.png",
        "A leaf.",
        "F1",
    )
    assert (term.term, term.text, term.also) == ("leaf", "Green.", ("leaves",))
    assert (pointer.text, pointer.sources[0].id) == ("More about leaves.", "F1")
    assert course.closing == "That is all."


@pytest.mark.parametrize(
    ("image", "says"),
    [
        (None, "there is no PNG file pictures/m1.png"),
        (Image(1079, 900, 1000), "this picture is 1079 pixels wide and 900 high"),
        (Image(1080, 1601, 1000), "this picture is 1080 pixels wide and 1601 high"),
        (Image(1080, 900, 200_001), "this picture has 200,001 bytes, and 200,000 fit"),
    ],
    ids=["absent", "narrow", "high", "heavy"],
)
def test_a_picture_that_does_not_fit_is_named_at_its_line(image: Image | None, says: str) -> None:
    assert picture_files(ROOT, texts()) == ("pictures/m1.png",)

    with pytest.raises(CourseFormatError) as caught:
        parse_course(ROOT, texts(), images={"pictures/m1.png": image})

    [problem] = caught.value.problems
    assert (problem.file, problem.line) == (LEAVES, texts()[LEAVES].count("\n"))
    assert says in str(problem)


def test_a_picture_that_fits_is_taken() -> None:
    course = parse_course(ROOT, texts(), images={"pictures/m1.png": Image(1080, 1600, 200_000)})

    assert course.modules[0].picture is not None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: form-a", "kind: teach", "is of the kind teach"),
        ("role: judge", "role: jugde", "did you mean judge?"),
        ("objective: m1o2\n    role", "objective: m9\n    role", "this module has no objective m9"),
        ("facts: [F1]}\n", "facts: [F77]}\n", "there is no fact F77"),
    ],
)
def test_mistakes_in_them_are_found(old: str, new: str, says: str) -> None:
    files = texts()
    files[LEAVES] = files[LEAVES].replace(old, new)

    with pytest.raises(CourseFormatError, match=says):
        parse_course(ROOT, files)


def test_a_lesson_asks_only_what_teaches() -> None:
    files = texts()
    files[LEAVES] = files[LEAVES].replace("kind: teach", "kind: bank", 1)

    with pytest.raises(CourseFormatError, match="a lesson has a question of the kind bank"):
        parse_course(ROOT, files)
