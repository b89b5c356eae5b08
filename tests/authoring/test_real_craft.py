"""The real course: it is of good craft, and whatever spoils it is found where it was spoilt.

All of this is over the modules that course/modules.yaml names, whichever these are.
"""

import re
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from authoring import craft_balance, craft_figures, craft_options, craft_tests, craft_words
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
from authoring.question_items import Item, readable_items
from course import markup
from course.checking import questions
from course.reading.yaml_nodes import YamlScalar
from tests.course.spoiling import finds, padded, quoted, rewritten, spoil, whole, without_years

spoilt = settings(max_examples=40, deadline=None)


@cache
def texts() -> list[Passage]:
    return list(learner_texts(whole()))


@cache
def singles() -> list[Item]:
    return [item for item in readable_items(whole()) if item.has_single_key]


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


@spoilt
@given(st.data())
def test_a_key_that_became_far_longer_is_found(data: st.DataObject) -> None:
    [key] = data.draw(st.sampled_from(singles())).correct_choices

    draft = spoil(padded(key, 3 * len(key.text) + 41))

    assert finds(craft_options.the_key_is_not_far_longer, draft, key.passage.scalar, "characters")


@spoilt
@given(st.data())
def test_keys_that_are_nearly_all_the_longest_are_found(data: st.DataObject) -> None:
    top = data.draw(st.sampled_from(list(whole().module_mappings())))
    kept = data.draw(st.integers(0, 3))
    own = [item for item in singles() if item.stem.start.file == top.location.file][kept:]

    edits = (
        padded(item.correct_choices[0], max(len(choice.text) for choice in item.choices))
        for item in own
    )
    draft = spoil(*edits)

    assert finds(
        craft_balance.keys_are_not_mostly_longest, draft, top.entries["id"][0], "longest in"
    )


@spoilt
@given(st.data())
def test_an_option_that_speaks_of_the_others_is_found(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(singles()))
    option = data.draw(st.sampled_from(item.distractors)).passage.scalar
    said = data.draw(
        st.sampled_from(["All of the above", "None of these.", "Both A and B", "A or C"])
    )

    draft = spoil(rewritten(option, quoted(said)))

    assert finds(craft_options.options_stand_alone, draft, option, "other options")


@spoilt
@given(st.data())
def test_an_option_that_is_there_twice_is_found(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(singles()))
    one, other = data.draw(st.permutations(item.choices))[:2]

    draft = spoil(rewritten(one.passage.scalar, quoted(other.text)))

    places = (one.passage.scalar, other.passage.scalar)
    assert any(finds(questions.options_differ, draft, place, "the same as") for place in places)


@spoilt
@given(st.data())
def test_a_question_that_lost_its_objective_is_found(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(list(whole().questions())))
    key, _ = question.entries["objective"]

    draft = spoil(rewritten(key, "lost"))

    assert finds(craft_tests.questions_name_their_objective, draft, question, "no objective")


@spoilt
@given(st.data())
def test_an_objective_that_nobody_asks_for_is_found(data: st.DataObject) -> None:
    top = data.draw(st.sampled_from(list(whole().module_mappings())))
    objective = data.draw(st.sampled_from(list(top.mappings("objectives"))))
    [name] = [found for found in [objective.scalar("id")] if found is not None]

    draft = spoil(rewritten(name, "unasked"))

    assert finds(craft_tests.objectives_are_asked_for, draft, name, "asks for unasked")


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
