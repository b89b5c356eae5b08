"""What the course says on a question in a learner's own words: found, never generated."""

from collections.abc import Sequence

from bot.callback_data import Continue, ManagePress, ReadFound, ShowScreen
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import glossary, lessons, parts, positions
from course.glossary import term_key
from course.model import Card, Course
from course.references import Term
from storage.course_search import Found

# Characters of a first sentence: three of them fit one screen of a phone.
_LONGEST_SENTENCE = 200


def found_items(
    _: Translator, course: Course, found: Sequence[Found], *, has_facilitator: bool
) -> Reply:
    """The cards and terms that fit best, each with a button to read it."""
    lines = (
        _("{number}. {item}", number=_.number(number), item=_line(_, course, one))
        for number, one in enumerate(found, 1)
    )
    numbers = tuple(
        parts.button(_.number(number), ReadFound(_key(one))) for number, one in enumerate(found, 1)
    )
    none = _elsewhere_button(_("None of these"), has_facilitator=has_facilitator)
    text = parts.join_paragraphs(_("This may help:"), *lines)
    return Reply(text, (numbers, (none,), (_go_on(_),)))


def found_item(_: Translator, course: Course, item: Card | Term, *, has_facilitator: bool) -> Reply:
    """One card or term that was found, wherever it stands; nothing counts as read."""
    if isinstance(item, Term):
        return glossary.term(_, item)
    text = lessons.card(_, course, item, forward=_go_on(_)).text
    asking = (lessons.ask_button(_, item.id),) if has_facilitator else ()
    return Reply(text, parts.filled((_go_on(_),), asking))


def nothing_found(_: Translator, *, has_facilitator: bool) -> Reply:
    """Tells that nothing fits, and where else to ask or read."""
    return _with_ways_on(
        _,
        _("I find nothing on this in the course, and I answer only with what stands there."),
        has_facilitator=has_facilitator,
    )


def not_understood(_: Translator, *, has_facilitator: bool) -> Reply:
    """Tells that text was not understood, when no question is open."""
    return _with_ways_on(
        _,
        _("I am a simple teacher and did not understand that."),
        _(
            "Type next to go on, a word to see what it means, or a question of your own. /help"
            " tells what else I can do."
        ),
        has_facilitator=has_facilitator,
    )


def _with_ways_on(_: Translator, *paragraphs: str, has_facilitator: bool) -> Reply:
    label = _("Ask my facilitator") if has_facilitator else _("Where to read on")
    elsewhere = _elsewhere_button(label, has_facilitator=has_facilitator)
    return Reply(parts.join_paragraphs(*paragraphs), ((elsewhere,), (_go_on(_),)))


def _elsewhere_button(label: str, *, has_facilitator: bool) -> Button:
    asks = ManagePress("q", "ask") if has_facilitator else ShowScreen("reading")
    return parts.button(label, asks)


def _go_on(_: Translator) -> Button:
    return parts.button(_("Go on with the lesson"), Continue())


def _key(found: Found) -> str:
    return found.item.id if isinstance(found.item, Card) else term_key(found.item)


def _line(_: Translator, course: Course, found: Found) -> str:
    sentence = parts.plain_text(parts.shorten(found.sentence, _LONGEST_SENTENCE))
    title = parts.plain_text(found.title)
    if isinstance(found.item, Term):
        return _("{term} (word list): {sentence}", term=parts.bold(title), sentence=sentence)
    number = _.number(positions.position_of(course, found.item.id).module_number)
    return _(
        "{title} (module {module}): {sentence}",
        title=parts.bold(title),
        module=number,
        sentence=sentence,
    )
