"""Rules on the files of a course."""

import re
from collections.abc import Iterator

from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.course_format import FILE
from course.reading.yaml_nodes import YamlMapping, YamlScalar

_NAME = re.compile(FILE.pattern)
_LONGEST_NAME = 200


def referenced_names(top: YamlMapping | None) -> Iterator[YamlScalar]:
    """File names in a root file: the sources, then the modules in order, then the rest."""
    if top is not None:
        if (sources := top.scalar("sources")) is not None:
            yield sources
        yield from top.scalars("modules")
        for key in ("glossary", "avoid"):
            if (name := top.scalar(key)) is not None:
                yield name


def is_file_name(text: str) -> bool:
    """Whether `text` names a .yaml file in the course's folder or below it."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def files_are_there(draft: CourseDraft) -> Iterator[Problem]:
    """Every file named in the root file exists."""
    for name in referenced_names(draft.root.top):
        if name.text in draft.missing_files:
            what = f"there is no file {name.text}"
            yield name.location.problem(what, "write it, or mend its name here")


def files_are_named_once(draft: CourseDraft) -> Iterator[Problem]:
    """No file is named twice, nor names the root itself."""
    seen = {draft.root.file: 1}
    for name in referenced_names(draft.root.top):
        if name.text in seen:
            what = f"the file {name.text} is used already"
            do = f"name another file, or remove this line (see line {seen[name.text]})"
            yield name.location.problem(what, do)
        seen.setdefault(name.text, name.location.line)
