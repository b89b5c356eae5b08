"""How reminders begin: several wordings of each kind, so that none comes twice in a row.

None blames, hurries, or counts what was not done. The first line may show on a locked screen.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.i18n import Translator
from bot.rendering import parts
from course.reminders.rhythm import ReminderKind, Rhythm

OpeningText: TypeAlias = Callable[[Translator, Mapping[str, str]], str]

_PLACE = re.compile(r"\{(place|time|total|deadline)\}")


def opening_text(
    _: Translator, rhythm: Rhythm, kind: ReminderKind, wording: int, values: Mapping[str, str]
) -> str:
    """The text above the question, as Telegram's HTML.

    Args:
        rhythm: may have the author's own wordings, with the names of `values` in braces.
        wording: the index of the wording, from 0; too high a number wraps around.
        values: `place`; `time` to the end of the module; `total` to the end of the course;
            `deadline`.
    """
    own = rhythm.wordings.get(kind, ())
    if own:
        return _fill_wording(own[wording % len(own)], values)
    return _OPENINGS[kind][wording % len(_OPENINGS[kind])](_, values)


def count_wordings(rhythm: Rhythm, kind: ReminderKind) -> int:
    """The number of wordings of `kind`."""
    return len(rhythm.wordings.get(kind, ()) or _OPENINGS[kind])


def _fill_wording(authored: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: values[found[1]], parts.plain_text(authored))


# "{place}" is for example "Module 2, lesson 3 of 4"; "{time}" and "{total}" "6 minutes".
_OPENINGS: Mapping[ReminderKind, tuple[OpeningText, ...]] = {
    ReminderKind.FIRST: (
        lambda _, v: _(
            "Your place is kept: {place}. It is about {time} to the end of the module.", **v
        ),
        lambda _, v: _(
            "You left off at {place}. From there it is about {time} to the end of the module.", **v
        ),
        lambda _, v: _("This is where you were: {place}. In about {time} the module is done.", **v),
    ),
    ReminderKind.SECOND: (
        lambda _, v: _(
            "Whenever it suits you: {place}. It is about {time} to the end of the module.", **v
        ),
        lambda _, v: _(
            "Everything you did is kept. You are at {place}, about {time} from the end of the"
            " module.",
            **v,
        ),
        lambda _, v: _("For a quiet moment: {place}. In about {time} the module is done.", **v),
    ),
    ReminderKind.LAST: (
        lambda _, v: _(
            "I will stop reminding you now. Your place stays kept: {place}.\n\nIt is about {time}"
            " to the end of the module, and you can come back at any time.",
            **v,
        ),
        lambda _, v: _(
            "This is my last reminder until you come back. You are at {place}.\n\nEverything you"
            " did is kept. When you come back, it is about {time} to the end of the module.",
            **v,
        ),
        lambda _, v: _(
            "After this message I stop reminding you. Your place stays as it is: {place}.\n\nIf"
            " you like to go on now, it is about {time} to the end of the module.",
            **v,
        ),
    ),
    ReminderKind.DEADLINE: (
        lambda _, v: _(
            "Your group has until {deadline}. You are at {place}, with about {total} to go in all.",
            **v,
        ),
        lambda _, v: _(
            "The time of your group ends on {deadline}. From {place} it is about {total} to the"
            " end of the course.",
            **v,
        ),
        lambda _, v: _(
            "So that you can plan: your group ends on {deadline}. You are at {place}; the rest"
            " takes about {total}.",
            **v,
        ),
    ),
    ReminderKind.OPEN_QUESTION: (
        lambda _, v: _(
            "A question is still open where you left off: {place}. It is about {time} to the end of"
            " the module.",
            **v,
        ),
        lambda _, v: _(
            "Here is the question you were at, in {place}. It waits as long as you like; with it,"
            " about {time} are left of the module.",
            **v,
        ),
        lambda _, v: _(
            "This is the question you came to: {place}. Your place is kept, about {time} from the"
            " end of the module.",
            **v,
        ),
    ),
    ReminderKind.SNOOZED: (
        lambda _, v: _(
            "You asked me to write now. You are at {place}, about {time} from the end of the"
            " module.",
            **v,
        ),
        lambda _, v: _(
            "As you asked, here I am again. Your place is kept: {place}. It is about {time} to the"
            " end of the module.",
            **v,
        ),
        lambda _, v: _(
            "This is the time you chose. You are at {place}, and in about {time} the module is"
            " done.",
            **v,
        ),
    ),
}
