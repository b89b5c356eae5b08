"""Checks a course against all rules for authors, and reports every problem at once.

A rule is a function of a draft that yields problems; it is in the file of its subject, and in
`RULES`. No rule relies on another one being satisfied.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from course.checking import course_files, ids, questions, reminders, text_limits
from course.problems import Problem
from course.reading.author_files import CourseDraft, Image
from course.reading.yaml_nodes import YamlFile
from course.reading.yaml_parser import read_yaml

Rule: TypeAlias = Callable[[CourseDraft], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    course_files.files_are_there,
    course_files.files_are_named_once,
    course_files.files_follow_the_format,
    ids.ids_are_used_once,
    ids.option_ids_are_used_once,
    ids.answers_fit_their_buttons,
    questions.some_are_right_and_some_are_not,
    questions.options_differ,
    questions.each_option_has_its_own_feedback,
    questions.objectives_exist,
    questions.lessons_teach_and_modules_test,
    ids.facts_exist,
    ids.facts_are_named_once,
    text_limits.cards_are_short,
    text_limits.cards_fit_a_message,
    text_limits.questions_fit_a_message,
    text_limits.the_description_fits_a_message,
    course_files.pictures_are_there,
    course_files.pictures_fit_a_phone,
    reminders.days_rise,
    reminders.the_hour_is_not_quiet,
    reminders.wordings_name_what_is_known,
    reminders.wordings_are_calm,
)


NO_IMAGES: Mapping[str, Image | None] = MappingProxyType({})

_OTHER_FILE_KEYS = ("sources", "glossary", "avoid")
"""Keys of the root file that name files other than modules."""


def read_draft(
    root: str, texts: Mapping[str, str], images: Mapping[str, Image | None] = NO_IMAGES
) -> CourseDraft:
    """Read all files of a course as far as they can be read.

    Args:
        root: the root file's name within `texts`.
        texts: contents of the files, by the names in the root file.
        images: the picture files; those that are missing here are not checked.
    """
    top = read_yaml(root, texts.get(root, ""))
    wanted = {
        name.text: None
        for name in course_files.referenced_names(top.top)
        if course_files.is_file_name(name.text)
    }
    pages = {
        name: read_yaml(name, texts[name]) for name in wanted if name in texts and name != root
    }
    others = {key: top.top.text(key) if top.top is not None else "" for key in _OTHER_FILE_KEYS}
    modules = tuple(_module_pages(top, pages, frozenset(others.values())))
    absent = frozenset(name for name in wanted if name not in texts)
    sources, glossary, avoid = (pages.get(others[key]) for key in _OTHER_FILE_KEYS)
    return CourseDraft(top, modules, sources, absent, glossary, avoid, images)


def find_problems(draft: CourseDraft) -> Iterator[Problem]:
    """Find every problem of a draft, in no order."""
    for page in draft.files():
        yield from page.problems
    for rule in RULES:
        yield from rule(draft)


def _module_pages(
    root: YamlFile, pages: Mapping[str, YamlFile], others: frozenset[str]
) -> Iterator[YamlFile]:
    """The module files that were found, each once, in teaching order."""
    names = root.top.scalars("modules") if root.top is not None else ()
    for name in dict.fromkeys(each.text for each in names):
        if name in pages and name not in others:
            yield pages[name]
