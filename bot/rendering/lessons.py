"""Cards, questions, and the feedback to answers."""

from collections.abc import Set

from bot.callback_data import (
    ManagePress,
    ReviewQuestion,
    SelectOptions,
    ShowCard,
    SubmitAnswer,
)
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import parts
from course.learning.progress import Attempt, feedback_item
from course.model import Card, Course, OptionId, Question


def card(
    _: Translator, course: Course, shown: Card, *, forward: Button, can_ask: bool = False
) -> Reply:
    """One card: its position, one idea, and its source.

    Args:
        forward: the button that goes on from here.
        can_ask: whether to offer asking a facilitator about it.
    """
    place = parts.position_of(course, shown.id)
    assert place.lesson is not None, "a card stands in a lesson"
    assert place.card_number is not None, "a card has a number"
    number = _(
        "Card {number} of {total}",
        number=_.number(place.card_number),
        total=_.number(place.cards_total),
    )
    text = parts.join_paragraphs(
        f"{parts.position_in_course(_, place)}\n{number}",
        parts.bold(parts.authored_html(shown.title)),
        parts.authored_html(shown.text),
        parts.sources(_, shown.sources),
    )
    before = place.lesson.cards[place.card_number - 2] if place.card_number > 1 else None
    back = (parts.button(_("Back"), ShowCard(before.id)),) if before else ()
    asking = ((_ask_button(_, shown.id),),) if can_ask else ()
    return Reply(text, ((*back, forward), *asking))


def question(
    _: Translator,
    course: Course,
    asked: Question,
    ordinal: int,
    *,
    again: bool,
    selected: Set[OptionId] = frozenset(),
    head: str | None = None,
) -> Reply:
    """A question with its options in the text and their letters on the buttons.

    Args:
        head: the text above it; `None` for its position in the course.
        ordinal: which asking this is, from 1.
        again: whether it was missed before.
        selected: the options selected so far, if it has several right answers.
    """
    options = "\n".join(_option_line(_, asked, option.id, selected) for option in asked.options)
    text = parts.join_paragraphs(
        head or (_asked_again(_, course, asked) if again else _asked_first(_, course, asked)),
        parts.authored_html(asked.text),
        options,
        _("More than one answer is right. Choose all that are, then press Continue.")
        if asked.has_several_answers
        else None,
    )
    rows = (
        _several(_, asked, ordinal, selected)
        if asked.has_several_answers
        else _single(asked, ordinal)
    )
    return Reply(text, rows)


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
    idea = parts.authored_html(asked.idea)
    question = _("The question: {question}", question=_question_with_options(asked))
    named = parts.publications(_, asked.sources)
    text = parts.join_paragraphs(
        parts.bold(_verdict(_, asked, attempt)),
        *(_reason(asked, option) for option in _ordered(asked, attempt.chosen)),
        idea if attempt.correct else f"{_right_letters(_, asked)} {idea}",
        None if attempt.correct else _comes_back(_, attempt),
        parts.quotation(f"{named}\n{question}" if named else question),
    )
    forward = parts.next_button(_, feedback_item(asked.id, attempt.ordinal))
    if has_facilitator and not attempt.correct and attempt.ordinal >= MISSES_TO_OFFER_HELP:
        return Reply(text, ((forward,), (_ask_button(_, asked.id),)))
    return Reply(text, ((forward,),))


def _ask_button(_: Translator, item: str) -> Button:
    """Asks a facilitator about this card or question, wherever the learner is by then."""
    return parts.button(_("Ask my facilitator"), ManagePress("q", "ask", 0, item))


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
        f"{_right_letters(_, asked)} {parts.authored_html(asked.idea)}",
        parts.sources(_, asked.sources),
    )
    return Reply(text, (*_neighbours(_, before, after), (forward,)))


