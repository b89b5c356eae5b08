"""Craft rules on figures: each has a verified source and a year."""

from collections.abc import Iterator

from authoring.claims import (
    RECALLED,
    Claim,
    cited,
    claims,
    dated,
    stated,
)
from authoring.figures import figures, years
from authoring.question_items import items
from course.problems import Problem
from course.reading.author_files import Draft
from course.reading.yaml_nodes import Keyed

_TESTS = ("bank", "form-a", "form-b")


def figures_are_in_cited_facts(draft: Draft) -> Iterator[Problem]:
    """Every figure in digits, and every share such as one in eleven, is in a fact that is cited."""
    for claim, facts in _sourced(draft):
        known = frozenset[object]().union(*map(stated, facts))
        for text, figure in claim.figures():
            if figure.value not in known:
                what = f"no cited fact has the figure {figure.shown}"
                do = "cite the fact that has it, or write an invented number in words"
                yield text.spot(figure.start).problem(what, do)


def recalled_facts_carry_no_figures(draft: Draft) -> Iterator[Problem]:
    """No figure comes only from facts of confidence "recalled"."""
    for claim, facts in _sourced(draft):
        looked_up = [stated(fact) for fact in facts if fact.text("confidence") != RECALLED]
        recalled = [stated(fact) for fact in facts if fact.text("confidence") == RECALLED]
        for text, figure in claim.figures():
            if any(figure.value in known for known in looked_up):
                continue
            if any(figure.value in known for known in recalled):
                what = f"only a recalled fact has the figure {figure.shown}"
                yield text.spot(figure.start).problem(
                    what, "look it up, or say it without a figure"
                )


def figures_have_their_year(draft: Draft) -> Iterator[Problem]:
    """A card, question, picture or term with a figure names a year."""
    for claim in claims(draft):
        if any(any(years(text.text)) for text in claim.dated):
            continue
        first = next(claim.figures(), None)
        if first is not None:
            text, figure = first
            where = "in its text or idea" if claim.called == "question" else "in it"
            what = f"this {claim.called} has the figure {figure.shown}, and no year {where}"
            yield text.spot(figure.start).problem(
                what, "name the year of the data or of the source"
            )


def years_are_in_cited_facts(draft: Draft) -> Iterator[Problem]:
    """Every year is in a fact that is cited: in what it says, its data, year or publication."""
    for claim, facts in _sourced(draft):
        known = frozenset[int]().union(*map(dated, facts))
        for text, start, year in claim.years():
            if year not in known:
                what = f"no cited fact has the year {year}"
                yield text.spot(start).problem(what, "cite the fact that has it, or mend the year")


def tests_ask_for_no_recalled_figures(draft: Draft) -> Iterator[Problem]:
    """No test asks for figures when all of its facts are recalled."""
    for item in items(draft):
        facts = cited(draft, item.question)
        if item.kind not in _TESTS or not facts or not _all_recalled(facts):
            continue
        for choice in item.distractors:
            if (figure := next(figures(choice.passage.text), None)) is not None:
                what = f"this test asks for figures such as {figure.shown} from memory only"
                yield choice.passage.spot(figure.start).problem(what, "ask for the substance")
                break


def _sourced(draft: Draft) -> Iterator[tuple[Claim, tuple[Keyed, ...]]]:
    """The claims with their facts; none if the sources cannot be read."""
    if draft.sources is None or draft.sources.cut or draft.sources.top is None:
        return
    for claim in claims(draft):
        yield claim, cited(draft, claim.thing)


def _all_recalled(facts: tuple[Keyed, ...]) -> bool:
    return all(fact.text("confidence") == RECALLED for fact in facts)
