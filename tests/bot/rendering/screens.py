"""Everything the bot can say about a course, rendered in one voice."""

from collections.abc import Iterator
from itertools import combinations, count

from bot import commands
from bot.callback_data import Continue
from bot.i18n import Voice
from bot.messages import Reply
from bot.parsing import time_zones
from bot.rendering import (
    lessons,
    modules,
    next_step,
    notices,
    pages,
    parts,
)
from bot.rendering.time_zones import likely
from course.learning.marking import Marked
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    Step,
)
from course.learning.progress import Progress
from course.model import Course, Question
from tests.bot.rendering import reminder_screens
from tests.course.examples import AMINA, Walker

TOASTS = (
    notices.answered_before, notices.answered_just_now, notices.gone_on_before, notices.below,
    notices.not_yet, notices.withdrawn, notices.unknown_button, notices.only_in_private,
    notices.set_now, notices.keep_a_day, notices.not_yours,
)  # fmt: skip

NOTICES = (
    notices.unknown_command, notices.not_text, notices.edited, notices.done_late,
    notices.too_much, notices.free_text, notices.feedback_first, notices.card_first,
    notices.not_now,
)  # fmt: skip


def toasts(_: Voice) -> Iterator[str]:
    """Every line that is shown for a moment after a press."""
    return (toast(_) for toast in TOASTS)


def menu(_: Voice) -> Iterator[str]:
    """What stands in the menu of commands and in the profile."""
    yield from commands.described(_).values()
    yield commands.description(_)


def replies(_: Voice, course: Course) -> Iterator[Reply]:
    """Every message, in each of its shapes."""
    yield from (notice(_) for notice in NOTICES)
    yield notices.group(_, "some_bot")
    yield notices.failed(_, "4F2A91")
    yield from _pages(_, course)
    for module in course.modules:
        for question in module.questions():
            yield from _of_question(_, course, question)
    yield from reminder_screens.replies(_, course)
    for right in (True, False):
        yield from _on_the_way(_, course, right=right)


def _pages(_: Voice, course: Course) -> Iterator[Reply]:
    yield pages.welcome(_, course)
    yield pages.welcome_back(_, None)
    yield pages.outcomes(_, course)
    yield pages.about(_, course)
    yield pages.help_page(_, commands.listed(_))
    yield pages.danger(_)
    yield pages.stopped(_)
    yield pages.paused(_)
    yield pages.paused(_, likely(_, 1_794_830_400_000, time_zones.offsets(1_794_830_400_000)))
    for leads in (True, False):
        yield pages.forget(_, leads=leads)
        yield pages.forgotten(_, leads=leads)
    for contact in (None, "\N{GREEK SMALL LETTER ALPHA} <1>"):
        yield pages.privacy(_, contact)
        yield pages.developer_info(_, contact, "0.1.0")
    for plain in (True, False):
        for stopped in (True, False):
            yield pages.settings(_, plain=plain, stopped=stopped)


def _of_question(_: Voice, course: Course, asked: Question) -> Iterator[Reply]:
    every = [option.id for option in asked.options]
    forward = parts.button(_("Continue"), Continue())
    yield notices.letters_wanted(_, asked)
    yield lessons.right_answer(_, asked, None, None, forward=forward)
    yield lessons.right_answer(_, asked, asked, asked, forward=forward)
    for chosen in range(len(every) + 1 if asked.several else 1):
        for selected in combinations(every, chosen):
            for again in (True, False):
                yield lessons.question(
                    _, course, asked, 1 + again, again=again, selected=frozenset(selected)
                )


def _on_the_way(_: Voice, course: Course, *, right: bool) -> Iterator[Reply]:
    """The screens of somebody who goes through the course, and what they could open meanwhile."""
    walker = Walker(course)
    yield from reminder_screens.every_nudge(_, course, walker.progress)
    for turn in count():
        step, progress = walker.step, walker.progress
        yield next_step.step(_, course, step, progress)
        yield pages.welcome_back(_, parts.where(_, course, step))
        yield modules.modules(_, course, progress)
        yield modules.standing(_, course, progress)
        yield from reminder_screens.nudges_by_turns(_, course, progress, turn)
        yield from (modules.lessons(_, course, module, progress) for module in course.modules)
        yield from _cards_again(_, course, step, progress)
        if isinstance(step, Finished):
            return
        if not isinstance(step, AnswerQuestion):
            walker.reads()
            continue
        outcome = walker.answers(right=right or step.again)
        assert isinstance(outcome, Marked)
        yield lessons.feedback(_, step.question, outcome.attempt)
        if isinstance(walker.step, CloseModule):
            yield modules.module_end(_, course, walker.step.module, walker.progress)


def _cards_again(_: Voice, course: Course, step: Step, progress: Progress) -> Iterator[Reply]:
    assert progress.learner == AMINA
    for module in course.modules:
        for card in module.cards():
            if card.id in progress.read:
                yield next_step.card_again(_, course, card, step, progress)
