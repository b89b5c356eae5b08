"""Callback data of buttons: a verb and short ids, at most 64 bytes, never the right answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeAlias

from course.model import CardId, ModuleId, OptionId, QuestionId

# More askings than anybody will see; keeps the data within 64 bytes.
MAX_ORDINAL = 999

# Bot API, InlineKeyboardButton.callback_data: 1-64 bytes.
MAX_BYTES = 64

LARGEST_ID = 2**52 - 1
"""Telegram's ids have at most 52 significant bits (Bot API, User.id); ours are those of updates."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Show the learner's next step."""


@dataclass(frozen=True, slots=True)
class FinishItem:
    """Mark `item` as seen: a card, a module's end or the feedback to an attempt."""

    item: str


@dataclass(frozen=True, slots=True)
class SubmitAnswer:
    """Answer a question.

    Attributes:
        ordinal: which asking of the question the button belongs to, counted from 1.
    """

    question: QuestionId
    ordinal: int
    chosen: frozenset[OptionId]


@dataclass(frozen=True, slots=True)
class SelectOptions:
    """Select `chosen` in a question with several right answers, without submitting yet."""

    question: QuestionId
    ordinal: int
    chosen: frozenset[OptionId]


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Show this card in place."""

    card: CardId


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """Show, in place, the right answer to a missed question."""

    question: QuestionId


@dataclass(frozen=True, slots=True)
class ReadFound:
    """Show a card or term that was found for a question in a learner's own words.

    Attributes:
        item: a card's id, or the key of a term (`course.glossary.term_key`).
    """

    item: str


@dataclass(frozen=True, slots=True)
class ListLessons:
    """List a module's lessons, in place."""

    module: ModuleId


@dataclass(frozen=True, slots=True)
class ShowScreen:
    """Show a screen by its name, one of `SCREENS`."""

    screen: str


@dataclass(frozen=True, slots=True)
class ToggleSetting:
    """Switch a setting, one of `SETTINGS`, on or off."""

    setting: str
    on: bool


@dataclass(frozen=True, slots=True)
class SetPreference:
    """Change one preference for reminders.

    Attributes:
        preference: one of `PREFERENCES`.
        value: the whole new value, never a difference, so that old buttons still do what they say.
    """

    preference: str
    value: str


@dataclass(frozen=True, slots=True)
class Snooze:
    """Postpone the next reminder.

    Attributes:
        until: one of `SNOOZE_CHOICES`, counted from the press, or a day such as 2026-03-12.
    """

    until: str


@dataclass(frozen=True, slots=True)
class ListTimeZones:
    """List time zones whose clocks are `minutes_ahead` of UTC now."""

    minutes_ahead: int


@dataclass(frozen=True, slots=True)
class ExplainReminder:
    """Explain why a reminder came and when the next one is due.

    Attributes:
        kind: of the reminder with this button, a value of the enum of kinds; not checked.
    """

    kind: str


@dataclass(frozen=True, slots=True)
class ManagePress:
    """An action for facilitators and admins; permission is checked when it is pressed.

    Attributes:
        verb: one of `MANAGE_VERBS`.
        action: a word or two, with a hyphen between.
        target: of whatever it is about, such as a cohort; 0 for nothing, at most `LARGEST_ID`.
        value: more, such as a page.
    """

    verb: str
    action: str
    target: int = 0
    value: str = ""


Press: TypeAlias = (
    Continue
    | FinishItem
    | SubmitAnswer
    | SelectOptions
    | ShowCard
    | ReviewQuestion
    | ReadFound
    | ListLessons
    | ShowScreen
    | ToggleSetting
    | SetPreference
    | Snooze
    | ListTimeZones
    | ExplainReminder
    | ManagePress
)

SCREENS = (
    *("outcomes", "modules", "settings", "progress", "help", "pause", "privacy", "forget"),
    *("glossary", "reading"),
    *("reminders", "hour", "quiet", "rest", "pace", "later", "date"),
    *("zone", "zone2", "zone3", "zone4", "zone5", "zone6", "zone7"),
    *("nudges", "nudges-first", "nudges-second", "nudges-last", "nudges-deadline"),
    *("nudges-open-question", "nudges-snoozed"),
)
SETTINGS = ("plain", "messages", "forget", "reminders", "unasked")
PREFERENCES = ("hour", "quiet", "rest", "pace", "zone")
SNOOZE_CHOICES = ("hours", "evening", "tomorrow", "week")

MANAGE_VERBS = ("k", "i", "b", "v", "d", "q", "g", "e", "m")
"""Cohorts, joining, broadcasts, RSVPs, the radar, support requests, statistics, exports, reports of
mistakes."""

