"""The glossary, and further reading."""

from collections.abc import Sequence
from html import escape

from bot.callback_data import ShowScreen
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from course.model import Course
from course.references import Fact, FurtherReading, Term


def glossary(_: Translator, course: Course) -> Reply:
    """All terms, and how to look one up."""
    if not course.glossary:
        return parts.with_continue(_, _("This course has no glossary."))
    example = parts.plain_text(course.glossary[0].term)
    return parts.with_continue(
        _,
        parts.bold(_("Words of this course")),
        " · ".join(parts.plain_text(each.term) for each in sorted(course.glossary, key=_by_name)),
        _("To look one up, type it behind the command: /glossary {term}", term=example),
    )


def term(_: Translator, found: Term) -> Reply:
    """One term, with its source."""
    also = _("Also: {names}", names=parts.plain_text(", ".join(found.also))) if found.also else None
    text = parts.join_paragraphs(
        _("From the glossary:") + "\n" + parts.bold(parts.plain_text(found.term)),
        parts.authored_html(found.text),
        also,
        parts.sources(_, found.sources),
    )
    all_terms = parts.button(_("All words"), ShowScreen("glossary"))
    return Reply(text, ((all_terms, parts.continue_button(_)),))


def no_term(_: Translator, near: Sequence[Term]) -> Reply:
    """Tells that there is no such term, and suggests similar ones."""
    names = "\n".join(f"/glossary {parts.plain_text(each.term)}" for each in near)
    text = parts.join_paragraphs(
        _("This word is not in the glossary."),
        _("Did you mean one of these?") + "\n" + names if near else None,
    )
    all_terms = parts.button(_("All words"), ShowScreen("glossary"))
    return Reply(text, ((all_terms, parts.continue_button(_)),))


def further_reading(_: Translator, course: Course) -> Reply:
    """Further reading after the course."""
    if not course.reading:
        return parts.with_continue(_, _("This course names no further reading."))
    return parts.with_continue(_, parts.bold(_("Where to read on")), *map(_pointer, course.reading))


def _pointer(pointer: FurtherReading) -> str:
    """A recommendation, then each publication once, as a link."""
    places = {fact.publication: fact for fact in reversed(pointer.sources)}
    linked = (_link(fact) for fact in reversed(places.values()))
    return "\n".join((parts.authored_html(pointer.text), *linked))


def _link(fact: Fact) -> str:
    name = f"{fact.publication} ({fact.publisher}, {fact.year})"
    return f'<a href="{escape(fact.url)}">{parts.plain_text(name)}</a>'


def _by_name(term: Term) -> str:
    return term.term.casefold()
