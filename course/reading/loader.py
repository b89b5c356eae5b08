"""Parses the texts of a course's files into a `Course`, or reports all problems.

Reads no file: `bot.course_files` does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from course.checking import checker, course_files, pictures
from course.markup import paragraphs
from course.model import (
    Card,
    CardId,
    Coming,
    Course,
    Fact,
    FactId,
    Lesson,
    LessonId,
    Module,
    ModuleId,
    Objective,
    ObjectiveId,
    Option,
    OptionId,
    Picture,
    Pointer,
    Question,
    QuestionId,
    Term,
)
from course.problems import CourseFormatError, Problem
from course.reading.author_files import Draft, Image
from course.reading.yaml_nodes import Keyed, Scalar
from course.reading.yaml_parser import read
from course.reminders.rhythm import Kind, Rhythm

__all__ = ["CourseFormatError", "Problem", "load", "pictured", "referenced"]


def load(
    root: str,
    texts: Mapping[str, str],
    known: Collection[Problem] = (),
    images: Mapping[str, Image | None] = checker.NO_IMAGES,
) -> Course:
    """Parse a course from the texts of its files.

    Args:
        root: the root file's name within `texts`.
        texts: contents of the files, by the names in the root file.
        known: problems found while the files were read. A file that has one and is not in
            `texts` is not reported as missing again.
        images: the picture files, by the names in the modules; see `picture_files`.

    Raises:
        CourseFormatError: with every problem, those in `known` included.
    """
    draft = checker.draft(root, texts, images)
    unread = {problem.file for problem in known} - set(texts)
    found = list(known)
    if root not in texts and root not in unread:
        found.append(Problem(root, 1, 1, "there is no such file", "write it, or mend its name"))
    elif root in texts:
        found += checker.problems(_without(draft, unread))
    if found:
        raise CourseFormatError(found)
    return _course(draft)


def referenced(root_text: str) -> tuple[str, ...]:
    """Files named in a root file, each once: sources, then modules, then the rest.

    Accepts malformed files; names outside the course's folder are left out.
    """
    names = (name.text for name in course_files.named(read("", root_text).top))
    return tuple(dict.fromkeys(name for name in names if course_files.is_file_name(name)))


def pictured(root: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Picture files named in the modules, each once.

    Accepts malformed files; names outside the course's folder are left out.
    """
    named = (picture.text("file") for picture in checker.draft(root, texts).pictures())
    return tuple(dict.fromkeys(name for name in named if pictures.is_picture_name(name)))


def _without(draft: Draft, unread: Iterable[str]) -> Draft:
    return replace(draft, absent=draft.absent - frozenset(unread))


def _course(draft: Draft) -> Course:
    top = draft.root.top
    assert top is not None, "a draft without problems has a root"
    facts = {FactId(name): _fact(name, written) for name, written in draft.facts.items()}
    return Course(
        id=top.text("id"),
        title=top.text("title"),
        version=top.text("version"),
        language=top.text("language"),
        about=paragraphs(top.text("about")),
        outcomes=tuple(item.text for item in top.scalars("outcomes")),
        facts_as_of=top.text("facts_as_of"),
        modules=tuple(_module(module, facts) for module in draft.tops()),
        coming=tuple(
            Coming(each.text("title"), _number(each, "minutes")) for each in top.keyed("coming")
        ),
        closing=paragraphs(top.text("closing")),
        reading=tuple(
            Pointer(paragraphs(each.text("text")), _sources(each, facts))
            for each in top.keyed("reading")
        ),
        glossary=tuple(_term(each, facts) for each in draft.terms()),
        rhythm=_rhythm(top),
    )