def _neighbours(_: Translator, before: Question | None, after: Question | None) -> Rows:
    row = []
    if before is not None:
        row.append(parts.button(_("Back"), ReviewQuestion(before.id)))
    if after is not None:
        row.append(parts.button(_("Next"), ReviewQuestion(after.id)))
    return (tuple(row),) if row else ()


def _asked_first(_: Translator, course: Course, asked: Question) -> str:
    place = parts.position_of(course, asked.id)
    assert place.lesson is not None, "a question stands in a lesson"
    number = _(
        "Question {number} of {total}",
        number=_.number(place.lesson.questions.index(asked) + 1),
        total=_.number(len(place.lesson.questions)),
    )
    return f"{parts.position_in_course(_, place)}\n{number}"


def _asked_again(_: Translator, course: Course, asked: Question) -> str:
    place = parts.position_of(course, asked.id)
    return _("Question again · Module {module}", module=_.number(place.module_number))


def _comes_back(_: Translator, attempt: Attempt) -> str:
    if attempt.ordinal > 1:
        return _("This question comes back until it is right.")
    return _("This question comes back at the end of the module.")


def _chosen_then(_: Translator, asked: Question, first: Attempt) -> str:
    """The first answer, and what was wrong with it."""
    said = _("You chose {letters} then.", letters=_letters(asked, first.chosen))
    wrong = (o for o in asked.options if o.id in first.chosen and not o.correct)
    return " ".join([said, *(parts.authored_html(option.feedback) for option in wrong)])


def _option_line(
    _: Translator, asked: Question, option_id: OptionId, selected: Set[OptionId]
) -> str:
    option = asked.option(option_id)
    assert option is not None, "the question offers its own options"
    letter, words = f"{asked.letter(option_id)}.", parts.authored_html(option.text)
    if option_id in selected:
        return parts.bold(_("{option} (chosen)", option=f"{letter} {words}"))
    return f"{parts.bold(letter)} {words}"


def _single(asked: Question, ordinal: int) -> Rows:
    return (
        tuple(
            parts.button(asked.letter(o.id), SubmitAnswer(asked.id, ordinal, frozenset({o.id})))
            for o in asked.options
        ),
    )


def _several(_: Translator, asked: Question, ordinal: int, selected: Set[OptionId]) -> Rows:
    letters = tuple(
        parts.button(
            _chosen_label(_, asked.letter(o.id)) if o.id in selected else asked.letter(o.id),
            SelectOptions(asked.id, ordinal, frozenset(selected ^ {o.id})),
        )
        for o in asked.options
    )
    if not selected:
        return (letters,)
    send = parts.button(
        _("Continue with {letters}", letters=_letters(asked, selected)),
        SubmitAnswer(asked.id, ordinal, frozenset(selected)),
    )
    return (letters, (send,))


def _chosen_label(_: Translator, letter: str) -> str:
    """A short label, as phones cut long ones; the option itself says "(chosen)"."""
    return _("{letter}, chosen", letter=letter) if _.plain else f"✓ {letter}"


def _verdict(_: Translator, asked: Question, attempt: Attempt) -> str:
    letters = _letters(asked, attempt.chosen)
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
    letters = parts.join_words(_, _ordered_letters(asked, asked.correct))
    return _.ngettext(
        "The right answer is {letters}.",
        "The right answers are {letters}.",
        len(asked.correct),
        letters=letters,
    )


def _question_with_options(asked: Question) -> str:
    options = (f"{asked.letter(o.id)}. {parts.authored_html(o.text)}" for o in asked.options)
    return f"{parts.authored_html(asked.text)}\n\n" + "\n".join(options)


def _ordered(asked: Question, chosen: Set[OptionId]) -> list[OptionId]:
    return [option.id for option in asked.options if option.id in chosen]


def _letters(asked: Question, chosen: Set[OptionId]) -> str:
    return ", ".join(_ordered_letters(asked, chosen))


def _ordered_letters(asked: Question, chosen: Set[OptionId]) -> list[str]:
    return [asked.letter(option_id) for option_id in _ordered(asked, chosen)]
