"""Parses the texts of a course's files into a `Course`, or reports all problems.

Reads no file: `bot.course_files` does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from course.checking import checker, course_files, pictures
from course.markup import unwrap_paragraphs
from course.model import (
    Card,
    CardId,
    ComingModule,
    Course,
    Fact,
    FactId,
    FurtherReading,
    Lesson,
    LessonId,
    Module,
    ModuleId,
    Objective,
    ObjectiveId,
    Option,
    OptionId,
    Picture,
    Question,
    QuestionId,
    Term,
)
from course.problems import CourseFormatError, Problem
from course.reading.author_files import CourseDraft, Image
from course.reading.yaml_nodes import YamlMapping, YamlScalar
from course.reading.yaml_parser import read_yaml
from course.reminders.rhythm import ReminderKind, Rhythm

__all__ = ["CourseFormatError", "Problem", "parse_course", "picture_files", "referenced_files"]


def parse_course(
    root: str,
    texts: Mapping[str, str],
    known_problems: Collection[Problem] = (),
    images: Mapping[str, Image | None] = checker.NO_IMAGES,
) -> Course:
    """Parse a course from the texts of its files.

    Args:
        root: the root file's name within `texts`.
        texts: contents of the files, by the names in the root file.
        known_problems: problems found while the files were read. A file that has one and is not in
            `texts` is not reported as missing again.
        images: the picture files, by the names in the modules; see `picture_files`.

    Raises:
        CourseFormatError: with every problem, those in `known_problems` included.
    """
    draft = checker.read_draft(root, texts, images)
    unread = {problem.file for problem in known_problems} - set(texts)
    found = list(known_problems)
    if root not in texts and root not in unread:
        found.append(Problem(root, 1, 1, "there is no such file", "write it, or mend its name"))
    elif root in texts:
        found += checker.find_problems(_without_unread(draft, unread))
    if found:
        raise CourseFormatError(found)
    return _course(draft)


def referenced_files(root_text: str) -> tuple[str, ...]:
    """Files named in a root file, each once: sources, then modules, then the rest.

    Accepts malformed files; names outside the course's folder are left out.
    """
    names = (name.text for name in course_files.referenced_names(read_yaml("", root_text).top))
    return tuple(dict.fromkeys(name for name in names if course_files.is_file_name(name)))


def picture_files(root: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Picture files named in the modules, each once.

    Accepts malformed files; names outside the course's folder are left out.
    """
    named = (picture.text("file") for picture in checker.read_draft(root, texts).pictures())
    return tuple(dict.fromkeys(name for name in named if pictures.is_picture_name(name)))


def _without_unread(draft: CourseDraft, unread: Iterable[str]) -> CourseDraft:
    return replace(draft, missing_files=draft.missing_files - frozenset(unread))


def _course(draft: CourseDraft) -> Course:
    top = draft.root.top
    assert top is not None, "a draft without problems has a root"
    facts = {FactId(name): _fact(name, written) for name, written in draft.facts.items()}
    return Course(
        id=top.text("id"),
        title=top.text("title"),
        version=top.text("version"),
        language=top.text("language"),
        about=unwrap_paragraphs(top.text("about")),
        outcomes=tuple(item.text for item in top.scalars("outcomes")),
        facts_as_of=top.text("facts_as_of"),
        modules=tuple(_module(module, facts) for module in draft.module_mappings()),
        coming=tuple(
            ComingModule(each.text("title"), _number(each, "minutes"))
            for each in top.mappings("coming")
        ),
        closing=unwrap_paragraphs(top.text("closing")),
        reading=tuple(
            FurtherReading(unwrap_paragraphs(each.text("text")), _sources(each, facts))
            for each in top.mappings("reading")
        ),
        glossary=tuple(_term(each, facts) for each in draft.terms()),
        rhythm=_rhythm(top),
    )


