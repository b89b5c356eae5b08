"""Craft rules on stems: each asks one positive question that is clear without its options.

For English only. They match unambiguous forms, and ignore quotations within a case.
"""

import re
from collections.abc import Iterator

from authoring.question_items import Item, readable_items
from course import limits
from course.problems import Problem
from course.reading.author_files import CourseDraft

_MIN_WORDS = 5

_QUOTES = re.compile(r'"[^"]*"|“[^”]*”')
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_INSTRUCTIONS = (
    *("choose", "pick", "select", "name", "find", "mark", "say", "decide", "complete", "match"),
    *("tell", "judge", "read", "take", "give", "put", "compare", "order", "identify", "advise"),
)
_INSTRUCTION = re.compile(
    rf"(?:\w+,\s+)?(?:please\s+)?(?:{'|'.join(_INSTRUCTIONS)})\b", re.IGNORECASE
)

_EMPTY = re.compile(
    r"(?:which|what)(?:\s+one)?(?:\s+of\s+(?:these|the\s+following|them))?(?:\s+\w+){0,2}"
    r"\s+(?:is|are)\s+(?:true|right|correct|so)\W*",
    re.IGNORECASE,
)

# The asking clause: a question word at its start, and no word that opens another clause.
_ASKS = (
    r"(?:^|[,:;\u2013]\s+|^\w+\s+)(?:which|what|who|whom|where)\b"
    r"(?:(?!\b(?:if|when|while|that|because|since|who|whom|whose|which|although|unless|until|so"
    r"|and|or|but|before|after|to)\b)[^,;:?])*?"
)
_NEGATIVE = (
    re.compile(rf"{_ASKS}(?:\b(?:not(?!\s+only)|never|cannot)\b|n['\u2019]t\b)", re.IGNORECASE),
    re.compile(
        rf"{_ASKS}\b(?:is|are|was|were|be|seems?)\s+(?:\w+ly\s+)?"
        r"(?:false|incorrect|untrue|mistaken|(?<!what is )(?<!what was )wrong)\b"
        r"(?!\s+(?:with|in|about|for))",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:false|incorrect|untrue|wrong)\s+"
        r"(?:statements?|answers?|options?|sentences?|claims?|one|replies|reply)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<!\bat )\bleast\s+(?:likely|probable|suitable|appropriate|important|helpful|useful"
        r"|effective|true|correct|convincing|fitting)\b|\bworst\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bexcept(?:ing)?\b|\bexcluding\b", re.IGNORECASE),
    re.compile(r"\b(?:that|which|who)\s+(?:\w+\s+)?(?:not|never)\b.*[.:]$", re.IGNORECASE),
)
_SHOUTED = re.compile(r"\b(?:NOT|EXCEPT|NEVER|LEAST|FALSE|WRONG)\b")


def stems_ask(draft: CourseDraft) -> Iterator[Problem]:
    """A question's text ends with a question mark or with an instruction."""
    for item in readable_items(draft):
        last = _sentences(item.text)[-1]
        if not re.search(r"\?[\"\u201d\u2019')\]]*$", item.text) and not _INSTRUCTION.match(last):
            what = "this text ends neither with a question nor with an instruction"
            yield item.stem.start.problem(what, "end with what you ask, such as: What do you do?")


def stems_hold_the_question(draft: CourseDraft) -> Iterator[Problem]:
    """A question can be understood before its options are read, and has at least five words."""
    for item in readable_items(draft):
        asked = item.text
        if limits.count_words(asked) < _MIN_WORDS or _EMPTY.fullmatch(asked):
            what = "this question asks nothing before its options are read"
            do = 'write what it is about into it; "Which is true?" alone is no question'
            yield item.stem.start.problem(what, do)


def stems_are_positive(draft: CourseDraft) -> Iterator[Problem]:
    """A question does not ask for what is not so, is false, or is an exception."""
    for item in readable_items(draft):
        if _is_negative(item):
            what = "this question asks for what is not so"
            do = "ask for what is; a small word such as not is easily missed"
            yield item.stem.start.problem(what, do)


def _is_negative(item: Item) -> bool:
    told = _QUOTES.sub("...", item.text)
    if _SHOUTED.search(told) and not told.isupper():
        return True
    sentences = _sentences(told)
    asked = [each for each in sentences if each.endswith("?")]
    if sentences[-1] not in asked:
        asked.append(sentences[-1])
    return any(form.search(each) for each in asked for form in _NEGATIVE)


def _sentences(text: str) -> list[str]:
    return _SENTENCE_END.split(text.strip())
