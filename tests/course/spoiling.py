"""The real course with edits in it, so that tests can spoil it and look for what is found."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from authoring.figures import find_years
from authoring.passages import Passage
from bot.course_files import read_course_texts
from course import markup
from course.checking import checker
from course.checking.checker import Rule
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping, YamlScalar
from course.reading.yaml_parser import read_yaml

COURSE = Path(__file__).parents[2] / "course"
AVOID = "avoid.yaml"


@cache
def files() -> tuple[str, dict[str, str]]:
    """The root's name and all texts, with the list of words to avoid."""
    root, texts = read_course_texts(COURSE)
    if "\navoid:" not in texts[root]:
        texts[root] += f"avoid: {AVOID}\n"
    return root, texts | {AVOID: (COURSE / AVOID).read_text("utf-8")}


@cache
def whole() -> CourseDraft:
    return checker.read_draft(*files())


@dataclass(frozen=True, slots=True)
class Edit:
    """Another text in the place of what stands in a file from `start` on."""

    file: str
    start: int
    old: str
    new: str


def rewritten(scalar: YamlScalar, raw: str) -> Edit:
    """`raw` in the place of what the author wrote; all that follows stays in its line."""
    lines = files()[1][scalar.location.file].split("\n")
    before = sum(len(line) + 1 for line in lines[: scalar.location.line - 1])
    written = scalar.raw.rstrip()
    after = "\n" * (written.count("\n") - raw.count("\n")) + scalar.raw[len(written) :]
    return Edit(scalar.location.file, before + scalar.location.column - 1, scalar.raw, raw + after)


def spoil(*edits: Edit) -> CourseDraft:
    """The course with edits in one of its files, which alone is read anew."""
    [file] = {edit.file for edit in edits}
    text = files()[1][file]
    for edit in sorted(edits, key=lambda edit: -edit.start):
        assert text.startswith(edit.old, edit.start), edit
        text = text[: edit.start] + edit.new + text[edit.start + len(edit.old) :]
    page, course = read_yaml(file, text), whole()
    assert page.problems == ()
    if file == course.root.file:
        return replace(course, root=page)
    if course.glossary is not None and file == course.glossary.file:
        return replace(course, glossary=page)
    modules = (page if each.file == file else each for each in course.modules)
    return replace(course, modules=tuple(modules))


def finds(rule: Rule, draft: CourseDraft, where: YamlScalar | YamlMapping, says: str) -> bool:
    """Whether the rule has a problem within the lines of `where` that says this."""
    more = where.raw.count("\n") if isinstance(where, YamlScalar) else 0
    return any(
        problem.file == where.location.file
        and where.location.line <= problem.line <= where.location.line + more
        and says in problem.what
        for problem in rule(draft)
    )


def quoted(text: str) -> str:
    """`text` as YAML in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def without_years(text: Passage) -> str:
    said = text.scalar.text
    for start, _ in reversed(list(find_years(text.text))):
        place = markup.source_position(said, start)
        said = f"{said[:place]}then{said[place + 4 :]}"
    return said
