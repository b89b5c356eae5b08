"""A clean course, and defects to seed in it; each knows where it has to be found.

In a defect's `new` text the sign » stands right before the character the checker has to name; it is
taken out before the course is read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

CLEAN = Path(__file__).parent / "clean"
ROOT = "modules.yaml"
LEAVES = "modules/1-leaves.yaml"
WATER = "modules/2-water.yaml"
CUPS = "modules/3-cups.yaml"
SOURCES = "sources.yaml"
FILES = (ROOT, LEAVES, WATER, CUPS, SOURCES)
MARK = "»"


def clean_texts() -> dict[str, str]:
    """The clean course's texts, by the names its root gives them."""
    return {name: (CLEAN / name).read_text("utf-8") for name in FILES}


@dataclass(frozen=True, slots=True)
class Defect:
    """One mistake: `old`, which stands once in `file`, is replaced by `new`.

    Attributes:
        says: a part of what the problem has to say.
    """

    name: str
    file: str
    old: str
    new: str
    says: str


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A place in a file, from 1."""

    file: str
    line: int
    column: int


def seed(
    defects: Iterable[Defect], clean: Mapping[str, str] | None = None
) -> tuple[dict[str, str], set[Found]]:
    """A clean course with `defects` in it, and the places where they have to be found."""
    texts = clean_texts() if clean is None else dict(clean)
    for defect in defects:
        assert texts[defect.file].count(defect.old) == 1, (defect.name, defect.old)
        texts[defect.file] = texts[defect.file].replace(defect.old, defect.new)
    places = {place for file, text in texts.items() for place in _marked(file, text)}
    return {file: text.replace(MARK, "") for file, text in texts.items()}, places


def _marked(file: str, text: str) -> Iterable[Found]:
    for number, line in enumerate(text.split("\n"), 1):
        for before, piece in enumerate(line.split(MARK)[:-1]):
            start = sum(len(each) for each in line.split(MARK)[:before]) + len(piece)
            yield Found(file, number, start + 1)


_QUESTION = "Is it so? " * 121
_IDEA = "This is the idea. " * 240
_OPTION = "- {{id: {0}, text: Other {0}, feedback: It is not {0}.}}"
_INDENT = "\n          "
_MORE_OPTIONS = _INDENT.join(_OPTION.format(name) for name in "def")

IN_THE_ROOT = (
    Defect("an unknown key", ROOT, "title: A good", "»titel: x\ntitle: A good", "mean title?"),
    Defect("a month that is none", ROOT, '"2026-11"', '»"2026-13"', "a year or a month"),
    Defect("a language in words", ROOT, "language: en", "language: »English", "code"),
    Defect("a version of two lines", ROOT, '"1.0"', '»"1\\n0"', "one line"),
    Defect("minutes in words", ROOT, "minutes: 8", "minutes: »eight", "whole number"),
    Defect("a missing file", ROOT, "modules:\n", "modules:\n  - »modules/4-x.yaml\n", "no file"),
    Defect("a file twice", ROOT, "coming:\n", "  - »modules/3-cups.yaml\ncoming:\n", "already"),
    Defect("a file elsewhere", ROOT, "  - modules/2", "  - »../2.yaml\n  - modules/2", "folder"),
    Defect("a link", ROOT, "that you do not", "that »https://tea.example does not", "link"),
    Defect("markup that is none", ROOT, "<b>tea</b>", "»<u>tea»</u>", "not markup"),
    Defect("days that fall", ROOT, "[2, 9]", "[9, »2]", "not more than 9"),
    Defect("an hour in the night", ROOT, '"18:30"', '»"20:15"', "quiet hours, 20:00 to 08:00"),
    Defect("all held out", ROOT, "  jitter", "  hold_out_percent: »100\n  jitter", "to 50"),
    Defect("a name in braces", ROOT, "You are at {place}", "You are at »{plaice}", "{total}"),
    Defect("a deadline of none", ROOT, '- "{total} to', '- "»{deadline} to', "{deadline}"),
    Defect("a loud wording", ROOT, "{time} to go.", "{time} to go»!", "end it with a dot"),
    Defect(
        "too few outcomes",
        ROOT,
        "  - Choose leaves.\n  - Heat water.\n",
        "  »- Choose leaves.\n",
        "at least 3",
    ),
)

IN_KEYS_AND_VALUES = (
    Defect(
        "a key twice",
        LEAVES,
        "    title: Young leaves",
        "    title: Young leaves\n    »title: Old",
        "in line 52",
    ),
    Defect(
        "a missing key", LEAVES, "id: m1l1c2\n        title: Other teas", "»id: m1l1c2", "title"
    ),
    Defect("yes for true", LEAVES, "yes, correct: true", "yes, correct: »yes", "write true"),
    Defect("a comma without quotes", LEAVES, "text: no,", "text: no, »of course,", "in quotes"),
    Defect("an empty text", LEAVES, "idea: One plant gives both.", "idea:»", "empty"),
    Defect("a text for a list", LEAVES, "facts: [F1, F3]", "facts: »F1", "[F1]"),
    Defect("a list for a text", LEAVES, "text: Heat\n", "text: »[Heat]\n", "not a text"),
    Defect("true for a text", LEAVES, "text: Paint", "text: »true", 'write "true"'),
    Defect("an alias", LEAVES, "feedback: Nobody paints", "feedback: »*no #", "quotes"),
    Defect("an anchor", LEAVES, "feedback: Heat keeps", "feedback: »&a Heat keeps", "quotes"),
    Defect("a YAML type", LEAVES, "feedback: Air turns", "feedback: »!str Air turns", "quotes"),
    Defect("merging", LEAVES, "kind: teach\n", "»<<: {kind: teach}\n", "merging"),
    Defect("a tab in a line", LEAVES, "idea: A leaf", "idea:»\tA leaf", "spaces"),
    Defect("an unseen sign", LEAVES, "Young leaves have", "Young»\u2028 leaves have", "U+2028"),
    Defect(
        "another kind", LEAVES, "m1o2\n        t", "m1o2\n        kind: »exam\n        t", "teach,"
    ),
    Defect(
        "an open quote",
        LEAVES,
        "idea: Green and white tea come",
        'idea: »"Green and white tea come',
        "not closed",
    ),
)

IN_QUESTIONS = (
    Defect("an id twice", WATER, "id: m2l1c2", "id: »m1l1c1", "second time"),
    Defect("an id in capitals", WATER, "id: m2l1c1", "id: »C1", "small letters"),
    Defect("an id too long", WATER, "id: m2l1q2", f"id: »{'q' * 25}", "24 fit"),
    Defect("an option's id twice", WATER, "id: n, text", "id: »y, text", "in this question"),
    Defect("an option's id too long", WATER, "{id: f,", "{id: »fffff,", "4 fit"),
    Defect("an unknown objective", WATER, "objective: m2o1", "objective: »m1o1", "no objective"),
    Defect(
        "no right option",
        WATER,
        "        options:\n          - {id: y, text: A cup, correct: true",
        "        »options:\n          - {id: y, text: A cup",
        "no option",
    ),
    Defect(
        "the same feedback",
        WATER,
        "feedback: That is a time.",
        "feedback: »That is no year.",
        "same",
    ),
    Defect("the same text", WATER, "text: off", "text: »1:30", "same"),
    Defect(
        "too many options",
        LEAVES,
        "Mint is another plant.}",
        f"Mint is another plant.}}{_INDENT}{_MORE_OPTIONS}{_INDENT}- »{_OPTION.format('g')[2:]}",
        "at most 6",
    ),
    Defect(
        "a long question", LEAVES, "Which of these come from one plant?", f"»{_QUESTION}", "1200"
    ),
    Defect(
        "an unpaired tag", WATER, "          A cup holds", "          A »<b>cup holds", "partner"
    ),
    Defect("letters of HTML", WATER, "pour it into the", "pour it »&amp; wait at the", "itself"),
    Defect("markup in a title", WATER, "title: One cup", "title: »One <i>cup</i>", "plain"),
    Defect("an unknown fact", WATER, "facts: [F3]\n    q", "facts: [»F99]\n    q", "no fact F99"),
    Defect("a link without https", WATER, "is of 2022.", "is at »www.water.example.", "link"),
    Defect("a colon", WATER, "idea: A cup does.", "idea: A cup»: it does.", "in quotes"),
    Defect(
        "every option right",
        CUPS,
        "        options:\n          - id: a\n            text: Four minutes\n"
        "            correct: true\n            feedback: That is enough.\n          - id: b\n",
        "        »options:\n          - id: a\n            text: Four minutes\n"
        "            correct: true\n            feedback: That is enough.\n          - id: b\n"
        "            correct: true\n",
        "every option",
    ),
    Defect("a long card", CUPS, "text: Four minutes are", f"»text: {'word ' * 130}", "120"),
    Defect("a long title", CUPS, "title: Four minutes", f"title: »{'Minutes ' * 8}", "60"),
    Defect("no facts", CUPS, "facts: [F4]\n    q", "facts: »[]\n    q", "at least 1"),
    Defect("a tab for spaces", CUPS, "Four minutes.\n        f", "Four minutes.\n»\tf", "spaces"),
)

IN_SOURCES = (
    Defect("an address without s", SOURCES, "https://water", "»http://water", "https"),
    Defect("a year long ago", SOURCES, "year: 2022", "year: »22", "1900"),
    Defect("another confidence", SOURCES, "derived", "»derivd", "mean derived?"),
    Defect("data without a year", SOURCES, 'data: "2021"', "data: »~", "empty"),
    Defect(
        "no publisher",
        SOURCES,
        "    says: Four minutes are enough.\n    publication: Minutes\n    publisher: Clock Club\n",
        "    »says: Four minutes are enough.\n    publication: Minutes\n",
        "no publisher",
    ),
    Defect(
        "a fact without a name",
        SOURCES,
        "facts:\n",
        'facts:\n  »"F 0": {says: S, publication: P, publisher: P, year: 2000, locator: L,\n'
        '    url: "https://tea.example/", confidence: seed}\n',
        "not a name",
    ),
)

ALONE = (
    Defect("no days", ROOT, "[2, 9]", "»[]", "at least 1"),
    Defect("an hour that is none", ROOT, '"18:30"', '»"24:00"', "a time of day"),
    Defect("a wording too few", ROOT, "- You are at {place}.\n      -", "»-", "at least 3"),
    Defect("an open quote before others", CUPS, "title: Cups", 'title: »"Cups', "not closed"),
    Defect(
        "a quote that ends in the next one",
        LEAVES,
        "feedback: Green tea does.}",
        'feedback: »"Green tea does.}\n          - {id: d, text: "x"',
        "quote",
    ),
    Defect("an apostrophe in quotes", CUPS, "text: How long?", "text: 'It'»s late?'", "quotes"),
    Defect("an open bracket", CUPS, "facts: [F4]\n    q", "facts: »[F4\n    q", "not closed"),
    Defect("a stray line", CUPS, "title: Cups\n", "title: Cups\n»stray words\n", "no key"),
    Defect(
        "a step in too far", CUPS, "    title: Four minutes", "     title»: Four", "indentation"
    ),
    Defect("a step out too far", CUPS, "    title: Four minutes", "   »title: Four", "indentation"),
    Defect("a backslash", CUPS, "text: How long?", 'text: "a»\\q"', "single quotes"),
    Defect("a second document", CUPS, "lessons:", "»---\nlessons:", "second document"),
    Defect(
        "no cards",
        CUPS,
        "    cards:\n      - id: m3l1c1\n        title: Wait\n"
        "        text: Four minutes are enough.\n        facts: [F4]\n",
        "    cards: »[]\n",
        "at least 1",
    ),
    Defect("too deep", CUPS, "{id: m3o1, text: Wait}", "»[[[[[[[[[[»[[[[]]]]]]]]]]]]]]", "deep"),
    Defect("nothing in a text", CUPS, "text: How long?", "text: »'<b></b>'", "read"),
    Defect(
        "one option only",
        WATER,
        "        options:\n          - {id: y, text: A cup, correct: true, feedback: It does.}\n"
        "          - {id: n, text: A bath, feedback: A bath holds far more.}\n",
        "        »options:\n          »- {id: y, text: A cup, correct: true, feedback: It does.}\n",
        "at least 2",
    ),
    Defect(
        "a message too long",
        WATER,
        "        text: What holds a quarter of a litre?\n        options:\n"
        "          - {id: y, text: A cup, correct: true, feedback: It does.}\n",
        "        »text: What holds a quarter of a litre?\n        options:\n"
        f"          - {{id: y, text: A cup, correct: true, feedback: {_IDEA}}}\n",
        "4096",
    ),
)

TOGETHER = (*IN_THE_ROOT, *IN_KEYS_AND_VALUES, *IN_QUESTIONS, *IN_SOURCES)
