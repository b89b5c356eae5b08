"""Craft rules on figures: each has a verified source and a year."""

from collections.abc import Iterator

from authoring.claims import (
    RECALLED,
    Claim,
    cited_facts,
    find_claims,
    stated_figures,
    stated_years,
)
from authoring.figures import find_figures, find_years
from authoring.question_items import readable_items
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping

_TESTS = ("bank", "form-a", "form-b")


def figures_are_in_cited_facts(draft: CourseDraft) -> Iterator[Problem]:
    """Every figure in digits, and every share such as one in eleven, is in a fact that is cited."""
    for claim, facts in _sourced(draft):
        known = frozenset[object]().union(*map(stated_figures, facts))
        for text, figure in claim.figures():
            if figure.value not in known:
                what = f"no cited fact has the figure {figure.text}"
                do = "cite the fact that has it, or write an invented number in words"
                yield text.location_at(figure.start).problem(what, do)


def recalled_facts_carry_no_figures(draft: CourseDraft) -> Iterator[Problem]:
    """No figure comes only from facts of confidence "recalled"."""
    for claim, facts in _sourced(draft):
        looked_up = [stated_figures(fact) for fact in facts if fact.text("confidence") != RECALLED]
        recalled = [stated_figures(fact) for fact in facts if fact.text("confidence") == RECALLED]
        for text, figure in claim.figures():
            if any(figure.value in known for known in looked_up):
                continue
            if any(figure.value in known for known in recalled):
                what = f"only a recalled fact has the figure {figure.text}"
                yield text.location_at(figure.start).problem(
                    what, "look it up, or say it without a figure"
                )


def figures_have_their_year(draft: CourseDraft) -> Iterator[Problem]:
    """A card, question, picture or term with a figure names a year."""
    for claim in find_claims(draft):
        if any(any(find_years(text.text)) for text in claim.main_texts):
            continue
        first = next(claim.figures(), None)
        if first is not None:
            text, figure = first
            where = "in its text or idea" if claim.name == "question" else "in it"
            what = f"this {claim.name} has the figure {figure.text}, and no year {where}"
            yield text.location_at(figure.start).problem(
                what, "name the year of the data or of the source"
            )


def years_are_in_cited_facts(draft: CourseDraft) -> Iterator[Problem]:
    """Every year is in a fact that is cited: in what it says, its data, year or publication."""
    for claim, facts in _sourced(draft):
        known = frozenset[int]().union(*map(stated_years, facts))
        for text, start, year in claim.years():
            if year not in known:
                what = f"no cited fact has the year {year}"
                yield text.location_at(start).problem(
                    what, "cite the fact that has it, or mend the year"
                )


def tests_ask_for_no_recalled_figures(draft: CourseDraft) -> Iterator[Problem]:
    """No test asks for figures when all of its facts are recalled."""
    for item in readable_items(draft):
        facts = cited_facts(draft, item.question)
        if item.kind not in _TESTS or not facts or not _all_recalled(facts):
            continue
        for choice in item.distractors:
            if (figure := next(find_figures(choice.passage.text), None)) is not None:
                what = f"this test asks for figures such as {figure.text} from memory only"
                yield choice.passage.location_at(figure.start).problem(
                    what, "ask for the substance"
                )
                break


def _sourced(draft: CourseDraft) -> Iterator[tuple[Claim, tuple[YamlMapping, ...]]]:
    """The claims with their facts; none if the sources cannot be read."""
    if draft.sources is None or draft.sources.is_truncated or draft.sources.top is None:
        return
    for claim in find_claims(draft):
        yield claim, cited_facts(draft, claim.thing)


def _all_recalled(facts: tuple[YamlMapping, ...]) -> bool:
    return all(fact.text("confidence") == RECALLED for fact in facts)
