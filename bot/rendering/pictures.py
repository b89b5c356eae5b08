"""Pictures of the course: at the start of a module, and with cards."""

from pathlib import Path

from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts, positions
from course.learning.next_step import ReadCard, Step
from course.limits import MAX_CAPTION_UNITS, utf16_units
from course.model import Card, Course, Module
from course.references import Picture


def picture_above(_: Translator, course: Course, step: Step) -> Reply | None:
    """The picture above a step: that of its card, or of the module that starts with it."""
    if not isinstance(step, ReadCard):
        return None
    if step.card.picture is not None:
        return _picture(_, course, step.card.picture, step.card.id, step.card.title)
    module = _module_begun_by(course, step.card)
    if module is None or module.picture is None:
        return None
    return _picture(_, course, module.picture, module.id, module.title)


def _module_begun_by(course: Course, card: Card) -> Module | None:
    return next((m for m in course.modules if next(m.cards()).id == card.id), None)


def _picture(_: Translator, course: Course, picture: Picture, item: str, title: str) -> Reply:
    """The picture with a description in words; the words alone in plain-text mode.

    The first line may show on a locked screen, so the title is below it.
    """
    number = _.number(positions.position_of(course, item).module_number)
    title = _("Module {module}", module=number) + "\n" + parts.bold(parts.authored_html(title))
    words = _("The picture in words: {words}", words=parts.plain_text(picture.alt))
    if _.plain:
        return Reply(parts.join_paragraphs(title, words, parts.sources(_, picture.sources)))
    sources = parts.publications(_, picture.sources)
    caption = parts.join_paragraphs(
        title, parts.quotation(f"{words}\n{sources}" if sources else words)
    )
    if utf16_units(caption) > MAX_CAPTION_UNITS:
        caption = parts.join_paragraphs(title, parts.quotation(words))
    return Reply(caption, picture_path=Path(picture.file))
