"""The real course: it is of good craft, and whatever spoils it is found where it was spoilt.

All of this is over the modules that course/modules.yaml names, whichever these are.
"""

import re
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from authoring import craft_figures, craft_words
from authoring.claims import (
    Claim,
    cited_facts,
    find_claims,
    stated_figures,
    stated_years,
)
from authoring.craft import find_faults
from authoring.figures import Figure
from authoring.figures import find_figures as figures_in
from authoring.passages import Passage, learner_texts
from course import markup
from course.reading.yaml_nodes import YamlScalar
from tests.course.spoiling import finds, quoted, rewritten, spoil, whole, without_years

spoilt = settings(max_examples=40, deadline=None)


@cache
def texts() -> list[Passage]:
    return list(learner_texts(whole()))


@cache
def figures() -> list[tuple[Claim, Passage, Figure]]:
    return [(claim, *found) for claim in find_claims(whole()) for found in claim.figures()]


@cache
def avoided() -> list[str]:
    top = whole().avoid
    assert top is not None
    assert top.top is not None
    return [word.text for entry in top.top.mappings("avoid") for word in entry.scalars("words")]


def test_the_real_course_is_of_good_craft() -> None:
    assert sorted(map(str, find_faults(whole()))) == []


@spoilt
@given(st.data())
def test_a_word_to_avoid_is_found_in_whatever_text_it_comes_up(data: st.DataObject) -> None:
    text, word = data.draw(st.sampled_from(texts())), data.draw(st.sampled_from(avoided()))
    places = [place.start() for place in re.finditer(r"\b\w", text.scalar.text)]
    place = data.draw(st.sampled_from(places))
    before, after = text.scalar.text[:place], text.scalar.text[place:]
    assume(before.count('"') % 2 == 0 and not re.search(r"[\d.,/<-]$", before))

    draft = spoil(rewritten(text.scalar, quoted(f"{before}{word.upper()} {after}")))

    assert finds(craft_words.avoided_words_are_avoided, draft, text.scalar, word.upper())


@spoilt
@given(st.data())
def test_a_figure_with_other_digits_is_found(data: st.DataObject) -> None:
    claim, text, figure = data.draw(st.sampled_from(figures()))
    digits = [place for place, sign in enumerate(figure.text) if sign.isdigit()]
    shown = "seven in nineteen"
    if digits:
        place, digit = data.draw(st.sampled_from(digits)), data.draw(st.sampled_from("123456789"))
        shown = figure.text[:place] + digit + figure.text[place + 1 :]
    start = markup.source_position(text.scalar.text, figure.start)
    before, after = text.scalar.text[:start], text.scalar.text[start + len(figure.text) :]
    known = frozenset[object]().union(*map(stated_figures, cited_facts(whole(), claim.thing)))
    values = {each.value for each in figures_in(f"{before}{shown}{after}")}
    assume(values - known)

    draft = spoil(rewritten(text.scalar, quoted(f"{before}{shown}{after}")))

    assert finds(craft_figures.figures_are_in_cited_facts, draft, text.scalar, "no cited fact has")


@spoilt
@given(st.data())
def test_a_figure_without_its_year_is_found(data: st.DataObject) -> None:
    claim, _, _ = data.draw(st.sampled_from(figures()))

    draft = spoil(
        *(rewritten(text.scalar, quoted(without_years(text))) for text in claim.main_texts)
    )

    places = {
        text.scalar for _, text, _ in figures() if text in (*claim.main_texts, *claim.further_texts)
    }
    assert any(
        finds(craft_figures.figures_have_their_year, draft, place, "and no year")
        for place in places
    )


@spoilt
@given(st.data())
def test_another_year_is_found(data: st.DataObject) -> None:
    found = [(claim, *place) for claim in find_claims(whole()) for place in claim.years()]
    claim, text, start, year = data.draw(st.sampled_from(found))
    other = data.draw(st.integers(1900, 2099))
    assume(not any(other in stated_years(fact) for fact in cited_facts(whole(), claim.thing)))
    place = markup.source_position(text.scalar.text, start)
    changed = f"{text.scalar.text[:place]}{other}{text.scalar.text[place + 4 :]}"

    draft = spoil(rewritten(text.scalar, quoted(changed)))

    says = f"no cited fact has the year {other}"
    assert year != other
    assert finds(craft_figures.years_are_in_cited_facts, draft, text.scalar, says)


@spoilt
@given(st.data())
def test_a_fact_that_is_no_longer_cited_is_missed(data: st.DataObject) -> None:
    fact, text, says = data.draw(st.sampled_from(carried_by_one()))

    draft = spoil(rewritten(fact, "F0"))

    rules = (craft_figures.figures_are_in_cited_facts, craft_figures.years_are_in_cited_facts)
    assert any(finds(rule, draft, text.scalar, says) for rule in rules)


@cache
def carried_by_one() -> list[tuple[YamlScalar, Passage, str]]:
    """Facts that alone carry a figure or a year of what cites them: the fact, where, and which."""
    found = []
    for claim in find_claims(whole()):
        names = list(claim.thing.scalars("facts"))
        facts = [(name, whole().facts[name.text]) for name in names]
        for text, figure in claim.figures():
            carrying = [name for name, fact in facts if figure.value in stated_figures(fact)]
            if len(carrying) == 1:
                found.append((carrying[0], text, f"no cited fact has the figure {figure.text}"))
        for text, _, year in claim.years():
            carrying = [name for name, fact in facts if year in stated_years(fact)]
            if len(carrying) == 1:
                found.append((carrying[0], text, f"no cited fact has the year {year}"))
    return found