_VERBS: Mapping[type[Press], str] = {
    Continue: "c", FinishItem: "n", SubmitAnswer: "a", SelectOptions: "t", ShowCard: "p",
    ReviewQuestion: "r", ReadFound: "f", ListLessons: "l", ShowScreen: "s", ToggleSetting: "x",
    SetPreference: "w", Snooze: "z", ListTimeZones: "o", ExplainReminder: "y",
}  # fmt: skip
"""The verbs of all but `ManagePress`, which names its own."""

_VALUE = re.compile(r"[\w/+-]{1,40}", re.ASCII)
_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_MINUTES_AHEAD = re.compile(r"0|-?[1-9]\d{0,2}", re.ASCII)
_KIND = re.compile(r"[a-z-]{1,20}", re.ASCII)
_MANAGE_PRESS = re.compile(r"([a-z]):([a-z-]{1,16}):(0|[1-9]\d{0,15}):([\w./+-]{0,40})", re.ASCII)


def pack(press: Press) -> str:
    """The data of a button that means `press`: its verb, and the values of its attributes."""
    verb = () if isinstance(press, ManagePress) else (_VERBS[type(press)],)
    data = ":".join((*verb, *(_pack_value(getattr(press, one.name)) for one in fields(press))))
    assert len(data.encode()) <= MAX_BYTES, "Telegram refuses the whole message for one such button"
    return data


def _pack_value(value: object) -> str:
    match value:
        case frozenset():
            return ".".join(sorted(value))
        case bool():
            return str(int(value))
        case _:
            return str(value)


def unpack(data: str) -> Press | None:
    """Decode callback data; `None` when it is malformed.

    Data comes from outside: ids in it may not exist and must still be checked.
    """
    if len(data.encode()) > MAX_BYTES:
        return None
    return _unpack_manage_press(data) if data[:1] in MANAGE_VERBS else _unpack(data.split(":"))


def parse_id(text: str) -> int | None:
    """The id, or the time in UTC milliseconds, that is all of `text`; `None` for anything else."""
    is_short = len(text) <= len(str(LARGEST_ID)) and text.isascii() and text.isdigit()
    return int(text) if is_short and int(text) <= LARGEST_ID else None


def _unpack(parts: list[str]) -> Press | None:
    match parts:
        case ["c"]:
            return Continue()
        case ["n", item] if item:
            return FinishItem(item)
        case ["a" | "t" as verb, question, ordinal, chosen]:
            return _unpack_answer(verb, question, ordinal, chosen)
        case ["p", card] if card:
            return ShowCard(CardId(card))
        case ["r", question] if question:
            return ReviewQuestion(QuestionId(question))
        case ["f", item] if item:
            return ReadFound(item)
        case ["l", module] if module:
            return ListLessons(ModuleId(module))
        case ["s", screen] if screen in SCREENS:
            return ShowScreen(screen)
        case ["x", setting, "0" | "1" as on] if setting in SETTINGS:
            return ToggleSetting(setting, on == "1")
        case _:
            return _unpack_about_reminders(parts)


def _unpack_about_reminders(
    parts: list[str],
) -> SetPreference | Snooze | ListTimeZones | ExplainReminder | None:
    match parts:
        case ["w", what, value] if what in PREFERENCES and _VALUE.fullmatch(value):
            return SetPreference(what, value)
        case ["z", until] if until in SNOOZE_CHOICES or _DAY.fullmatch(until):
            return Snooze(until)
        case ["o", ahead] if _MINUTES_AHEAD.fullmatch(ahead):
            return ListTimeZones(int(ahead))
        case ["y", kind] if _KIND.fullmatch(kind):
            return ExplainReminder(kind)
        case _:
            return None


def _unpack_manage_press(data: str) -> ManagePress | None:
    found = _MANAGE_PRESS.fullmatch(data)
    number = parse_id(found[3]) if found else None
    if found is None or number is None:
        return None
    return ManagePress(found[1], found[2], number, found[4])


def _unpack_answer(
    verb: str, question: str, ordinal: str, chosen: str
) -> SubmitAnswer | SelectOptions | None:
    if not question or not (
        ordinal.isascii() and ordinal.isdigit() and 1 <= int(ordinal) <= MAX_ORDINAL
    ):
        return None
    options = frozenset(OptionId(option) for option in chosen.split(".") if option)
    if verb == "t":
        return SelectOptions(QuestionId(question), int(ordinal), options)
    return SubmitAnswer(QuestionId(question), int(ordinal), options) if options else None
