"""All words pass through gettext: shown by a language in which no letter stays as it was."""

import ast
import gettext
import re
import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import chain
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import bot
from bot.callback_data import (
    SelectOptions,
    ShowScreen,
    SubmitAnswer,
    ToggleSetting,
    pack,
)
from bot.i18n import LOCALES, Translators
from bot.parsing import time_zones
from course.model import Course, OptionId, QuestionId
from tests.bot.rendering import screens
from tests.conversations.people import Careful
from tests.course.examples import FIRST, SECOND, course
from tests.support.running import Stage, staged

BOT = Path(bot.__file__).parent
TEMPLATE = LOCALES / "tutorbot.pot"
HOW = (
    "pybabel -q extract --add-location=file --sort-by-file --omit-header"
    " -o bot/locales/tutorbot.pot bot"
)

_KEPT = re.compile(r"\{[^}]*\}|<[^>]*>|&\w+;|/[a-z_]+\b")
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in string.ascii_letters}
_GREEK = str.maketrans(string.ascii_letters, "αβκδεφγηιξκλμνοπθρστυωωχψζΑΒΚΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΩΧΨΖ")


def pseudo(message: str) -> str:
    """`message` in full-width letters; places, tags and commands stay."""
    pieces, end = [], 0
    for kept in _KEPT.finditer(message):
        pieces += (message[end : kept.start()].translate(_WIDE), kept.group())
        end = kept.end()
    return "".join([*pieces, message[end:].translate(_WIDE)])


