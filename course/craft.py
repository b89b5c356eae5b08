"""The craft linter: rules of good question and text writing.

Only `tutorbot check` runs them, so that a running bot never refuses a course for its style. Rules
have the form of those in `course.checking`; none relies on another one being satisfied.
"""

from collections.abc import Iterator

from course import craft_balance as balance
from course import craft_cues as cues
from course import craft_figures as figures
from course import craft_options as options
from course import craft_stems as stems
from course import craft_tests as tests
from course import craft_words as words
from course.checking import Rule
from course.drafts import Draft
from course.problems import Problem

CRAFT: tuple[Rule, ...] = (
    stems.stems_ask,
    stems.stems_hold_the_question,
    stems.stems_are_positive,
    options.there_are_three_or_four_options,
    options.options_stand_alone,
    options.options_do_not_overlap,
    options.the_key_is_not_far_longer,
    options.feedback_explains,
    cues.absolute_words_are_not_only_in_distractors,
    cues.hedges_are_not_only_in_the_key,
    cues.articles_fit_all_options,
    cues.the_key_does_not_echo_the_stem,
    balance.keys_are_not_mostly_longest,
    balance.keys_are_not_mostly_shortest,
    balance.keys_stand_everywhere,
    tests.questions_name_their_objective,
    tests.objectives_are_asked_for,
    tests.forms_are_alike,
    tests.cases_are_cases,
    tests.lessons_are_short,
    figures.figures_are_in_cited_facts,
    figures.recalled_facts_carry_no_figures,
    figures.figures_have_their_year,
    figures.years_are_in_cited_facts,
    figures.tests_ask_for_no_recalled_figures,
    words.avoided_words_are_avoided,
)


def faults(found: Draft) -> Iterator[Problem]:
    """Find every fault of craft in a draft, in no order."""
    for rule in CRAFT:
        yield from rule(found)
