"""Translates errors of the YAML parser into problems that an author can fix."""

from typing import Any

import yaml

from course.problems import Problem, SourceLocation

_QUOTES = 'put the text in quotes: "..."'

_MEANINGS = (
    (
        "mapping values are not allowed",
        "a colon within a text looks like a new key",
        f"{_QUOTES}, or mend the indentation of a key",
    ),
    ("cannot start any token", "a text cannot start with this character", _QUOTES),
    (
        "could not find expected ':'",
        "this line is no key and belongs to no text",
        "write `key: value`, or move it inwards below `|`",
    ),
    (
        "did not find expected key",
        "this line fits nowhere",
        "check the indentation, and quotes within quotes",
    ),
    (
        "did not find expected '-' indicator",
        "this line fits nowhere in the list",
        "check the indentation, and start each item with -",
    ),
    (
        "did not find expected ',' or",
        "a list or keys in brackets are not closed before this",
        "check the brackets, the commas and the quotes",
    ),
    ("found unknown escape", "a backslash is special within double quotes", "use single quotes"),
)


def explain_error(file: str, text: str, error: yaml.YAMLError, last: Any) -> Problem:
    """Translate `error` into a problem at the location of its likely cause.

    Args:
        file: the file's name.
        text: contents of the file.
        error: the parser's error.
        last: the parser's event before it; a quoted text of several lines is the likeliest cause.
    """
    said = str(getattr(error, "problem", None) or "it cannot be read")
    context = str(getattr(error, "context", ""))
    where: Any = getattr(error, "problem_mark", None)
    opened: Any = getattr(error, "context_mark", None) or where
    if "quoted scalar" in context and "escape" not in said:
        return _at(file, text, opened).problem("a quote opens here and is not closed", _CLOSE)
    if _is_open_quote(last, where):
        return _at(file, text, last.start_mark).problem(_LONG_QUOTE, _CLOSE)
    if "while parsing a flow" in context and where is not None and where.line > opened.line:
        return _at(file, text, opened).problem("a bracket opens here and is not closed", _BRACKET)
    for phrase, what, do in _MEANINGS:
        if phrase in said:
            at = opened if "simple key" in context else where
            return _at(file, text, at).problem(what, do)
    what = f"this is not YAML ({said})"
    return _at(file, text, where).problem(what, "check quotes, brackets and indentation")


_CLOSE = "close it, and write '' for an apostrophe within single quotes"
_BRACKET = "close it, with commas between the items and quotes around texts with commas"
_LONG_QUOTE = "a quote opens here and closes lines later"


def _at(file: str, text: str, mark: Any) -> SourceLocation:
    """Location of `mark`; the end of the text if the mark is beyond it."""
    if mark is None:
        return SourceLocation(file, 1, 1)
    last = text.count("\n")
    if mark.line > last:
        return SourceLocation(file, last + 1, len(text) - text.rfind("\n"))
    return SourceLocation(file, mark.line + 1, mark.column + 1)


def _is_open_quote(last: Any, where: Any) -> bool:
    """Whether the value before the error was a quoted text of several lines up to the error."""
    if not isinstance(last, yaml.ScalarEvent) or last.style not in ("'", '"') or where is None:
        return False
    start: Any = last.start_mark
    end: Any = last.end_mark
    return bool(start.line < end.line and where.line - end.line <= 1)