class Pseudo(gettext.NullTranslations):
    """A translation of everything that passes by."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)


T = TypeVar("T")

# Texts of a course; ids and addresses are no words.
_TEXTS = ("title", "text", "idea", "feedback", "about", "publication", "publisher")


def in_greek(value: Any) -> Any:
    """A value of a course with all its texts in another script."""
    if isinstance(value, tuple):
        return tuple(map(in_greek, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for one in fields(value):
        if not one.init:
            continue
        held = getattr(value, one.name)
        if one.name in _TEXTS and isinstance(held, str):
            changed[one.name] = held.translate(_GREEK)
        elif one.name == "outcomes":
            changed[one.name] = tuple(text.translate(_GREEK) for text in held)
        else:
            changed[one.name] = in_greek(held)
    return replace(value, **changed)


GREEK: Course = in_greek(course(FIRST, SECOND))
VOICES = Translators({"en": Pseudo()})

# What may stay: commands, names at Telegram, addresses with a dot, the letters of options.
# Names of months and days are Babel's words, in the language that the catalogue names: English,
# for this one.
_ALLOWED = re.compile(
    r"/[a-z_]+\b|@\w+|\b\w+\.\w+\b|\b[A-F]\b|\b[A-Z][a-z]+ 20\d\d\b"
    r"|\b[A-Z][a-z]+day \d+ [A-Z][a-z]+\b"
)


def _of_babel() -> frozenset[str]:
    """Names of cities and days, which Babel has in every language."""
    english = Translators.load().for_language("en")
    named = [english.city(zone) for zone in (*time_zones.list_offered(), "UTC")]
    named += [english.weekday(day, short=short) for day in range(7) for short in (True, False)]
    return frozenset(word for name in named for word in re.findall(r"[A-Za-z]+", name))


_BABEL = _of_babel()


def escaped_words(text: str) -> list[str]:
    """Words in `text` that did not pass through gettext."""
    shown = re.sub(r"<[^>]*>|&\w+;", "", text)
    words = re.findall(r"[A-Za-z]+", _ALLOWED.sub("", shown))
    return [word for word in words if word not in _BABEL]


def test_the_pseudo_language_keeps_what_must_stay() -> None:
    assert pseudo("<b>{n} or /help</b>") == "<b>{n} \uff4f\uff52 /help</b>"
    assert escaped_words(pseudo("All of this /help")) == []
    assert escaped_words("A, B and <b>/help</b>") == ["and"]


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "with bars"])
def test_no_word_in_any_message_button_toast_or_menu_escapes_translation(plain: bool) -> None:
    voice = VOICES.for_language("en", plain=plain)
    replies = list(screens.replies(voice, GREEK))
    labels = (button.text for reply in replies for row in reply.rows for button in row)
    texts = chain(
        (reply.text.replace("4F2A91", "") for reply in replies),
        labels,
        screens.toasts(voice),
        screens.menu(voice),
    )

    assert {word: text for text in texts for word in escaped_words(text)} == {}


@pytest.fixture
async def abroad(tmp_path: Path):
    """Amina, with the bot speaking the pseudo-language and a course in another script."""
    async with staged(f"sqlite:///{tmp_path / 'tutor.db'}", GREEK) as on:
        on.tutor.context.translators = VOICES
        yield Careful(on)


async def test_no_word_in_a_whole_conversation_escapes_translation(abroad: Careful) -> None:
    await abroad.says("/start")
    await abroad.presses(abroad.newest.id, pack(ShowScreen("outcomes")))
    await abroad.presses(abroad.newest.id, "c")
    answers = 0
    while abroad.newest.buttons and answers < 30:
        answers += 1
        await _does_the_next_thing(abroad, right=answers % 2 == 0)
    for text in (
        "/start", "/continue", "/progress", "/modules", "/settings", "/help", "/about", "/stop",
        "/privacy", "/developer_info", "/unknown", "next", "A", "what?", "I want to die",
    ):  # fmt: skip
        await abroad.says(text)
    await abroad.sends("sticker")
    for press in (
        ToggleSetting("plain", on=True),
        ToggleSetting("messages", on=False),
        ToggleSetting("forget", on=True),
    ):
        await abroad.presses(abroad.newest.id, pack(press))
    await abroad.presses(abroad.newest.id, "nonsense")

    assert _escaped(abroad.stage) == {}


async def _does_the_next_thing(abroad: Careful, *, right: bool) -> None:
    press = abroad._asked()
    if isinstance(press, SubmitAnswer | SelectOptions):
        asked = GREEK.question(QuestionId(press.question))
        assert asked is not None
        chosen = asked.correct if right else frozenset({OptionId("b")})
        choice = SubmitAnswer(asked.id, press.ordinal, chosen)
        await abroad.presses(abroad.newest.id, pack(choice))
    else:
        await abroad.presses(abroad.newest.id, abroad.newest.buttons[-1][-1]["callback_data"])


def _escaped(stage: Stage) -> dict[str, str]:
    found = {}
    for call in stage.simulator.world.calls:
        if call.method.lower().startswith(("setmy", "getme")):
            continue  # set before the language was changed; see the menu above
        texts = [str(call.params.get("text", ""))]
        keyboard = (call.params.get("reply_markup") or {}).get("inline_keyboard", [])
        texts += [button["text"] for row in keyboard for button in row]
        found |= {word: text for text in texts for word in escaped_words(text)}
    return found


def catalogue() -> Catalog:
    """The template as it stands."""
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def test_the_template_is_what_babel_extracts_now() -> None:
    extracted = {
        message for _file, _line, message, _comments, _context in extract_from_dir(BOT)
    }  # fmt: skip

    assert {message.id for message in catalogue() if message.id} == extracted, f"run: {HOW}"


def test_babel_finds_every_word_that_is_marked() -> None:
    extracted = {message for _f, _l, found, _c, _x in extract_from_dir(BOT)
                 for message in (found if isinstance(found, tuple) else (found,))}  # fmt: skip

    assert set(_marked()) <= extracted


def test_every_place_in_a_msgid_has_a_name() -> None:
    for message in catalogue():
        for one in message.id if isinstance(message.id, tuple) else (message.id,):
            assert all(_places(one)), one


def _marked() -> Iterator[str]:
    """Every literal in a call of `_` or `_.ngettext`, found without Babel."""
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_marking(node.func):
                literals = [a for a in node.args if isinstance(a, ast.Constant)]
                assert literals, f"{path}:{node.lineno} marks something that is no literal"
                yield from (str(one.value) for one in literals if isinstance(one.value, str))


def _is_marking(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "_"
    return isinstance(function, ast.Attribute) and function.attr == "ngettext" and (
        isinstance(function.value, ast.Name) and function.value.id == "_"
    )  # fmt: skip


def _places(message: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(message)
            if name is not None}  # fmt: skip


def translations() -> list[Path]:
    """Every language there is."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/*.po"))


def test_every_translation_there_is_has_the_places_of_its_msgids() -> None:
    for path in translations():
        with path.open("rb") as file:
            assert misplaced(read_po(file)) == [], path


def misplaced(catalogue: Catalog) -> list[str]:
    """Translations that name other places than their msgid."""
    wrong = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = set().union(*(_places(one) for one in ids))
        wrong += [text for text in said if text and message.id and not _places(text) <= allowed]
    return wrong


def test_a_translation_that_names_another_place_is_found() -> None:
    catalogue = Catalog()
    catalogue.add("Module {module}", "M\u00f3dulo {modulo}")
    catalogue.add(("{number} day", "{number} days"), ("um dia", "{number} dias"))

    assert misplaced(catalogue) == ["M\u00f3dulo {modulo}"]
