"""Remembers which message of a chat holds the open question, so that no dead buttons stay.

An answer that is typed, or a question that is shown again, leaves the buttons of that message.
Kept in memory only: after a restart an old button stays, and says kindly that it is old.
"""

from collections import OrderedDict

from bot.callback_data import SelectOptions, SubmitAnswer, unpack
from bot.messages import Reply

# More chats than have a question open at the same time; the longest ago is forgotten.
_MOST_CHATS = 20_000


class OpenQuestions:
    """The newest message with the letters of a question, by chat."""

    def __init__(self) -> None:
        self._messages: OrderedDict[int, int] = OrderedDict()

    def replace(self, chat: int, message_id: int, shown: Reply) -> int | None:
        """Remember a message that was sent, if it asks; returns the one that asked before."""
        if not _asks(shown):
            return None
        before = self._messages.pop(chat, None)
        self._messages[chat] = message_id
        if len(self._messages) > _MOST_CHATS:
            self._messages.popitem(last=False)
        return before

    def close(self, chat: int) -> int | None:
        """Forget the message with the open question, which is answered; returns it."""
        return self._messages.pop(chat, None)


def _asks(shown: Reply) -> bool:
    buttons = (button for row in shown.rows for button in row)
    return any(isinstance(unpack(one.data), SubmitAnswer | SelectOptions) for one in buttons)