def _rhythm(top: Keyed) -> Rhythm:
    """The author's settings, with defaults for those left out."""
    written = top.value("reminders")
    if not isinstance(written, Keyed):
        return Rhythm()
    usual = Rhythm()
    own = {key: scalar.whole for key in _NUMBERS if (scalar := written.scalar(key)) is not None}
    days = tuple(each.whole for each in written.scalars("after_days") if each.whole is not None)
    wordings = written.value("wordings")
    return replace(
        usual,
        **{key: number for key, number in own.items() if number is not None},
        after_days=days or usual.after_days,
        hour=_minute(written.text("hour")) if written.text("hour") else usual.hour,
        wordings=_wordings(wordings) if isinstance(wordings, Keyed) else {},
    )


_NUMBERS = ("deadline_hours", "open_question_hours", "hold_out_percent", "jitter_minutes")


def _minute(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])


def _wordings(written: Keyed) -> dict[Kind, tuple[str, ...]]:
    each = {kind: tuple(text.text for text in written.scalars(kind.key)) for kind in Kind}
    return {kind: texts for kind, texts in each.items() if texts}


def _term(term: Keyed, facts: Mapping[FactId, Fact]) -> Term:
    also = tuple(name.text for name in term.scalars("also"))
    return Term(term.text("term"), paragraphs(term.text("text")), _sources(term, facts), also)


def _module(top: Keyed, facts: Mapping[FactId, Fact]) -> Module:
    return Module(
        ModuleId(top.text("id")),
        top.text("title"),
        tuple(
            Objective(ObjectiveId(each.text("id")), each.text("text"))
            for each in top.keyed("objectives")
        ),
        tuple(_lesson(lesson, facts) for lesson in top.keyed("lessons")),
        tuple(_question(question, facts) for question in top.keyed("questions")),
        _picture(top, facts),
    )


def _lesson(lesson: Keyed, facts: Mapping[FactId, Fact]) -> Lesson:
    return Lesson(
        LessonId(lesson.text("id")),
        lesson.text("title"),
        tuple(_card(card, facts) for card in lesson.keyed("cards")),
        tuple(_question(question, facts) for question in lesson.keyed("questions")),
    )


def _card(card: Keyed, facts: Mapping[FactId, Fact]) -> Card:
    text = paragraphs(card.text("text"))
    picture = _picture(card, facts)
    return Card(CardId(card.text("id")), card.text("title"), text, _sources(card, facts), picture)


def _picture(of: Keyed, facts: Mapping[FactId, Fact]) -> Picture | None:
    picture = of.value("picture")
    if not isinstance(picture, Keyed):
        return None
    alt = " ".join(picture.text("alt").split())
    return Picture(picture.text("file"), alt, _sources(picture, facts))


def _question(question: Keyed, facts: Mapping[FactId, Fact]) -> Question:
    objective = question.text("objective")
    return Question(
        QuestionId(question.text("id")),
        paragraphs(question.text("text")),
        tuple(_option(option) for option in question.keyed("options")),
        paragraphs(question.text("idea")),
        _sources(question, facts),
        ObjectiveId(objective) if objective else None,
        question.text("kind") or "teach",
        question.text("role") or None,
    )


def _option(option: Keyed) -> Option:
    mark = option.value("correct")
    return Option(
        OptionId(option.text("id")),
        paragraphs(option.text("text")),
        isinstance(mark, Scalar) and mark.truth is True,
        paragraphs(option.text("feedback")),
    )


def _fact(name: str, fact: Keyed) -> Fact:
    return Fact(
        FactId(name),
        fact.text("says"),
        fact.text("publication"),
        fact.text("publisher"),
        _number(fact, "year"),
        fact.text("locator"),
        fact.text("url"),
        fact.text("data") or None,
        fact.text("confidence"),
    )


def _number(of: Keyed, key: str) -> int:
    scalar = of.scalar(key)
    return (scalar.whole if scalar else None) or 0


def _sources(of: Keyed, facts: Mapping[FactId, Fact]) -> tuple[Fact, ...]:
    return tuple(facts[FactId(fact.text)] for fact in of.scalars("facts"))
