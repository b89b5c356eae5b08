"""Rules on the lengths of messages: short enough to read, and to send."""

from collections.abc import Iterator

from course import limits, markup
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping


def cards_are_short(draft: CourseDraft) -> Iterator[Problem]:
    """A card has at most 120 words."""
    for card in draft.cards():
        shown = markup.strip_markup(f"{card.text('title')} {card.text('text')}")
        if (count := limits.count_words(shown)) > limits.MAX_CARD_WORDS:
            what = f"this card has {count} words with its title, and {limits.MAX_CARD_WORDS} fit"
            yield card.location_of("text").problem(what, "shorten it, or make two cards of it")


def cards_fit_a_message(draft: CourseDraft) -> Iterator[Problem]:
    """A card with its title and sources can be sent in one message."""
    for card in draft.cards():
        texts = (card.text("title"), card.text("text"))
        if said := _too_long(draft, card, texts):
            yield card.location_of("text").problem(f"this card {said}", "shorten it")


def questions_fit_a_message(draft: CourseDraft) -> Iterator[Problem]:
    """A question can be sent in one message, and so can its longest feedback.

    The feedback message repeats the question, what was chosen and what was right.
    """
    for question in draft.questions():
        options = list(question.mappings("options"))
        texts = [question.text("text"), *(option.text("text") for option in options)]
        texts += (option.text("text") for option in options if _is_right(option))
        texts += (question.text("idea"), *_worst_feedback(options))
        if said := _too_long(draft, question, tuple(texts)):
            what = f"this question with its feedback {said}"
            do = "shorten its text, its options, their feedback or the idea"
            yield question.location_of("text").problem(what, do)


def the_description_fits_a_message(draft: CourseDraft) -> Iterator[Problem]:
    """The course's own texts can each be sent in one message."""
    top = draft.root.top
    if top is None:
        return
    for key, said in (
        ("about", top.text("about")),
        ("closing", top.text("closing")),
        ("outcomes", "\n".join(item.text for item in top.scalars("outcomes"))),
    ):
        if too_long := _too_long(draft, top, (said,)):
            yield top.location_of(key).problem(f"{key} {too_long}", "shorten it")


def _worst_feedback(options: list[YamlMapping]) -> list[str]:
    """All feedback when several options can be chosen at once, otherwise the longest."""
    every = [option.text("feedback") for option in options]
    several = sum(_is_right(option) for option in options) > 1
    return every if several else sorted(every, key=len)[-1:]


def _is_right(option: YamlMapping) -> bool:
    mark = option.scalar("correct")
    return mark is not None and mark.as_bool is True


def _too_long(draft: CourseDraft, thing: YamlMapping, texts: tuple[str, ...]) -> str:
    """How a message of `texts` and the sources of `thing` is too long; "" when it is not."""
    sources = _sources(draft, thing)
    shown = "\n\n".join((*(markup.strip_markup(text) for text in texts), *sources))
    raw = "\n\n".join((*(markup.to_html(text) for text in texts), *sources))
    frame = limits.RESERVED_FRAME_UNITS + limits.RESERVED_SOURCE_UNITS * len(sources)
    if (count := limits.utf16_units(shown) + frame) > limits.MAX_MESSAGE_UNITS:
        return f"would have {count} characters in a message, and {limits.MAX_MESSAGE_UNITS} fit"
    if (count := limits.utf8_bytes(raw) + frame * 4) > limits.MAX_MESSAGE_BYTES:
        return f"would have {count} bytes in a message, and {limits.MAX_MESSAGE_BYTES} fit"
    return ""


def _sources(draft: CourseDraft, thing: YamlMapping) -> list[str]:
    named = [draft.facts[fact.text] for fact in thing.scalars("facts") if fact.text in draft.facts]
    lines = (
        " ".join(fact.text(key) for key in ("publication", "publisher", "data")) for fact in named
    )
    return list(dict.fromkeys(lines))
