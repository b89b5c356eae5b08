"""Everything that reads typed text, each with the inputs that cost it most.

`python -m tests.support.worst_typed` prints how long each takes.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape

from babel.core import Locale
from telegram import Chat, Message, MessageEntity

from bot.actions import statistics
from bot.actions.statistics import StatisticsView
from bot.callback_data import unpack
from bot.handlers.message_content import command_name, read_content
from bot.i18n import Translators
from bot.parsing import broadcast_text, cohort_form, dates, time_zones, typed_answers
from bot.parsing.cohort_form import ParseContext
from bot.parsing.typed_answers import understand
from bot.rendering import broadcasts, parts
from course import glossary
from course.cohorts import formatting, names, placeholders
from course.danger_phrases import mentions_danger
from course.statistics.overview import Period
from storage.broadcasts import BroadcastContent
from storage.cohorts import Cohort, CohortState
from storage.course_search import CourseSearch
from tests.support.running import real_course

LONGEST = 4096
"""Characters of a message (Bot API, Message.text)."""

SHORT = 40
"""Characters that the readers of answers, days and places take at most."""

NOW = 1_794_830_400_000

# Cohorts of somebody who may name very many, with names that are hard to tell apart.
COHORTS = 1_000

_COURSE = real_course()
_ASKED = ParseContext(NOW, Locale("en"), "Africa/Nairobi")
_QUESTION = next(_COURSE.questions())
_VOICES = tuple(Translators.load().by_language_code.values())


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads typed text.

    Attributes:
        inputs: pieces of which texts are made that cost it much: a head, what is repeated, a tail.
    """

    name: str
    read: Callable[[str], object]
    inputs: tuple[tuple[str, str, str], ...]

    def texts(self) -> tuple[str, ...]:
        """Each input as long as a message may be, and as long as what is read by many readers."""
        inputs = (*self.inputs, *ANYWHERE)
        return tuple(filled_up(*each, length) for each in inputs for length in (LONGEST, SHORT))


