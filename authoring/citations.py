"""Lists the facts that a course cites, and where: for the expert review before publication."""

from collections.abc import Iterator
from dataclasses import dataclass

from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping

UNCHECKED_CONFIDENCES = ("recalled", "derived")
"""Confidences of facts that no source states as they are: from memory, or derived."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A fact, with everything that cites it.

    Attributes:
        publication: with publisher and year, on one line.
        places: what cites it: ids of cards, questions and modules, terms and further reading.
    """

    fact: str
    confidence: str
    says: str
    publication: str
    places: tuple[str, ...]


def collect_citations(draft: CourseDraft) -> tuple[Citation, ...]:
    """Collect all facts in the order of the sources, with what cites them in teaching order."""
    places: dict[str, list[str]] = {name: [] for name in draft.facts}
    for place, thing in _places(draft):
        for fact in thing.scalars("facts"):
            if fact.text in places and place not in places[fact.text]:
                places[fact.text].append(place)
    return tuple(
        Citation(
            name, fact.text("confidence"), fact.text("says"), _named(fact), tuple(places[name])
        )
        for name, fact in draft.facts.items()
    )


def _named(fact: YamlMapping) -> str:
    return ", ".join(filter(None, (fact.text(key) for key in ("publication", "publisher", "year"))))


def _places(draft: CourseDraft) -> Iterator[tuple[str, YamlMapping]]:
    for top in draft.module_mappings():
        yield from _pictured(top)
        for lesson in top.mappings("lessons"):
            for card in lesson.mappings("cards"):
                yield card.text("id"), card
                yield from _pictured(card)
            yield from (
                (question.text("id"), question) for question in lesson.mappings("questions")
            )
        yield from ((question.text("id"), question) for question in top.mappings("questions"))
    yield from ((f"term {term.text('term')}", term) for term in draft.terms())
    yield from ((f"reading {place}", each) for place, each in enumerate(draft.further_reading(), 1))


def _pictured(thing: YamlMapping) -> Iterator[tuple[str, YamlMapping]]:
    picture = thing.value("picture")
    if isinstance(picture, YamlMapping):
        yield f"picture of {thing.text('id')}", picture
