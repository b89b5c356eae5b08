"""What the course claims with figures and years, and the facts it cites for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from course.drafts import Draft
from course.figures import Figure, figures, years
from course.passages import Passage, passages
from course.yamlnodes import Keyed, Scalar

RECALLED = "recalled"
"""The confidence of a fact that nobody has looked up."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A card, question, picture, term or pointer: texts that stand on facts.

    Attributes:
        called: what it is, e.g. "card".
        dated: its main texts; a figure anywhere in it needs a year in these.
        more: further texts with claims: of a question the right answers and all feedback.
            Distractors claim nothing.
    """

    thing: Keyed
    called: str
    dated: tuple[Passage, ...]
    more: tuple[Passage, ...] = ()

    def figures(self) -> Iterator[tuple[Passage, Figure]]:
        """Each figure, with where it stands."""
        for text in (*self.dated, *self.more):
            yield from ((text, figure) for figure in figures(text.text))

    def years(self) -> Iterator[tuple[Passage, int, int]]:
        """Each year: its text, where in that it stands, and which it is."""
        for text in (*self.dated, *self.more):
            yield from ((text, start, year) for start, year in years(text.text))


def claims(draft: Draft) -> Iterator[Claim]:
    """Everything that stands on facts, in no order."""
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
    """The facts that `thing` cites, those that there are."""
    return tuple(
        draft.facts[name.text] for name in thing.scalars("facts") if name.text in draft.facts
    )


def stated(fact: Keyed) -> frozenset[object]:
    """The values of the figures that a fact states; with one in five, four in five, too."""
    said = f"{fact.text('says')}\n{fact.text('data')}"
    values = {figure.value for figure in figures(said)}
    others = {(share[1] - share[0], share[1]) for share in values if isinstance(share, tuple)}
    return frozenset[object](values | others)


def dated(fact: Keyed) -> frozenset[int]:
    """The years that a fact has: in what it says, of its data, of its publication."""
    said = "\n".join(fact.text(key) for key in ("says", "data", "year", "publication"))
    return frozenset(year for _, year in years(said))


def _claimed(option: Keyed) -> tuple[Passage, ...]:
    mark = option.value("correct")
    right = isinstance(mark, Scalar) and mark.truth is True
    return passages(option, *(("text", "feedback") if right else ("feedback",)))
