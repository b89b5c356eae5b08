"""What a button's data says: a verb and short ids, at most 64 bytes, never the right answer."""

from dataclasses import dataclass
from typing import TypeAlias

from course.model import CardId, ModuleId, OptionId, QuestionId

# More askings of one question than anybody will see; keeps the data within 64 bytes.
MOST_ASKINGS = 999

# Bot API, InlineKeyboardButton.callback_data: 1-64 bytes.
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Continue:
    """Show what comes next."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """Done with `item`: a card, a module's end or the feedback to an attempt."""

    item: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Answer a question.

    Attributes:
        ordinal: which asking of the question the button belongs to, from 1.
    """

    question: QuestionId
    ordinal: int
    chosen: frozenset[OptionId]


@dataclass(frozen=True, slots=True)
class Select:
    """Of a question with several right answers, have `chosen` selected, to be sent later."""

    question: QuestionId
    ordinal: int
    chosen: frozenset[OptionId]


@dataclass(frozen=True, slots=True)
class Page:
    """Show this card in place."""

    card: CardId


@dataclass(frozen=True, slots=True)
class Review:
    """Show, in place, what was right in a question that was missed."""

    question: QuestionId


@dataclass(frozen=True, slots=True)
class Lessons:
    """List a module's lessons, in place."""

    module: ModuleId


@dataclass(frozen=True, slots=True)
class Show:
    """Show a screen by its name, one of `SCREENS`."""

    screen: str


@dataclass(frozen=True, slots=True)
class Set:
    """Switch a setting: plain or reminders, on or off."""

    setting: str
    on: bool


Press: TypeAlias = Continue | GoOn | Choose | Select | Page | Review | Lessons | Show | Set

SCREENS = (
    *("outcomes", "modules", "settings", "progress", "help", "pause", "privacy", "forget"),
    *("glossary", "reading"),
)
SETTINGS = ("plain", "messages", "forget")


def pack(press: Press) -> str:
    """The data of a button that means `press`."""
    match press:
        case Continue():
            return "c"
        case GoOn(item):
            return f"n:{item}"
        case Choose(question, ordinal, chosen):
            return f"a:{question}:{ordinal}:{'.'.join(sorted(chosen))}"
        case Select(question, ordinal, chosen):
            return f"t:{question}:{ordinal}:{'.'.join(sorted(chosen))}"
        case Page(card):
            return f"p:{card}"
        case Review(question):
            return f"r:{question}"
        case Lessons(module):
            return f"l:{module}"
        case Show(screen):
            return f"s:{screen}"
        case Set(setting, on):
            return f"x:{setting}:{int(on)}"


def unpack(data: str) -> Press | None:
    """What `data` means; `None` when it is nothing we ever put on a button.

    Data comes from outside: whatever it names is still to be looked up and checked.
    """
    if len(data.encode()) > LONGEST:
        return None
    match data.split(":"):
        case ["c"]:
            return Continue()
        case ["n", item] if item:
            return GoOn(item)
        case ["a" | "t" as verb, question, ordinal, chosen]:
            return _choice(verb, question, ordinal, chosen)
        case ["p", card] if card:
            return Page(CardId(card))
        case ["r", question] if question:
            return Review(QuestionId(question))
        case ["l", module] if module:
            return Lessons(ModuleId(module))
        case ["s", screen] if screen in SCREENS:
            return Show(screen)
        case ["x", setting, "0" | "1" as on] if setting in SETTINGS:
            return Set(setting, on == "1")
        case _:
            return None


def _choice(verb: str, question: str, ordinal: str, chosen: str) -> Choose | Select | None:
    if not question or not (
        ordinal.isascii() and ordinal.isdigit() and 1 <= int(ordinal) <= MOST_ASKINGS
    ):
        return None
    options = frozenset(OptionId(option) for option in chosen.split(".") if option)
    if verb == "t":
        return Select(QuestionId(question), int(ordinal), options)
    return Choose(QuestionId(question), int(ordinal), options) if options else None
