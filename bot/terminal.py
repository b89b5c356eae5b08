"""What commands print: text that people typed cannot steer the terminal, nor pass for a line."""

import re
import sys

# Control characters (Unicode, category Cc), what ends a line or turns the direction of writing
# unseen (UAX 9, explicit formatting), and what is no character in UTF-8. Marks that join letters
# stay: some languages need them.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escape_control_characters(text: str) -> str:
    r"""`text` with its control characters written out, as in JSON: `\u001b`, `\n`."""
    return _UNSEEN.sub(_written_out, text)


def is_terminal() -> bool:
    """Whether standard output is a terminal, not a file or a log."""
    return sys.stdout.isatty()


def print_lines(*lines: str) -> None:
    """Print each line, made visible."""
    sys.stdout.write("".join(f"{escape_control_characters(line)}\n" for line in lines))
    sys.stdout.flush()


def print_errors(*lines: str) -> None:
    """Print each line to standard error, made visible."""
    sys.stderr.write("".join(f"{escape_control_characters(line)}\n" for line in lines))


def print_error(error: Exception | str) -> int:
    """Print an error, line by line; returns 1, the exit code."""
    print_errors(*str(error).split("\n"))
    return 1


def _written_out(found: re.Match[str]) -> str:
    return _SHORT.get(found[0], f"\\u{ord(found[0]):04x}")
