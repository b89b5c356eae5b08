"""Parses the texts of a course's files into a `Course`, or reports all problems.

Reads no file: `bot.course_files` does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from course.checking import checker, course_files
from course.model import (
    Card,
    CardId,
    ComingModule,
    Course,
    Lesson,
    LessonId,
    Module,
    ModuleId,
    Objective,
    ObjectiveId,
    Option,
    OptionId,
    Question,
    QuestionId,
)
from course.problems import CourseFormatError, Problem
from course.reading import course_format, module_format
from course.reading.author_files import CourseDraft, Image
from course.reading.part_model import PartT
from course.reading.yaml_nodes import YamlFile
from course.reading.yaml_parser import read_yaml
from course.references import Fact, FactId, FurtherReading, Picture, Term
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
    unread = {problem.file for problem in known_problems} - set(texts)
    draft = checker.read_draft(root, texts, images)
    draft = replace(draft, missing_files=draft.missing_files - unread)
    found = list(known_problems)
    if root not in texts and root not in unread:
        found.append(Problem(root, 1, 1, "there is no such file", "write it, or mend its name"))
    elif root in texts:
        found += checker.find_problems(draft)
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
    return tuple(dict.fromkeys(name for name in named if course_files.is_picture_name(name)))


def _course(draft: CourseDraft) -> Course:
    root = _read(draft, course_format.Course, draft.root)
    facts = _facts(draft)
    modules = (_read(draft, module_format.Module, page) for page in draft.modules)
    glossary = _read(draft, course_format.Glossary, draft.glossary) if draft.glossary else None
    return Course(
        id=root.id,
        title=root.title,
        version=root.version,
        language=root.language,
        about=root.about,
        outcomes=root.outcomes,
        facts_as_of=root.facts_as_of,
        modules=tuple(_module(module, facts) for module in modules),
        coming=tuple(ComingModule(each.title, each.minutes) for each in root.coming),
        closing=root.closing,
        reading=tuple(
            FurtherReading(each.text, _sources(each.facts, facts)) for each in root.reading
        ),
        glossary=_terms(glossary, facts) if glossary else (),
        synonyms=glossary.synonyms if glossary else (),
        rhythm=_rhythm(root.reminders) if root.reminders else Rhythm(),
    )


def _terms(glossary: course_format.Glossary, facts: Mapping[str, Fact]) -> tuple[Term, ...]:
    return tuple(
        Term(each.term, each.text, _sources(each.facts, facts), each.also)
        for each in glossary.terms
    )


def _read(draft: CourseDraft, part: type[PartT], page: YamlFile) -> PartT:
    read, problems = draft.part(part, page)
    assert read is not None, f"the rules found these problems: {problems}"
    return read


def _facts(draft: CourseDraft) -> Mapping[str, Fact]:
    if draft.sources is None:
        return {}
    written = _read(draft, course_format.Sources, draft.sources).facts
    return {name: Fact(FactId(name), **dict(fact)) for name, fact in written.items()}


def _rhythm(written: course_format.Reminders) -> Rhythm:
    """The author's settings, with defaults for those left out."""
    own = {key: getattr(written, key) for key in written.model_fields_set}
    if hour := own.pop("hour", ""):
        own["reminder_minute"] = int(hour[:2]) * 60 + int(hour[3:])
    if wordings := own.pop("wordings", None):
        each = {kind: getattr(wordings, kind.yaml_key) for kind in ReminderKind}
        own["wordings"] = {kind: texts for kind, texts in each.items() if texts}
    return Rhythm(**own)


def _module(written: module_format.Module, facts: Mapping[str, Fact]) -> Module:
    return Module(
        ModuleId(written.id),
        written.title,
        tuple(Objective(ObjectiveId(each.id), each.text) for each in written.objectives),
        tuple(_lesson(lesson, facts) for lesson in written.lessons),
        tuple(_question(question, facts) for question in written.questions),
        _picture(written.picture, facts),
    )


def _lesson(written: module_format.Lesson, facts: Mapping[str, Fact]) -> Lesson:
    return Lesson(
        LessonId(written.id),
        written.title,
        tuple(_card(card, facts) for card in written.cards),
        tuple(_question(question, facts) for question in written.questions),
    )


def _card(written: module_format.Card, facts: Mapping[str, Fact]) -> Card:
    picture = _picture(written.picture, facts)
    sources = _sources(written.facts, facts)
    return Card(CardId(written.id), written.title, written.text, sources, picture)


def _picture(written: module_format.Picture | None, facts: Mapping[str, Fact]) -> Picture | None:
    if written is None:
        return None
    alt = " ".join(written.alt.split())
    return Picture(written.file, alt, _sources(written.facts, facts))


def _question(written: module_format.Question, facts: Mapping[str, Fact]) -> Question:
    return Question(
        QuestionId(written.id),
        written.text,
        tuple(
            Option(OptionId(each.id), each.text, each.correct, each.feedback)
            for each in written.options
        ),
        written.idea,
        _sources(written.facts, facts),
        ObjectiveId(written.objective) if written.objective else None,
        written.kind,
        written.role,
    )


def _sources(names: Iterable[str], facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    return tuple(facts[name] for name in names)
