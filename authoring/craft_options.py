"""Craft rules on options: each is self-contained, and all look alike."""

import re
from collections.abc import Iterator
from itertools import permutations

from authoring.question_items import Choice, Item, readable_items
from authoring.ranges import ranges_overlap
from course.problems import Problem
from course.reading.author_files import CourseDraft

_MIN_OPTIONS, _MAX_OPTIONS = 3, 4
_TEACH = "teach"

_REFERS = re.compile(
    r"\b(?:all|none|both|neither|any|either|each)\s+(?:of\s+)?(?:the\s+)?"
    r"(?:above|options|answers|others|(?:two|three)\s+(?:above|options|answers))\b"
    r"|^(?:all|none|both|neither|any|either)\s+of\s+(?:these|those|them|the\s+others)"
    r"(?:\s+(?:is|are)\s+(?:right|true|correct))?\W*$"
    r"|^(?:(?:both|either|neither|only|options?|answers?)\s+)*[a-f]\b(?:,\s*[a-f]\b)*,?"
    r"\s+(?:and|or|nor|&)\s+[a-f]\b(?:\s+(?:is|are)\s+(?:right|true|correct))?\W*$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\b(?:[Bb]oth|[Ee]ither|[Nn]either)\s+[A-F]\s+(?:and|or|nor)\s+[A-F]\b")

_TIMES_LONGER = 2
_CHARACTERS_LONGER = 40

_SHORTEST_FEEDBACK = 5
_VERDICT = re.compile(
    r"\s*(?:correct|incorrect|wrong|right|yes|no|true|false)\b(?=\s*(?:[^\w\s'\u2019]|$))",
    re.IGNORECASE,
)


def there_are_three_or_four_options(draft: CourseDraft) -> Iterator[Problem]:
    """A question has three or four options; two are enough only in a lesson."""
    for item in readable_items(draft):
        count, least = len(item.choices), 2 if item.kind == _TEACH else _MIN_OPTIONS
        if not least <= count <= _MAX_OPTIONS:
            what = f"this question of the kind {item.kind} has {count} options"
            do = (
                f"offer three or {_MAX_OPTIONS}"
                if count < least
                else f"keep the best {_MAX_OPTIONS}"
            )
            yield item.question.location_of("options").problem(what, do)


def options_stand_alone(draft: CourseDraft) -> Iterator[Problem]:
    """No option refers to others, such as "all of the above" or "both A and B"."""
    for item in readable_items(draft):
        for choice in item.choices:
            if _REFERS.search(choice.text) or _LETTERS.search(choice.text):
                what = "this option speaks of the other options"
                yield choice.spot.problem(what, "write an answer that stands for itself")


def options_do_not_overlap(draft: CourseDraft) -> Iterator[Problem]:
    """No option contains another one, and no two ranges of numbers overlap."""
    for item in readable_items(draft):
        for one, other in permutations(item.choices, 2):
            if _within(one.text, other.text):
                what = f"this option has all of another one in it (line {one.spot.line})"
                yield other.spot.problem(what, "write two answers that differ")
        for choice, earlier in _overlapping(item):
            what = f"this range of numbers overlaps with another one (line {earlier.spot.line})"
            yield choice.spot.problem(what, "let each number be in one option only")


def the_key_is_not_far_longer(draft: CourseDraft) -> Iterator[Problem]:
    """A right answer is not far longer than the shortest option."""
    for item in readable_items(draft):
        lengths = [len(choice.text) for choice in item.choices]
        shortest, longest = min(lengths), max(lengths)
        if longest <= shortest * _TIMES_LONGER or longest - shortest <= _CHARACTERS_LONGER:
            continue
        for choice in item.correct_choices:
            if len(choice.text) == longest:
                what = f"this right answer has {longest} characters, the shortest {shortest}"
                yield choice.spot.problem(what, "make the options alike in length")


def feedback_explains(draft: CourseDraft) -> Iterator[Problem]:
    """Feedback has at least five words, and does not begin with a bare "Correct" or "No"."""
    for item in readable_items(draft):
        for choice in item.choices:
            feedback = choice.feedback
            if feedback is None:
                continue
            if (verdict := _VERDICT.match(feedback.text)) is not None:
                what = f"this feedback begins with {verdict.group().strip()}"
                do = "begin with the idea behind the option; the bot says right or wrong itself"
                yield feedback.start.problem(what, do)
            elif len(feedback.text.split()) < _SHORTEST_FEEDBACK:
                what = f"this feedback has fewer than {_SHORTEST_FEEDBACK} words"
                yield feedback.start.problem(what, "say what choosing this very option shows")


def _within(inner: str, outer: str) -> bool:
    """Whether the words of `inner` are a contiguous part of those of `outer`."""
    short, long = _words(inner), _words(outer)
    if not short or len(short) >= len(long):
        return False
    starts = range(len(long) - len(short) + 1)
    return any(long[start : start + len(short)] == short for start in starts)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _overlapping(item: Item) -> Iterator[tuple[Choice, Choice]]:
    for place, choice in enumerate(item.choices):
        for earlier in item.choices[:place]:
            if ranges_overlap(earlier.text, choice.text):
                yield choice, earlier
                break
