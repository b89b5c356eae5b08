"""The glossary, and further reading."""

from collections.abc import Sequence
from html import escape

from bot.callback_data import Show
from bot.i18n import Voice
from bot.messages import Reply
from bot.rendering import parts
from course.model import Course, Fact, Pointer, Term


def glossary(_: Voice, course: Course) -> Reply:
    """All terms, and how to look one up."""
    if not course.glossary:
        return Reply(_("This course has no glossary."), ((parts.continue_button(_),),))
    example = parts.plain_text(course.glossary[0].term)
    text = parts.lines(
        parts.bold(_("Words of this course")),
        " · ".join(parts.plain_text(each.term) for each in sorted(course.glossary, key=_by_name)),
        _("To look one up, type it behind the command: /glossary {term}", term=example),
    )
    return Reply(text, ((parts.continue_button(_),),))


def term(_: Voice, found: Term) -> Reply:
    """One term, with its source."""
    also = _("Also: {names}", names=parts.plain_text(", ".join(found.also))) if found.also else None
    text = parts.lines(
        _("From the glossary:") + "\n" + parts.bold(parts.plain_text(found.term)),
        parts.authored(found.text),
        also,
        parts.sources(_, found.sources),
    )
    all_terms = parts.button(_("All words"), Show("glossary"))
    return Reply(text, ((all_terms, parts.continue_button(_)),))


def no_term(_: Voice, near: Sequence[Term]) -> Reply:
    """Tells that there is no such term, and suggests similar ones."""
    names = "\n".join(f"/glossary {parts.plain_text(each.term)}" for each in near)
    text = parts.lines(
        _("This word is not in the glossary."),
        _("Did you mean one of these?") + "\n" + names if near else None,
    )
    all_terms = parts.button(_("All words"), Show("glossary"))
    return Reply(text, ((all_terms, parts.continue_button(_)),))


def reading(_: Voice, course: Course) -> Reply:
    """Further reading after the course."""
    if not course.reading:
        return Reply(_("This course names no further reading."), ((parts.continue_button(_),),))
    text = parts.lines(
        parts.bold(_("Where to read on")), *(_pointer(_, each) for each in course.reading)
    )
    return Reply(text, ((parts.continue_button(_),),))


def _pointer(_: Voice, pointer: Pointer) -> str:
    """A recommendation, then each publication once, as a link."""
    places = {fact.publication: fact for fact in reversed(pointer.sources)}
    linked = (_link(fact) for fact in reversed(places.values()))
    return "\n".join((parts.authored(pointer.text), *linked))


def _link(fact: Fact) -> str:
    name = f"{fact.publication} ({fact.publisher}, {fact.year})"
    return f'<a href="{escape(fact.url)}">{parts.plain_text(name)}</a>'


def _by_name(term: Term) -> str:
    return term.term.casefold()