def _rhythm(top: YamlMapping) -> Rhythm:
    """The author's settings, with defaults for those left out."""
    written = top.value("reminders")
    if not isinstance(written, YamlMapping):
        return Rhythm()
    usual = Rhythm()
    own = {key: scalar.as_int for key in _NUMBERS if (scalar := written.scalar(key)) is not None}
    days = tuple(each.as_int for each in written.scalars("after_days") if each.as_int is not None)
    wordings = written.value("wordings")
    return replace(
        usual,
        **{key: number for key, number in own.items() if number is not None},
        after_days=days or usual.after_days,
        reminder_minute=_minute(written.text("hour"))
        if written.text("hour")
        else usual.reminder_minute,
        wordings=_wordings(wordings) if isinstance(wordings, YamlMapping) else {},
    )


_NUMBERS = ("deadline_hours", "open_question_hours", "hold_out_percent", "jitter_minutes")


def _minute(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])


def _wordings(written: YamlMapping) -> dict[ReminderKind, tuple[str, ...]]:
    each = {
        kind: tuple(text.text for text in written.scalars(kind.yaml_key)) for kind in ReminderKind
    }
    return {kind: texts for kind, texts in each.items() if texts}


def _term(term: YamlMapping, facts: Mapping[FactId, Fact]) -> Term:
    also = tuple(name.text for name in term.scalars("also"))
    return Term(
        term.text("term"), unwrap_paragraphs(term.text("text")), _sources(term, facts), also
    )


def _module(top: YamlMapping, facts: Mapping[FactId, Fact]) -> Module:
    return Module(
        ModuleId(top.text("id")),
        top.text("title"),
        tuple(
            Objective(ObjectiveId(each.text("id")), each.text("text"))
            for each in top.mappings("objectives")
        ),
        tuple(_lesson(lesson, facts) for lesson in top.mappings("lessons")),
        tuple(_question(question, facts) for question in top.mappings("questions")),
        _picture(top, facts),
    )


def _lesson(lesson: YamlMapping, facts: Mapping[FactId, Fact]) -> Lesson:
    return Lesson(
        LessonId(lesson.text("id")),
        lesson.text("title"),
        tuple(_card(card, facts) for card in lesson.mappings("cards")),
        tuple(_question(question, facts) for question in lesson.mappings("questions")),
    )


def _card(card: YamlMapping, facts: Mapping[FactId, Fact]) -> Card:
    text = unwrap_paragraphs(card.text("text"))
    picture = _picture(card, facts)
    return Card(CardId(card.text("id")), card.text("title"), text, _sources(card, facts), picture)


def _picture(of: YamlMapping, facts: Mapping[FactId, Fact]) -> Picture | None:
    picture = of.value("picture")
    if not isinstance(picture, YamlMapping):
        return None
    alt = " ".join(picture.text("alt").split())
    return Picture(picture.text("file"), alt, _sources(picture, facts))


def _question(question: YamlMapping, facts: Mapping[FactId, Fact]) -> Question:
    objective = question.text("objective")
    return Question(
        QuestionId(question.text("id")),
        unwrap_paragraphs(question.text("text")),
        tuple(_option(option) for option in question.mappings("options")),
        unwrap_paragraphs(question.text("idea")),
        _sources(question, facts),
        ObjectiveId(objective) if objective else None,
        question.text("kind") or "teach",
        question.text("role") or None,
    )


def _option(option: YamlMapping) -> Option:
    mark = option.value("correct")
    return Option(
        OptionId(option.text("id")),
        unwrap_paragraphs(option.text("text")),
        isinstance(mark, YamlScalar) and mark.as_bool is True,
        unwrap_paragraphs(option.text("feedback")),
    )


def _fact(name: str, fact: YamlMapping) -> Fact:
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


def _number(of: YamlMapping, key: str) -> int:
    scalar = of.scalar(key)
    return (scalar.as_int if scalar else None) or 0


def _sources(of: YamlMapping, facts: Mapping[FactId, Fact]) -> tuple[Fact, ...]:
    return tuple(facts[FactId(fact.text)] for fact in of.scalars("facts"))
