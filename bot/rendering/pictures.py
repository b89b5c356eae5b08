"""Pictures of the course: at the start of a module, and with cards."""

from dataclasses import replace
from pathlib import Path

from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, positions
from course.learning.next_step import ReadCard, Step
from course.learning.progress import opening_item
from course.model import Course, Module
from course.references import Picture


def picture_above(_: Translator, course: Course, step: Step) -> Reply | None:
    """The picture of the card that a step shows; `None` if it has none."""
    if not isinstance(step, ReadCard) or step.opened is not None or step.card.picture is None:
        return None
    return _picture(_, course, step.card.picture, step.card.id, step.card.title)


def opening(_: Translator, course: Course, module: Module) -> Reply:
    """The picture that opens a module, alone, so that what follows does not push it away."""
    assert module.picture is not None, "only a picture opens a module"
    shown = _picture(_, course, module.picture, module.id, module.title)
    return replace(shown, rows=((parts.next_button(_, opening_item(module.id)),),))


def _picture(_: Translator, course: Course, picture: Picture, item: str, title: str) -> Reply:
    """The picture; what it says in words in plain-text mode, or where it cannot be shown.

    The first line may show on a locked screen, so the title is below it.
    """
    number = _.number(positions.position_of(course, item).module_number)
    title = _("Module {module}", module=number) + "\n" + parts.bold(parts.authored_html(title))
    words = _("The picture in words: {words}", words=parts.plain_text(picture.alt))
    in_words = parts.join_paragraphs(title, words, parts.sources(_, picture.sources))
    if _.plain:
        return Reply(in_words)
    sources = parts.publications(_, picture.sources)
    caption = parts.join_paragraphs(title, parts.quotation(sources) if sources else "")
    return Reply(caption, picture_path=Path(picture.file), text_without_picture=in_words)
