"""Remembers which message of a chat holds the open question, so that no dead buttons stay.

An answer that is typed, or a question that is shown again, leaves the buttons of that message.
Kept in memory only: after a restart an old button stays, and says kindly that it is old.
"""

from collections import OrderedDict
from dataclasses import dataclass

from bot.callback_data import SelectOptions, SubmitAnswer, unpack
from bot.messages import Button, Reply, Rows

# More chats than have a question open at the same time; the longest ago is forgotten.
_MOST_CHATS = 20_000


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A message with a question.

    Attributes:
        other_rows: its buttons without the letters, which stay when those go.
    """

    message_id: int
    other_rows: Rows


class OpenQuestions:
    """The newest message with the letters of a question, by chat."""

    def __init__(self) -> None:
        self._open: OrderedDict[int, OpenQuestion] = OrderedDict()

    def replace(self, chat: int, message_id: int, shown: Reply) -> OpenQuestion | None:
        """Remember a message that was sent, if it asks; returns the one that asked before."""
        other_rows = tuple(row for row in shown.rows if not any(map(_is_letter, row)))
        if other_rows == tuple(shown.rows):
            return None
        before = self._open.pop(chat, None)
        self._open[chat] = OpenQuestion(message_id, other_rows)
        if len(self._open) > _MOST_CHATS:
            self._open.popitem(last=False)
        return before

    def close(self, chat: int) -> OpenQuestion | None:
        """Forget the message with the open question, which is answered; returns it."""
        return self._open.pop(chat, None)


def _is_letter(button: Button) -> bool:
    return isinstance(unpack(button.data), SubmitAnswer | SelectOptions)
