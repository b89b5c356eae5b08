"""Cards and questions."""

from collections.abc import Set

from bot.callback_data import ManagePress, SelectOptions, ShowCard, SubmitAnswer
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import parts, positions
from course.model import Card, Course, OptionId, Position, Question


def card(
    _: Translator, course: Course, shown: Card, *, forward: Button, can_ask: bool = False
) -> Reply:
    """One card: its position, one idea, and its source.

    Args:
        forward: the button that goes on from here.
        can_ask: whether to offer asking a facilitator about it.
    """
    place = positions.position_of(course, shown.id)
    text = parts.join_paragraphs(
        f"{positions.position_in_course(_, place)}\n{_card_number(_, place)}",
        parts.bold(parts.authored_html(shown.title)),
        parts.authored_html(shown.text),
        parts.sources(_, shown.sources),
    )
    asking = (ask_button(_, shown.id),) if can_ask else ()
    return Reply(text, parts.filled((*_back_button(_, place), forward), asking))


def _card_number(_: Translator, place: Position) -> str:
    assert place.card_number is not None, "a card has a number"
    number, total = _.number(place.card_number), _.number(place.cards_total)
    return _("Card {number} of {total}", number=number, total=total)


def _back_button(_: Translator, place: Position) -> tuple[Button, ...]:
    """A button to the card before; none at the first card of a lesson."""
    assert place.lesson is not None, "a card stands in a lesson"
    assert place.card_number is not None, "a card has a number"
    before = place.lesson.cards[: place.card_number - 1][-1:]
    return tuple(parts.button(_("Back"), ShowCard(one.id)) for one in before)


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
    head = head or (_asked_again(_, course, asked) if again else _asked_first(_, course, asked))
    options = "\n".join(_option_line(_, asked, option.id, selected) for option in asked.options)
    said = (head, parts.authored_html(asked.text), options)
    if not asked.has_several_answers:
        return Reply(parts.join_paragraphs(*said), _single(asked, ordinal))
    hint = _("More than one answer is right. Choose all that are, then press Continue.")
    return Reply(parts.join_paragraphs(*said, hint), _several(_, asked, ordinal, selected))


def ask_button(_: Translator, item: str) -> Button:
    """Asks a facilitator about this card or question, wherever the learner is by then."""
    return parts.button(_("Ask my facilitator"), ManagePress("q", "ask", 0, item))


def _asked_first(_: Translator, course: Course, asked: Question) -> str:
    place = positions.position_of(course, asked.id)
    assert place.lesson is not None, "a question stands in a lesson"
    number = _(
        "Question {number} of {total}",
        number=_.number(place.lesson.questions.index(asked) + 1),
        total=_.number(len(place.lesson.questions)),
    )
    return f"{positions.position_in_course(_, place)}\n{number}"


def _asked_again(_: Translator, course: Course, asked: Question) -> str:
    place = positions.position_of(course, asked.id)
    return _("Question again · Module {module}", module=_.number(place.module_number))


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
        _("Continue with {letters}", letters=", ".join(chosen_letters(asked, selected))),
        SubmitAnswer(asked.id, ordinal, frozenset(selected)),
    )
    return (letters, (send,))


def _chosen_label(_: Translator, letter: str) -> str:
    """A short label, as phones cut long ones; the option itself says "(chosen)"."""
    return _("{letter}, chosen", letter=letter) if _.plain else f"✓ {letter}"


def in_order(asked: Question, chosen: Set[OptionId]) -> list[OptionId]:
    """The chosen options in the order of the question."""
    return [option.id for option in asked.options if option.id in chosen]


def chosen_letters(asked: Question, chosen: Set[OptionId]) -> list[str]:
    """The letters of the chosen options, in the order of the question."""
    return [asked.letter(option_id) for option_id in in_order(asked, chosen)]
