"""Everything the bot can say about a course, rendered in one voice."""

from collections.abc import Iterator
from itertools import combinations, count

from bot import commands
from bot.callback_data import Continue
from bot.i18n import Translator
from bot.messages import Reply
from bot.parsing import time_zones
from bot.rendering import (
    course_search,
    endings,
    feedback,
    lessons,
    modules,
    next_step,
    notices,
    pages,
    parts,
    positions,
    privacy,
    typed_text,
)
from bot.rendering.time_zones import likely_times
from course.learning.marking import Marked
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    Step,
)
from course.learning.progress import Progress
from course.model import Course, Question
from storage.course_search import CourseSearch
from tests.bot.rendering import reminder_screens
from tests.course.examples import AMINA, Walker

TOASTS = (
    notices.answered_before,
    notices.answered_just_now,
    notices.already_advanced,
    notices.shown_below,
    notices.not_open_yet,
    notices.withdrawn,
    notices.unknown_button,
    notices.only_in_private,
    notices.saved,
    notices.one_day_must_remain,
    notices.not_found_or_not_yours,
)

NOTICES = (
    notices.unknown_command,
    notices.not_text,
    notices.message_edited,
    notices.handled_late,
    notices.flood_notice,
    notices.answer_already_in,
    notices.no_open_question,
    notices.outage_notice,
)


def toasts(_: Translator) -> Iterator[str]:
    """Every line that is shown for a moment after a press."""
    return (toast(_) for toast in TOASTS)


def menu(_: Translator) -> Iterator[str]:
    """What stands in the menu of commands and in the profile."""
    yield from commands.learner_commands(_).values()
    yield commands.bot_description(_)


def replies(_: Translator, course: Course) -> Iterator[Reply]:
    """Every message, in each of its shapes."""
    yield from (notice(_) for notice in NOTICES)
    yield notices.group_greeting(_, "some_bot")
    yield notices.failure_notice(_, "4F2A91")
    yield from _pages(_, course)
    yield from _to_typed_text(_, course)
    for module in course.modules:
        for question in module.questions():
            yield from _of_question(_, course, question)
    yield from reminder_screens.replies(_, course)
    for right in (True, False):
        yield from _on_the_way(_, course, right=right)


def _pages(_: Translator, course: Course) -> Iterator[Reply]:
    yield pages.welcome(_, course)
    yield pages.welcome_back(_, None)
    yield pages.course_outcomes(_, course)
    yield pages.about(_, course)
    yield pages.help_text(_, commands.command_list(_))
    yield pages.danger(_)
    yield pages.messages_stopped(_)
    yield pages.pause(_)
    yield pages.pause(
        _, likely_times(_, 1_794_830_400_000, time_zones.list_offsets(1_794_830_400_000))
    )
    for leads in (True, False):
        yield privacy.confirm_deletion(_, facilitates=leads)
        yield privacy.data_deleted(_, facilitates=leads)
    for contact in (None, "\N{GREEK SMALL LETTER ALPHA} <1>"):
        yield privacy.privacy(_, contact)
        yield privacy.developer_info(_, contact, "0.1.0")
    for plain in (True, False):
        for stopped in (True, False):
            yield pages.settings_page(_, plain=plain, stopped=stopped)


def _to_typed_text(_: Translator, course: Course) -> Iterator[Reply]:
    simple = (
        *(typed_text.welcome_thanks, typed_text.review, typed_text.how_to_join),
        *(typed_text.one_language, typed_text.lesson_left, typed_text.nothing_to_skip),
    )
    yield from (reply(_) for reply in simple)
    yield typed_text.hello(_, None)
    yield typed_text.no_certificate(_, course, Progress(AMINA))
    yield typed_text.no_test(_, course, Progress(AMINA))
    found = CourseSearch(course).find(course.modules[0].lessons[0].cards[0].title)
    for has_facilitator in (True, False):
        yield course_search.nothing_found(_, has_facilitator=has_facilitator)
        yield course_search.not_understood(_, has_facilitator=has_facilitator)
        yield course_search.found_items(_, course, found, has_facilitator=has_facilitator)
        for one in found:
            yield course_search.found_item(_, course, one.item, has_facilitator=has_facilitator)


def _of_question(_: Translator, course: Course, asked: Question) -> Iterator[Reply]:
    every = [option.id for option in asked.options]
    forward = parts.button(_("Continue"), Continue())
    yield notices.type_letters(_, asked)
    yield feedback.right_answer(_, asked, None, None, forward=forward)
    yield feedback.right_answer(_, asked, asked, asked, forward=forward)
    for chosen in range(len(every) + 1 if asked.has_several_answers else 1):
        for selected in combinations(every, chosen):
            for again in (True, False):
                yield lessons.question(
                    _, course, asked, 1 + again, again=again, selected=frozenset(selected)
                )


def _on_the_way(_: Translator, course: Course, *, right: bool) -> Iterator[Reply]:
    """The screens of somebody who goes through the course, and what they could open meanwhile."""
    walker = Walker(course)
    yield from reminder_screens.every_nudge(_, course, walker.progress)
    for turn in count():
        step, progress = walker.step, walker.progress
        yield next_step.step_screen(_, course, step, progress)
        yield pages.welcome_back(_, positions.step_position(_, course, step))
        yield modules.module_list(_, course, progress)
        yield modules.progress_page(_, course, progress)
        yield from reminder_screens.nudges_by_turns(_, course, progress, turn)
        yield from (modules.lesson_list(_, course, module, progress) for module in course.modules)
        yield from _cards_again(_, course, step, progress)
        if isinstance(step, Finished):
            return
        if not isinstance(step, AnswerQuestion):
            walker.reads()
            continue
        outcome = walker.answers(right=right or step.is_retry)
        assert isinstance(outcome, Marked)
        yield feedback.feedback(_, step.question, outcome.attempt)
        if isinstance(walker.step, CloseModule):
            yield endings.module_end(_, course, walker.step.module, walker.progress)


def _cards_again(_: Translator, course: Course, step: Step, progress: Progress) -> Iterator[Reply]:
    assert progress.learner == AMINA
    for module in course.modules:
        for card in module.cards():
            if card.id in progress.read:
                yield next_step.reopened_card(_, course, card, step, progress)
