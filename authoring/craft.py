"""The craft linter: rules of good question and text writing.

Only `tutorbot check` runs them, so that a running bot never refuses a course for its style. Rules
have the form of those in `course.checking.checker`; none relies on another one being satisfied.
"""

from collections.abc import Iterator

from authoring import (
    craft_balance,
    craft_cues,
    craft_figures,
    craft_options,
    craft_stems,
    craft_tests,
    craft_words,
)
from course.checking.checker import Rule
from course.problems import Problem
from course.reading.author_files import CourseDraft

CRAFT: tuple[Rule, ...] = (
    craft_stems.stems_ask,
    craft_stems.stems_hold_the_question,
    craft_stems.stems_are_positive,
    craft_options.there_are_three_or_four_options,
    craft_options.options_stand_alone,
    craft_options.options_do_not_overlap,
    craft_options.the_key_is_not_far_longer,
    craft_options.feedback_explains,
    craft_cues.absolute_words_are_not_only_in_distractors,
    craft_cues.hedges_are_not_only_in_the_key,
    craft_cues.articles_fit_all_options,
    craft_cues.the_key_does_not_echo_the_stem,
    craft_balance.keys_are_not_mostly_longest,
    craft_balance.keys_are_not_mostly_shortest,
    craft_balance.keys_stand_everywhere,
    craft_tests.questions_name_their_objective,
    craft_tests.objectives_are_asked_for,
    craft_tests.forms_are_alike,
    craft_tests.cases_are_cases,
    craft_tests.lessons_are_short,
    craft_figures.figures_are_in_cited_facts,
    craft_figures.recalled_facts_carry_no_figures,
    craft_figures.figures_have_their_year,
    craft_figures.years_are_in_cited_facts,
    craft_figures.tests_ask_for_no_recalled_figures,
    craft_words.avoided_words_are_avoided,
)


def find_faults(draft: CourseDraft) -> Iterator[Problem]:
    """Find every fault of craft in a draft, in no order."""
    for rule in CRAFT:
        yield from rule(draft)
