"""Which language the bot speaks, and what a .po file dropped into the folder does."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers import bot_profile
from bot.i18n import Translators, parse_language_tag
from tests.course.examples import SMALL
from tests.support.running import Stage, staged

HEADER = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: {language}\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"""

PORTUGUESE = r"""
msgid "Next"
msgstr "Seguinte"

msgid "Go on where you are"
msgstr "Continuar de onde parou"

msgid "{number} minute."
msgid_plural "{number} minutes."
msgstr[0] "{number} minuto."
msgstr[1] "{number} minutos."
"""

BRAZILIAN = rb"""
msgid "Next"
msgstr "Pr\u00f3ximo"
""".decode("unicode_escape")


def drop(folder: Path, language: str, messages: str) -> None:
    """Put a translation where translators put it."""
    path = folder / language / "LC_MESSAGES" / "tutorbot.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER.replace("{language}", language) + messages, encoding="utf-8")


@pytest.fixture
def voices(tmp_path: Path) -> Translators:
    """English, Portuguese, and a little of Brazil's."""
    drop(tmp_path, "pt", PORTUGUESE)
    drop(tmp_path, "pt_BR", BRAZILIAN)
    return Translators.load(tmp_path)


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("pt", "Seguinte"), ("pt-br", "Próximo"), ("pt-BR", "Próximo"), ("pt_BR", "Próximo"),
        ("pt-pt", "Seguinte"), ("PT", "Seguinte"), ("en", "Next"), ("sw", "Next"),
        ("pt-xx-yy", "Seguinte"), ("", "Next"), (None, "Next"), ("x" * 500, "Next"),
    ],
)  # fmt: skip
def test_the_nearest_language_there_is_speaks(
    voices: Translators, language: str | None, word: str
) -> None:
    assert voices.for_language(language)("Next") == word


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("en", "en"), ("pt-BR", "pt-br"), ("pt_br", "pt-br"), ("zh-hans", "zh-hans"),
        ("fil", "fil"), (None, None), ("", None), (7, None), (["en"], None), ("xx", None),
        ("x" * 70, None), ("en-" + "x" * 70, None), ("sw\n", None), ("../../en", None),
    ],
)  # fmt: skip
def test_a_tag_is_read_by_babel_or_is_none(told: object, read: str | None) -> None:
    assert parse_language_tag(told) == read


@given(st.text(max_size=80))
def test_whatever_is_told_a_tag_is_short_and_stays_itself(told: str) -> None:
    read = parse_language_tag(told)

    assert read is None or (
        len(read) <= 35 and read.isascii() and parse_language_tag(read) is not None
    )


def test_what_is_not_translated_stays_english(voices: Translators) -> None:
    assert voices.for_language("pt-br")("Back") == "Back"


def test_days_times_and_cities_are_written_as_the_language_does() -> None:
    found = Translators.load()
    english, thursday = found.for_language("en"), date(2026, 3, 12)

    assert english.day(thursday) == "Thursday 12 March"
    assert (english.weekday(0), english.weekday(6, short=True)) == ("Monday", "Sun")
    assert [english.time(minute) for minute in (0, 545, 1439, 1440)] == [
        "00:00", "09:05", "23:59", "00:00",
    ]  # fmt: skip
    assert english.city("Africa/Nairobi") == "Nairobi"
    assert english.city("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert english.decimal(2.5) == "2.5"


def test_plural_forms_follow_the_language(voices: Translators) -> None:
    _ = voices.for_language("pt")

    said = [_.ngettext("{number} minute.", "{number} minutes.", n) for n in (0, 1, 2, 1200)]

    assert said == ["0 minuto.", "1 minuto.", "2 minutos.", "1.200 minutos."]


def test_english_plural_forms_and_numbers() -> None:
    _ = Translators({}).for_language("en")

    said = [_.ngettext("{number} minute.", "{number} minutes.", n) for n in (0, 1, 2, 1200)]

    assert said == ["0 minutes.", "1 minute.", "2 minutes.", "1,200 minutes."]


def test_values_fill_their_places_and_braces_in_values_are_only_text() -> None:
    _ = Translators({}).for_language("en")

    assert _("Topic: {title}", title="{0} {title} %s") == "Topic: {0} {title} %s"
    assert _("no places {here}") == "no places {here}"


def test_plain_is_a_matter_of_the_person_not_of_the_language(voices: Translators) -> None:
    assert voices.for_language("pt", plain=True).plain
    assert voices.for_language("pt", plain=True)("Next") == "Seguinte"
    assert not voices.for_language("pt").plain


def test_menus_are_set_once_for_each_two_letter_code(voices: Translators) -> None:
    assert voices.languages == ("en", "pt", "pt-br")

    by_code = voices.by_language_code

    assert set(by_code) == {"en", "pt"}
    assert by_code["pt"]("Next") == "Seguinte"


def test_a_language_without_a_two_letter_code_has_no_menu_of_its_own(tmp_path: Path) -> None:
    drop(tmp_path, "fil", PORTUGUESE)

    assert set(Translators.load(tmp_path).by_language_code) == {"en"}


@pytest.fixture
async def abroad(tmp_path: Path, voices: Translators):
    """The bot with Portuguese."""
    async with staged(f"sqlite:///{tmp_path / 'tutor.db'}", SMALL) as on:
        on.tutor.context.translators = voices
        yield on


async def test_each_person_is_spoken_to_in_their_language(abroad: Stage) -> None:
    world = abroad.simulator.world
    for number, language in ((11, "pt-br"), (12, "pt-pt"), (13, "en"), (14, "sw")):
        world.person(number, "Somebody", language_code=language)
        world.say(number, "/continue")
    await abroad.settled()

    labels = {number: world.chat(number)[-1].buttons[-1][-1]["text"] for number in (11, 12, 13, 14)}
    assert labels == {11: "Próximo", 12: "Seguinte", 13: "Next", 14: "Next"}


async def test_the_menu_is_set_in_every_language(abroad: Stage, voices: Translators) -> None:
    desk = replace(abroad.tutor.context, translators=voices)
    await bot_profile.publish_profile(abroad.tutor.application, desk)

    menus = {
        call.params.get("language_code", ""): call.params["commands"][0]["description"]
        for call in abroad.simulator.world.calls
        if call.method.lower() == "setmycommands" and "scope" not in call.params
    }
    assert menus.items() >= {"": "Go on where you are", "pt": "Continuar de onde parou"}.items()
