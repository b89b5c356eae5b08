"""Claims of the course with figures and years, and the facts they cite."""

from collections.abc import Iterator
from dataclasses import dataclass

from authoring.figures import Figure, find_figures, find_years
from authoring.passages import Passage, make_passages
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping, YamlScalar

RECALLED = "recalled"
"""The confidence of a fact that nobody has looked up."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A card, question, picture, term or further reading, with the texts that need facts.

    Attributes:
        name: what it is, e.g. "card".
        main_texts: its main texts; if any text has a figure, these need a year.
        further_texts: further texts; for a question the right options and all feedback, but not the
            distractors.
    """

    thing: YamlMapping
    name: str
    main_texts: tuple[Passage, ...]
    further_texts: tuple[Passage, ...] = ()

    def figures(self) -> Iterator[tuple[Passage, Figure]]:
        """Each figure, with its text."""
        for text in (*self.main_texts, *self.further_texts):
            yield from ((text, figure) for figure in find_figures(text.text))

    def years(self) -> Iterator[tuple[Passage, int, int]]:
        """Each year: its text, its position there, and the year."""
        for text in (*self.main_texts, *self.further_texts):
            yield from ((text, start, year) for start, year in find_years(text.text))


def find_claims(draft: CourseDraft) -> Iterator[Claim]:
    """Find everything that needs facts, in no order."""
    for card in draft.cards():
        yield Claim(card, "card", make_passages(card, "title", "text"))
    for question in draft.questions():
        more = tuple(text for option in question.mappings("options") for text in _claimed(option))
        yield Claim(question, "question", make_passages(question, "text", "idea"), more)
    for picture in draft.pictures():
        yield Claim(picture, "picture", make_passages(picture, "alt"))
    for term in draft.terms():
        yield Claim(term, "term", make_passages(term, "term", "text"))
    for pointer in draft.further_reading():
        yield Claim(pointer, "pointer", make_passages(pointer, "text"))


def cited_facts(draft: CourseDraft, thing: YamlMapping) -> tuple[YamlMapping, ...]:
    """The existing facts that `thing` cites."""
    return tuple(
        draft.facts[name.text] for name in thing.scalars("facts") if name.text in draft.facts
    )


def stated_figures(fact: YamlMapping) -> frozenset[object]:
    """Values of the figures in a fact; for "one in five" also "four in five"."""
    said = f"{fact.text('says')}\n{fact.text('data')}"
    values = {figure.value for figure in find_figures(said)}
    others = {(share[1] - share[0], share[1]) for share in values if isinstance(share, tuple)}
    return frozenset[object](values | others)


def stated_years(fact: YamlMapping) -> frozenset[int]:
    """Years of a fact: in its text, of its data, of its publication."""
    said = "\n".join(fact.text(key) for key in ("says", "data", "year", "publication"))
    return frozenset(year for _, year in find_years(said))


def _claimed(option: YamlMapping) -> tuple[Passage, ...]:
    mark = option.value("correct")
    right = isinstance(mark, YamlScalar) and mark.as_bool is True
    return make_passages(option, *(("text", "feedback") if right else ("feedback",)))