def filled_up(head: str, piece: str, tail: str, length: int) -> str:
    """`head`, as much of `piece` as fits, and `tail`."""
    room = max(length - len(head) - len(tail), 0)
    return head + (piece * (room // len(piece) + 1))[:room] + tail


# What costs readers much in general.
ANYWHERE = (
    ("", "a", ""), ("", " ", "x"), ("", "\n", "x"), ("", "a ", ""), ("", "1", ""), ("", "9", "x"),
    ("", ",", ""), ("", ";", ""), ("", ":", "x"), ("", "<", ""), ("", "&", ""), ("", "&lt;", ""),
    ("", "{", ""), ("", "{}", ""), ("", "{name}", ""), ("", "\u0301", ""), ("a", "\u0301", ""),
    ("", "\ufdfa", ""), ("", "\u202e", ""), ("", "\U0001f600", ""), ("", "\u00df", ""),
    ("", "\u1e9b\u0323", ""), ("", "-_ ", ""), ("", "and ", "!"), ("", "\x00", ""),
    ("", "".join(map(chr, range(0x4E00, 0x4E00 + 4096))), ""),
    ("", "".join(map(chr, range(0xAC00, 0xAC00 + 4096))), ""),
    ("", "a,", ""), ("", "b;", ""), ("", "(", ""), ("", "/", ""), ("/", "a", ""), ("", "@", ""),
)  # fmt: skip


def cohorts(number: int = COHORTS) -> tuple[Cohort, ...]:
    """Cohorts with colons and commas in their names, each the beginning of others."""
    begun = ("all," * (n % 9) if n % 2 else "a," * (n % 19) for n in range(number))
    names = (f"{each}a:{n}"[:40] for n, each in enumerate(begun))
    return tuple(
        Cohort(n, name, None, None, "UTC", "", None, CohortState.OPEN, None, NOW)
        for n, name in enumerate(names, 1)
    )


_MINE = cohorts()


def _read_html(text: str) -> object:
    return broadcast_text.parse_line(escape(text, quote=False), _MINE)


def _named(text: str) -> object:
    return statistics.choose_by_name(StatisticsView(_MINE, True, None, Period.ALL, 0), text)


def _message(text: str) -> object:
    """With 100 entities (Bot API: at most) in four others; Telegram nests no kind in itself."""
    text = "".join(min(sign, "\uffff") for sign in text)  # an entity parts no pair of UTF-16
    around = ("bold", "italic", "underline", "strikethrough")
    inner = max(len(text) // 96, 1)
    entities = [
        *(MessageEntity(kind, 0, len(text)) for kind in around),
        *(MessageEntity("spoiler", n, inner) for n in range(0, len(text) - inner + 1, inner)),
    ]
    return read_content(Message(1, None, Chat(1, "private"), text=text, entities=entities[:100]))


def _longest(text: str) -> object:
    return broadcasts.longest_length(_VOICES, BroadcastContent(text))


READERS = (
    Reader("a command's name", command_name, (("/", "@", ""), ("/", "/", ""))),
    Reader("a message with 100 entities", _message, ()),
    Reader("what a learner wants", partial(understand, course=_COURSE, question=_QUESTION), (
        ("", "what is a ", ""), ("", "a, ", "x"), ("", "how many ", "x"), ("", "meaning ", ""),
        ("option ", "b ", ""), ("", "a and ", "!"), ("", "a(", "x"),
    )),
    Reader("a question for the course", CourseSearch(_COURSE).find, (
        ("", "abcde fghij ", ""), ("", "drug free ", ""), ("", "\"* ", ""),
    )),
    Reader("the data of a button", unpack, (("k:open:", "1", ":"), ("a:q:1:", "a.", ""))),
    Reader("a whole number", typed_answers.parse_whole_number, ()),
    Reader("words of danger", mentions_danger, (
        ("", "not not ", ""), ("", "do not want to liv ", ""), ("", "n't", ""), ("", "od'", ""),
        ("", "want to di", ""), ("", "kill my self-", ""),
    )),
    Reader("a day", dates.parse_days, (("", "1 ", ""), ("", "1.", ""), ("1 ", "a", ""))),
    Reader("a time of day", dates.parse_time_of_day, (("at ", "1", ""),)),
    Reader("a city or country", lambda text: time_zones.find_by_name(text, Locale("en"), NOW), (
        ("", "../", ""), ("Africa/", "a", ""),
    )),
    Reader("a name", names.clean_name, ()),
    Reader("a short text", names.clean_line, ()),
    Reader("a line of a cohort", lambda text: cohort_form.parse_line(text, _ASKED), (
        ("a", ";a", ""), ("a", ";deadline 1 May", ""), ("a;", "zone Nairobi;", ""),
        ("a;deadline", " ", "x"), ("a;", "a", " x"), ("a;places ", "9", ""),
        ("a;welcome ", "a", ""), ("a;zone ", "a", ""), ("a;x", " ", ""), ("a;x", "\t=", ""),
    )),
    *(
        Reader(f"a cohort's {step}", partial(cohort_form.parse_answer, step, context=_ASKED), (
            ("1 May ", "1", ""), ("", "1 May ", ""), ("", "x\n", ""),
        ))
        for step in cohort_form.STEPS
    ),
    Reader("a cohort by its name", _named, ()),
    Reader("whom a broadcast is for", _read_html, (
        ("", "all,", ":" * 660 + "x"), ("", "all,", ":x"), ("all" + ":" * 19, "all,", ":x"),
        ("", "all,a:", ":x"), ("", "a:b,", ":x"), ("", "a,", "a:1:x"),
        ("", "a,", ":x"), ("a,a:1" + ":" * 18, "a,", ":x"), ("", "finished,", ":" * 30 + "x"),
        ("all:", ":", "x"), ("", "all,all,all,a:", "x"), ("", "silent 7,language sw,", ":x"),
        ("", "&lt;,", ":x"), ("all" + "," * 40, "a:", "x"),
    )),
    Reader("a button with a link", broadcast_text.parse_link, (
        ("a http://", "a.", ""), ("a http://[", ":", ""), ("a http://", "@", ".a"),
        ("", "a ", "https://a.b"), ("a https://", "%41", ".a"),
    )),
    Reader("answers of a broadcast", partial(broadcast_text.parse_answers, limit=8), (
        ("", "a,b;", ""),
    )),
    Reader("when a broadcast goes", partial(broadcast_text.parse_send_time, context=_ASKED), (
        ("", "1 May ", "18:30"), ("", "a ", "7pm"),
    )),
    Reader("formatting that stays", formatting.sanitize_html, (
        ("", "<a", ""), ("", "<b>", ""), ("", "<b></b>", ""), ("", "<a href=\"", ""),
        ("", "<a href=\"http://a\">a</a>", ""), ("", "</b>", ""), ("<a-", "a-", ""),
        ("", "&#1", ""), ("", "&notit;", ""),
    )),
    Reader("placeholders", placeholders.find_placeholder_problems, (
        ("", "{a}", ""), ("", "<b>{name</b>}", ""), ("", "{name}", ""), ("", "{na<b>me}</b>", ""),
        ("", "<{name}>", ""), ("", "{name|", ""), ("{", "a", ""),
        ("{a}" * 700, "{na<b>me}</b>", ""),
    )),
    Reader("the longest that may come of it", _longest, (
        ("", "{name}", ""), ("", "{next_lesson}", ""),
    )),
    Reader("a term of the glossary", partial(glossary.find_term, _COURSE), ()),
    Reader("terms that are near", partial(glossary.suggest_terms, _COURSE), (
        ("", "opioid ", ""), ("", "overdose", ""), ("", "ne", ""), ("", "e t a o ", ""),
    )),
    Reader("typed text, shown", parts.plain_text, ()),
    Reader("a name, shown", parts.safe_name, ()),
)  # fmt: skip


def longest(reader: Reader, rounds: int = 3) -> tuple[float, str]:
    """Seconds for the text that takes longest, and that text."""
    return max((_seconds(partial(reader.read, text), rounds), text) for text in reader.texts())


def yardstick() -> float:
    """Seconds for work that takes 20 ms on the machine on which the readers were measured."""
    return _seconds(lambda: sum(n & 1 for n in range(480_000)), rounds=5)


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """The shortest of a few rounds, of this thread's processor: others may be busy with it, too."""

    def once() -> float:
        begun = time.thread_time()
        work()
        return time.thread_time() - begun

    return min(once() for _ in range(rounds))


def main() -> None:
    """Print the milliseconds of each reader with its worst text."""
    for reader in READERS:
        took, text = longest(reader)
        sys.stdout.write(f"{reader.name:32} {1000 * took:6.1f} ms  {text[:24]!r}\n")


if __name__ == "__main__":
    main()
