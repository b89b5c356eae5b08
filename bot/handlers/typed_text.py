"""Typed text that no dialogue awaits: an answer, a command in words, a term, or a question."""

from collections.abc import Mapping

from bot.actions import answers, lessons
from bot.actions.learner_state import Interaction, LearnerState, load_learner
from bot.callback_data import ReadFound
from bot.context import Context
from bot.handlers import pages
from bot.handlers.commands import answer_command
from bot.handlers.message_content import MessageContent
from bot.handlers.reminder_commands import reminder_text_typed
from bot.messages import Reply, Response
from bot.parsing.typed_answers import (
    AnswerLetters,
    AskCourse,
    CommandWord,
    Danger,
    LookUp,
    Unclear,
    understand,
)
from bot.rendering import course_search, glossary, notices, positions, responses, typed_text
from course.glossary import term_by_key
from course.learning.next_step import AnswerQuestion, ReadCard, SeeFeedback
from course.model import CardId, Question

# The commands that words stand for, where they are called otherwise.
_COMMANDS: Mapping[str, str] = {
    "report_mistake": "report",
    "delete_data": "deletemydata",
    "talk_to_someone": "askfacilitator",
    "time_left": "progress",
    "leave_for_today": "pause",
}

# Words beside which somebody may name a day or a time: "remind me tomorrow".
_MAY_NAME_TIME = frozenset({"reminders", "later", "leave_for_today"})


async def answer_text(context: Context, interaction: Interaction, text: str) -> Response:
    """The response to typed text."""
    state = await load_learner(context.services, interaction)
    intent = understand(text, context.course, _open_question(state))
    match intent:
        case Danger(beside):
            found = () if beside is None else _look_up(context, state, beside, text)
            return Response((pages.build_page(context, state, "danger"), *found))
        case AnswerLetters(letters):
            typed = await answers.submit_letters(context.services, interaction, letters)
            _ = context.translator(typed.learner_state)
            return responses.letters_typed(_, context.course, typed)
        case CommandWord(word):
            return await _do_command(context, state, word, text)
        case LookUp():
            return Response(_look_up(context, state, intent, text))
        case AskCourse() | Unclear():
            return await _answer_question(context, state, intent, text)


async def read_found(context: Context, interaction: Interaction, press: ReadFound) -> Response:
    """Show a card or term that was found, as a new message."""
    state = await load_learner(context.services, interaction)
    _, course = context.translator(state), context.course
    item = course.card(CardId(press.item)) or term_by_key(course, press.item)
    if item is None:
        return responses.current_with_toast(_, course, state, notices.withdrawn(_))
    found = course_search.found_item(_, course, item, has_facilitator=state.has_facilitator)
    return Response((found,))


def _open_question(state: LearnerState) -> Question | None:
    """The question that text may answer, also when the same text is delivered again."""
    match state.step:
        case AnswerQuestion(question):
            return question
        case SeeFeedback(question, attempt) if attempt.update == state.interaction.update_id:
            return question
        case _:
            return None


async def _answer_question(
    context: Context, state: LearnerState, intent: AskCourse | Unclear, text: str
) -> Response:
    """The response to what is neither an answer nor a command: a time, or what the course says."""
    timed = await reminder_text_typed(context, state.interaction, text)
    if timed is not None:
        return timed
    _, has_facilitator = context.translator(state), state.has_facilitator
    if isinstance(intent, Unclear) and isinstance(state.step, AnswerQuestion):
        return Response((notices.type_letters(_, state.step.question),))
    if found := _look_up(context, state, AskCourse(), text):
        return Response(found)
    if isinstance(intent, Unclear):
        return Response((course_search.not_understood(_, has_facilitator=has_facilitator),))
    return Response((course_search.nothing_found(_, has_facilitator=has_facilitator),))


def _look_up(
    context: Context, state: LearnerState, wanted: LookUp | AskCourse, text: str
) -> tuple[Reply, ...]:
    """What the course has on it; empty when it has nothing."""
    _ = context.translator(state)
    if isinstance(wanted, LookUp):
        return (glossary.term(_, wanted.term),)
    found = context.course_search.find(text)
    if not found:
        return ()
    facilitated = state.has_facilitator
    return (course_search.found_items(_, context.course, found, has_facilitator=facilitated),)


async def _do_command(context: Context, state: LearnerState, word: str, text: str) -> Response:
    interaction = state.interaction
    if word in _MAY_NAME_TIME:
        timed = await reminder_text_typed(context, interaction, text)
        if timed is not None:
            return timed
    if word == "dont_know":
        answered = await answers.submit_dont_know(context.services, state)
        _ = context.translator(answered.learner_state)
        return responses.letters_typed(_, context.course, answered)
    if word in ("skip", "skip_lesson"):
        return await _skip(context, state, whole_lesson=word == "skip_lesson")
    reply = _reply_in_words(context, state, word)
    if reply is not None:
        return Response((reply,))
    return await answer_command(context, interaction, _COMMANDS.get(word, word), MessageContent())


async def _skip(context: Context, state: LearnerState, *, whole_lesson: bool) -> Response:
    """Go on from a card; leave a lesson for later at a question, or where that is wanted."""
    leaves = isinstance(state.step, AnswerQuestion) or (
        whole_lesson and isinstance(state.step, ReadCard)
    )
    if not leaves:
        return await answer_command(context, state.interaction, "next", MessageContent())
    arrived = await lessons.leave_lesson(context.services, state.interaction)
    _ = context.translator(arrived.learner_state)
    said = typed_text.lesson_left(_) if arrived.is_new else typed_text.nothing_to_skip(_)
    screen = responses.current_screen(_, context.course, arrived.learner_state)
    return Response((said, screen))


def _reply_in_words(context: Context, state: LearnerState, word: str) -> Reply | None:
    """The reply to words for which there is no command; `None` for others."""
    _, course, progress = context.translator(state), context.course, state.progress
    match word:
        case "thanks":
            return typed_text.welcome_thanks(_)
        case "hello" if not progress.is_new:
            return typed_text.hello(_, positions.step_position(_, course, state.step))
        case "hello":
            return pages.build_page(context, state, "welcome")
        case "certificate":
            return typed_text.no_certificate(_, course, progress)
        case "test":
            return typed_text.no_test(_, course, progress)
        case "review":
            return typed_text.review(_)
        case "language":
            return typed_text.one_language(_)
        case "cohort_join":
            return typed_text.how_to_join(_)
        case _:
            return None
