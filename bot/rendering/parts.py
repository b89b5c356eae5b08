"""Parts that several screens share: source, progress bar, usual buttons."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape, unescape

from bot.callback_data import (
    Continue,
    FinishItem,
    Press,
    ShowScreen,
    pack,
)
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from course.cohorts.names import is_right_to_left
from course.markup import to_html, unwrap_paragraphs
from course.references import Fact

# Cells of the progress bar: fits one line on a phone of 360 px.
_BAR_CELLS = 14
_TAG = re.compile(r"<[^<>]*>")
_QUOTE = "<blockquote expandable>"


def plain_text(text: str) -> str:
    """Text from outside, escaped for Telegram's HTML."""
    return escape(text, quote=False)


def safe_name(text: str) -> str:
    """A name that somebody chose, escaped, and isolated if it is written from right to left.

    The isolation keeps it from reordering the text around it (Unicode, UAX 9, FSI and PDI).
    """
    safe = plain_text(text)
    return f"\u2068{safe}\u2069" if is_right_to_left(text) else safe


def one_full_stop(sentence: str, name: str) -> str:
    """The sentence without its full stop after `name`, if the name ends in one: "Amina W."."""
    return sentence.replace(f"{name}.", name) if name.strip("\u2069").endswith(".") else sentence


def shorten(text: str, limit: int) -> str:
    """`text` on one line, cut off with an ellipsis where it has more than `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


@lru_cache(maxsize=4096)
def authored_html(text: str) -> str:
    """A course author's text as Telegram's HTML."""
    return to_html(unwrap_paragraphs(text))


def strip_markup(html: str) -> str:
    """The text of Telegram's HTML without its markup."""
    return unescape(_TAG.sub("", html))


def bold(html: str) -> str:
    """`html` in bold."""
    return f"<b>{html}</b>"


def join_paragraphs(*parts: str | None) -> str:
    """The given parts, with a blank line between them; `None` and "" are left out.

    A quotation has a background of its own and needs no blank line before it.
    """
    return "\n\n".join(part for part in parts if part).replace(f"\n\n{_QUOTE}", f"\n{_QUOTE}")


def join_words(_: Translator, words: Sequence[str]) -> str:
    """At least one word, joined as in a sentence: "A, B and C"."""
    *before, last = words
    return _("{words} and {last}", words=", ".join(before), last=last) if before else last


def quotation(html: str) -> str:
    """An expandable quotation, collapsed until it is tapped."""
    return f"{_QUOTE}{html}</blockquote>"


def button(text: str, press: Press) -> Button:
    """A button with the label `text` and the data of `press`."""
    return Button(text, pack(press))


def continue_button(_: Translator) -> Button:
    """Goes to the next step."""
    return button(_("Continue"), Continue())


def with_continue(_: Translator, *paragraphs: str | None) -> Reply:
    """A message of these paragraphs, with Continue as its only button."""
    return Reply(join_paragraphs(*paragraphs), ((continue_button(_),),))


def rows_of(width: int, buttons: Sequence[Button]) -> Rows:
    """Buttons in rows of `width`."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def column(buttons: Iterable[Button]) -> Rows:
    """Buttons below each other."""
    return tuple((one,) for one in buttons)


def filled(*rows: tuple[Button, ...]) -> Rows:
    """The rows that have any buttons."""
    return tuple(row for row in rows if row)


def next_button(_: Translator, item: str) -> Button:
    """Advances from `item`."""
    return button(_("Next"), FinishItem(item))


def modules_button(_: Translator) -> Button:
    """Lists the modules."""
    return button(_("Modules"), ShowScreen("modules"))


def sources(_: Translator, facts: Iterable[Fact]) -> str | None:
    """The publications of facts as an expandable quotation; `None` when there are none."""
    named = publications(_, facts)
    return quotation(named) if named else None


def publications(_: Translator, facts: Iterable[Fact]) -> str | None:
    """The publications of facts, each once and on its own line; `None` when there are none."""
    years: dict[str, list[str]] = {}
    for fact in facts:
        name = f"{fact.publication} ({fact.publisher}, {fact.year})"
        known = years.setdefault(name, [])
        if fact.data and fact.data not in known:
            known.append(fact.data)
    if not years:
        return None
    named = [
        plain_text(
            _("{publication}. Figures for {years}.", publication=name, years=", ".join(data))
            if data
            else _("{publication}.", publication=name)
        )
        for name, data in years.items()
    ]
    head = _.ngettext("Source:", "Sources:", len(named))
    return f"{head} {named[0]}" if len(named) == 1 else "\n".join([head, *named])


def progress_bar(done: int, total: int) -> str:
    """A row of full and empty cells; adds nothing to the words beside it."""
    full = round(_BAR_CELLS * done / total) if total else 0
    return "■" * full + "□" * (_BAR_CELLS - full)


def percent(done: int, total: int) -> int:
    """Whole percent, rounded down so that 100 means all."""
    return 100 * done // total if total else 0
