"""Rules on the rhythm and the wordings of reminders."""

import re
from collections.abc import Iterator

from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping, YamlScalar
from course.reminders.preferences import QUIET_FROM, QUIET_TO, Preferences
from course.reminders.rhythm import ReminderKind

_HOUR = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_BRACED = re.compile(r"\{[^{}]*\}|[{}]")
_LOUD = re.compile("[!\uff01]")
_PLACEHOLDERS = ("{place}", "{time}", "{total}")
_DEADLINE = "{deadline}"


def days_rise(draft: CourseDraft) -> Iterator[Problem]:
    """Each reminder comes later than the one before it."""
    before = 0
    for days in _reminders(draft, "after_days"):
        if days.as_int is not None:
            if days.as_int <= before:
                what = f"{days.as_int} days are not more than {before}"
                yield days.location.problem(what, "write the days as they rise, e.g. [3, 10, 20]")
            before = days.as_int


def the_hour_is_not_quiet(draft: CourseDraft) -> Iterator[Problem]:
    """Reminders are not due in the default quiet hours."""
    written = _reminders_mapping(draft)
    hour = written.scalar("hour") if written is not None else None
    if hour is None or (found := _HOUR.fullmatch(hour.text)) is None:
        return
    if Preferences().is_quiet(int(found[1]) * 60 + int(found[2])):
        what = f"{hour.text} is in the quiet hours, {_clock(QUIET_FROM)} to {_clock(QUIET_TO)}"
        yield hour.location.problem(what, f"write a time from {_clock(QUIET_TO)} on")


def wordings_name_what_is_known(draft: CourseDraft) -> Iterator[Problem]:
    """Braces contain only placeholders that the bot can fill."""
    for kind, wording in _wordings(draft):
        known = (*_PLACEHOLDERS, _DEADLINE) if kind is ReminderKind.DEADLINE else _PLACEHOLDERS
        for found in _BRACED.finditer(wording.text):
            if found.group() not in known:
                what = f"{found.group()[:40]} is nothing that this wording can name"
                spot = wording.location_at(found.start())
                yield spot.problem(what, f"write {', '.join(known[:-1])} or {known[-1]}")


def wordings_are_calm(draft: CourseDraft) -> Iterator[Problem]:
    """No wording has an exclamation mark."""
    for _, wording in _wordings(draft):
        if (found := _LOUD.search(wording.text)) is not None:
            spot = wording.location_at(found.start())
            yield spot.problem("this wording has an exclamation mark", "end it with a dot")


def _reminders_mapping(draft: CourseDraft) -> YamlMapping | None:
    written = draft.root.top.value("reminders") if draft.root.top is not None else None
    return written if isinstance(written, YamlMapping) else None


def _reminders(draft: CourseDraft, key: str) -> Iterator[YamlScalar]:
    if (written := _reminders_mapping(draft)) is not None:
        yield from written.scalars(key)


def _wordings(draft: CourseDraft) -> Iterator[tuple[ReminderKind, YamlScalar]]:
    written = _reminders_mapping(draft)
    wordings = written.value("wordings") if written is not None else None
    if isinstance(wordings, YamlMapping):
        yield from (
            (kind, text) for kind in ReminderKind for text in wordings.scalars(kind.yaml_key)
        )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
