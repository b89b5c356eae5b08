"""Claims of the course with figures and years, and the facts they cite."""

from collections.abc import Iterator
from dataclasses import dataclass

from authoring.figures import Figure, figures, years
from authoring.passages import Passage, passages
from course.reading.author_files import Draft
from course.reading.yaml_nodes import Keyed, Scalar

RECALLED = "recalled"
"""The confidence of a fact that nobody has looked up."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A card, question, picture, term or further reading, with the texts that need facts.

    Attributes:
        called: what it is, e.g. "card".
        dated: its main texts; if any text has a figure, these need a year.
        more: further texts; for a question the right options and all feedback, but not the
            distractors.
    """

    thing: Keyed
    called: str
    dated: tuple[Passage, ...]
    more: tuple[Passage, ...] = ()

    def figures(self) -> Iterator[tuple[Passage, Figure]]:
        """Each figure, with its text."""
        for text in (*self.dated, *self.more):
            yield from ((text, figure) for figure in figures(text.text))

    def years(self) -> Iterator[tuple[Passage, int, int]]:
        """Each year: its text, its position there, and the year."""
        for text in (*self.dated, *self.more):
            yield from ((text, start, year) for start, year in years(text.text))


def claims(draft: Draft) -> Iterator[Claim]:
    """Find everything that needs facts, in no order."""
    for card in draft.cards():
        yield Claim(card, "card", passages(card, "title", "text"))
    for question in draft.questions():
        more = tuple(text for option in question.keyed("options") for text in _claimed(option))
        yield Claim(question, "question", passages(question, "text", "idea"), more)
    for picture in draft.pictures():
        yield Claim(picture, "picture", passages(picture, "alt"))
    for term in draft.terms():
        yield Claim(term, "term", passages(term, "term", "text"))
    for pointer in draft.pointers():
        yield Claim(pointer, "pointer", passages(pointer, "text"))


def cited(draft: Draft, thing: Keyed) -> tuple[Keyed, ...]:
    """The existing facts that `thing` cites."""
    return tuple(
        draft.facts[name.text] for name in thing.scalars("facts") if name.text in draft.facts
    )


def stated(fact: Keyed) -> frozenset[object]:
    """Values of the figures in a fact; for "one in five" also "four in five"."""
    said = f"{fact.text('says')}\n{fact.text('data')}"
    values = {figure.value for figure in figures(said)}
    others = {(share[1] - share[0], share[1]) for share in values if isinstance(share, tuple)}
    return frozenset[object](values | others)


def dated(fact: Keyed) -> frozenset[int]:
    """Years of a fact: in its text, of its data, of its publication."""
    said = "\n".join(fact.text(key) for key in ("says", "data", "year", "publication"))
    return frozenset(year for _, year in years(said))


def _claimed(option: Keyed) -> tuple[Passage, ...]:
    mark = option.value("correct")
    right = isinstance(mark, Scalar) and mark.truth is True
    return passages(option, *(("text", "feedback") if right else ("feedback",)))
