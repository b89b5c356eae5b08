"""The feedback to an answer, and missed questions read again."""

from bot.callback_data import ReviewQuestion
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.lessons import ask_button, chosen_letters, in_order
from course.learning.progress import Attempt, feedback_item
from course.model import OptionId, Question

MISSES_TO_OFFER_HELP = 3
"""Misses of one question from which its feedback offers to ask a facilitator: one fewer than the
radar needs to call somebody stuck (our judgement)."""


def feedback(
    _: Translator, asked: Question, attempt: Attempt, *, has_facilitator: bool = False
) -> Reply:
    """The feedback to an answer: the verdict, the reason, the right idea, and the source.

    Short enough for a phone's screen; the whole question is in an expandable quotation.

    Args:
        has_facilitator: whether there is somebody to ask about it.
    """
    text = parts.join_paragraphs(
        parts.bold(_verdict(_, asked, attempt)),
        *(_reason(asked, option) for option in in_order(asked, attempt.chosen)),
        parts.authored_html(asked.idea) if attempt.correct else _right_idea(_, asked),
        None if attempt.correct else _comes_back(_, attempt),
        _folded(_, asked),
    )
    forward = parts.next_button(_, feedback_item(asked.id, attempt.ordinal))
    is_stuck = not attempt.correct and attempt.ordinal >= MISSES_TO_OFFER_HELP
    asking = (ask_button(_, asked.id),) if has_facilitator and is_stuck else ()
    return Reply(text, parts.filled((forward,), asking))


def _folded(_: Translator, asked: Question) -> str:
    """The sources and the whole question, to be unfolded."""
    named = parts.publications(_, asked.sources)
    question = _("The question: {question}", question=_question_with_options(asked))
    return parts.quotation(f"{named}\n{question}" if named else question)


def _right_idea(_: Translator, asked: Question) -> str:
    return f"{_right_letters(_, asked)} {parts.authored_html(asked.idea)}"


def right_answer(
    _: Translator,
    asked: Question,
    before: Question | None,
    after: Question | None,
    *,
    forward: Button,
    first: Attempt | None = None,
) -> Reply:
    """A missed question, read again: the answer chosen then, the right one, and why.

    Args:
        before: the previous missed question; `None` for none.
        after: the next missed question; `None` for none.
        forward: the button that goes on in the course.
        first: the first answer; `None` leaves it out.
    """
    text = parts.join_paragraphs(
        _("A question you missed the first time"),
        _question_with_options(asked),
        _chosen_then(_, asked, first) if first else None,
        _right_idea(_, asked),
        parts.sources(_, asked.sources),
    )
    return Reply(text, parts.filled(_neighbours(_, before, after), (forward,)))


def _neighbours(
    _: Translator, before: Question | None, after: Question | None
) -> tuple[Button, ...]:
    return tuple(
        parts.button(label, ReviewQuestion(one.id))
        for label, one in ((_("Back"), before), (_("Next"), after))
        if one is not None
    )


def _comes_back(_: Translator, attempt: Attempt) -> str:
    if attempt.ordinal > 1:
        return _("This question comes back until it is right.")
    return _("This question comes back at the end of the module.")


def _chosen_then(_: Translator, asked: Question, first: Attempt) -> str:
    """The first answer, and what was wrong with it."""
    if not first.chosen:
        return _("You did not know it then.")
    said = _("You chose {letters} then.", letters=_listed(asked, first.chosen))
    wrong = (o for o in asked.options if o.id in first.chosen and not o.correct)
    return " ".join([said, *(parts.authored_html(option.feedback) for option in wrong)])


def _verdict(_: Translator, asked: Question, attempt: Attempt) -> str:
    if not attempt.chosen:
        return _("Not knowing is a good reason to learn. Here is the answer.")
    letters = _listed(asked, attempt.chosen)
    if attempt.correct:
        return _("You chose {letters}. That is right.", letters=letters)
    if attempt.chosen & asked.correct:
        return _("You chose {letters}. Partly right.", letters=letters)
    return _("You chose {letters}. Not quite.", letters=letters)


def _reason(asked: Question, option_id: OptionId) -> str:
    option = asked.option(option_id)
    assert option is not None, "an answer names options of its question"
    chosen = f"{asked.letter(option_id)}. {parts.authored_html(option.text)}"
    return f"<i>{chosen}</i>\n{parts.authored_html(option.feedback)}"


def _right_letters(_: Translator, asked: Question) -> str:
    letters = parts.join_words(_, chosen_letters(asked, asked.correct))
    return _.ngettext(
        "The right answer is {letters}.",
        "The right answers are {letters}.",
        len(asked.correct),
        letters=letters,
    )


def _question_with_options(asked: Question) -> str:
    options = (f"{asked.letter(o.id)}. {parts.authored_html(o.text)}" for o in asked.options)
    return f"{parts.authored_html(asked.text)}\n\n" + "\n".join(options)


def _listed(asked: Question, chosen: frozenset[OptionId]) -> str:
    return ", ".join(chosen_letters(asked, chosen))
