"""Course files of which nodes are odd, as an author, or somebody who means harm, may write them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.course.seeded import FILES, clean_texts

PIPE = "pipe.png"
"""A file that is a pipe into which nobody writes; courses may name it."""

NODES = (
    f"x\npicture: {{file: {PIPE}, alt: A tree.}}",
    "{" + ", ".join(f"k{n}: 1" for n in range(20_000)) + "}",
    "", "~", "null", "true", "yes", "1", "-1", "012", "0x1F", "1_000", "1e999", ".inf", ".nan",
    "1:30", "2026-01-01", "[]", "{}", "[[]]", "[1, [2, {a: b}]]", "{a: {b: [c]}}", "? [a]\n: b",
    "&a [*a]", "*a", "!!python/object/apply:os.system [id]", "!!binary aGk=", "!x y", "<<: {a: b}",
    '"\\0"', '"\\e[2J"', '"\\ud83d"', '"\\u202e"', "'it''s'", "|", ">-", "- a\n- b", "a: b",
    "a: b: c", "# nothing", "%TAG", "@", "`", "\t", "\ufeff", "\u2028", "<b>" * 5000,
    "9" * 5000, "x" * 100_000, "x y. " * 20_000, "{name}", "{place} " * 5000, "---\n...\n---",
    "[" * 300 + "]" * 300, "{a: " * 300 + "1" + "}" * 300, "[" * 20_000, "{" * 5000, "- " * 3000,
    "[" + "a, " * 50_000 + "a]",
    "{" + "a: 1, " * 20_000 + "}", "{" * 2000 + "}" * 2000, "https://a.example/" * 3000,
    "../../../etc/passwd", "modules/1-leaves.yaml", "/dev/zero", PIPE,
)  # fmt: skip
"""What may stand where a value is wanted, in YAML; what takes long comes first."""

_VALUE = re.compile(r"(?<=[:-] )[^\n]+")


@dataclass(frozen=True, slots=True)
class OddCourse:
    """A course to check.

    Attributes:
        changed: which file, which of its values, and how that begins now.
    """

    texts: dict[str, str]
    changed: tuple[tuple[str, int, str], ...]


def every_node() -> Iterator[OddCourse]:
    """Each of `NODES` somewhere in one file or another, and as the title of a module."""
    for number, node in enumerate(NODES):
        yield _odd([(FILES[number % len(FILES)], 7 * number, node)])
        yield _odd([(FILES[1], 1, node)])


def course(random: Random) -> OddCourse:
    """The clean course with one to four odd nodes in it."""
    return _odd(
        (random.choice(FILES), random.randrange(1000), random.choice(NODES))
        for _ in range(random.randint(1, 4))
    )


def _odd(changes: Iterable[tuple[str, int, str]]) -> OddCourse:
    texts, changed = clean_texts(), []
    for file, place, node in changes:
        values = [*_VALUE.finditer(texts[file])]
        if values:
            found = values[place % len(values)]
            texts[file] = texts[file][: found.start()] + node + texts[file][found.end() :]
        changed.append((file, place, node[:40]))
    return OddCourse(texts, tuple(changed))


def write(course: OddCourse, folder: Path) -> None:
    """Write the files of a course."""
    for name, text in course.texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="")
