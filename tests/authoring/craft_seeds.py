"""A course of good craft, and how a defect of craft is seeded in it; see `tests.course.seeded`."""

from dataclasses import dataclass
from pathlib import Path

from tests.course.seeded import Defect

CRAFTED = Path(__file__).parent / "crafted"
"""A course with pictures, a glossary and words to avoid."""
ROOT = "modules.yaml"
WATER = "modules/1-water.yaml"
LEAVES = "modules/2-leaves.yaml"
SOURCES = "sources.yaml"
GLOSSARY = "glossary.yaml"
AVOID = "avoid.yaml"
FILES = (ROOT, WATER, LEAVES, SOURCES, GLOSSARY, AVOID)


def crafted_texts() -> dict[str, str]:
    """The texts of the course of good craft, by the names its root gives them."""
    return {name: (CRAFTED / name).read_text("utf-8") for name in FILES}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule, by its name, and edits that break it.

    Attributes:
        says: a part of what a problem of this rule has to say.
    """

    rule: str
    name: str
    says: str
    edits: tuple[Defect, ...]


def broken(rule: str, name: str, says: str, *edits: tuple[str, str, str]) -> Broken:
    """Edits are a file, what stands there once, and what comes in its place."""
    return Broken(rule, name, says, tuple(Defect(name, *edit, says) for edit in edits))


ASKED = "text: Which vessel does the rule of the guild ask for?"
FOUR_GUESTS = "text: Four guests want one cup each. How do you fill the kettle?"


def asked(new: str) -> tuple[str, str, str]:
    """Another text for the shortest question."""
    return LEAVES, ASKED, f"text: {new}"


def option(old: str, new: str, file: str = LEAVES) -> tuple[str, str, str]:
    """Another text for an option."""
    return file, f"text: {old}\n", f"text: {new}\n"
