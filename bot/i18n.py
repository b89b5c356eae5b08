"""Translations and localized formats, from gettext catalogues and Babel."""

import gettext
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Literal

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_skeleton, get_day_names, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "tutorbot"

# Bot API, setMyCommands, language_code: a two-letter ISO 639-1 code.
_CODE_LENGTH = 2

# English is for readers all over the world, so days are written "12 March", not "March 12".
_BRITISH = Locale("en", "GB")

_MINUTES = 24 * 60

# RFC 5646, section 4.4.1: tags are 35 characters long at most.
_LONGEST_TAG = 35


class Translator:
    """Translates into one language; the msgids are the English texts in bot/rendering/.

    Renderers call it `_`, so that Babel extracts the messages.

    Attributes:
        plain: write neither bars nor symbols, by the person's setting.
    """

    def __init__(
        self, translations: gettext.NullTranslations, locale: Locale, *, plain: bool = False
    ) -> None:
        self._translations = translations
        self._locale = locale
        self.plain = plain

    @property
    def locale(self) -> Locale:
        """Locale for formatting numbers, days and names of places."""
        return self._locale

    def __call__(self, message: str, **values: str | int) -> str:
        """Translate `message` and fill its placeholders with `values`."""
        return _fill(self._translations.gettext(message), values)

    def ngettext(self, one: str, many: str, number: int, **values: str | int) -> str:
        """Translate the plural form for `number`, which also fills the placeholder `{number}`."""
        form = self._translations.ngettext(one, many, number)
        return _fill(form, {"number": self.number(number), **values})

    def number(self, number: int) -> str:
        """Format a whole number."""
        return _format_number(number, self._locale)

    def decimal(self, number: float) -> str:
        """Format a number with decimals."""
        return str(format_decimal(number, locale=self._locale))

    def month(self, written: str) -> str:
        """Format a month such as "2026-11"; anything else is only escaped."""
        try:
            day = datetime.strptime(written, "%Y-%m").replace(tzinfo=UTC)
        except ValueError:
            return escape(written, quote=False)
        return str(format_skeleton("yMMMM", day, locale=self._locale))

    def day(self, day: date) -> str:
        """Format a day in full, such as "Thursday 12 March"."""
        locale = _BRITISH if self._locale.language == "en" else self._locale
        return str(format_skeleton("MMMMEEEEd", _midnight(day), locale=locale))

    def short_day(self, day: date) -> str:
        """Format a day briefly, such as "12 Mar"."""
        locale = _BRITISH if self._locale.language == "en" else self._locale
        return str(format_skeleton("MMMd", _midnight(day), locale=locale))

    def weekday(self, number: int, *, short: bool = False) -> str:
        """Name of a day of the week; Monday is 0."""
        width: Literal["abbreviated", "wide"] = "abbreviated" if short else "wide"
        return str(get_day_names(width, "stand-alone", self._locale)[number])

    def time(self, minutes: int) -> str:
        """Format a time of day, `minutes` after midnight, on a 24-hour clock: "09:30"."""
        hour, minute = divmod(minutes % _MINUTES, 60)
        return f"{hour:02}:{minute:02}"

    def city(self, zone: str) -> str:
        """Name of the city in an IANA zone's name, such as "Nairobi"."""
        named = get_timezone_location(zone, locale=self._locale, return_city=True)
        return str(named).rsplit("/", 1)[-1]

    def with_plain(self, plain: bool) -> "Translator":
        """Return a translator to the same language, with or without bars and symbols."""
        if plain == self.plain:
            return self
        return Translator(self._translations, self._locale, plain=plain)


def parse_language_tag(told: object) -> str | None:
    """A language tag that Telegram told, as Babel reads it, in small letters such as "pt-br".

    `None` for none, and for what Babel cannot read: a client may send anything.
    """
    return _read(told) if isinstance(told, str) and len(told) <= _LONGEST_TAG else None


@lru_cache(maxsize=1024)
def _read(told: str) -> str | None:
    try:
        found = Locale.parse(told.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    parts = (found.language, found.script, found.territory, found.variant)
    return "-".join(part for part in parts if part).lower()


@lru_cache(maxsize=1024)
def _format_number(number: int, locale: Locale) -> str:
    return str(format_decimal(number, locale=locale))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _fill(template: str, values: Mapping[str, str | int]) -> str:
    return template.format_map(values) if values else template


class Translators:
    """Translators for all languages that have a catalogue."""

    def __init__(self, catalogues: Mapping[str, gettext.NullTranslations]) -> None:
        self._translators = {
            tag: Translator(found, _parse_locale(tag)) for tag, found in catalogues.items()
        }
        self._translators.setdefault("en", Translator(gettext.NullTranslations(), Locale("en")))

    @classmethod
    def load(cls, folder: Path = LOCALES) -> "Translators":
        """Load every `<language>/LC_MESSAGES/tutorbot.po` below `folder`."""
        paths = sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
        return cls(
            {_normalize_tag(path.parent.parent.name): _load_catalogue(path) for path in paths}
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of the languages, sorted."""
        return tuple(sorted(self._translators))

    @property
    def by_language_code(self) -> dict[str, Translator]:
        """Translators by two-letter code (Bot API, setMyCommands); "pt" wins over "pt-br"."""
        found = {
            tag.split("-")[0]: translator
            for tag, translator in sorted(self._translators.items())[::-1]
        }
        return {code: translator for code, translator in found.items() if len(code) == _CODE_LENGTH}

    def for_language(self, language: str | None, *, plain: bool = False) -> Translator:
        """Translator for an IETF tag as Telegram sends it, such as "pt-br"; English if unknown."""
        tag = _normalize_tag(language or "en")
        found = self._translators.get(tag) or self._translators.get(tag.split("-")[0])
        return (found or self._translators["en"]).with_plain(plain)


def _normalize_tag(name: str) -> str:
    return name.lower().replace("_", "-")


def _load_catalogue(path: Path) -> gettext.NullTranslations:
    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _parse_locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
