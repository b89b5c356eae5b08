"""Double taps: the same button of the same message again, before the first could be answered."""

from collections import OrderedDict

from bot.actions.visits import Turn

# The same button of the same message within this time (milliseconds), with no other in between, is
# a double tap. Paging back and forth presses the same buttons by turns and is none.
_DOUBLE_TAP = 2_000

# So many messages are remembered to know double taps: far more than are pressed in two seconds.
_REMEMBERED = 4_096


class DoubleTaps:
    """What was pressed last on each message."""

    def __init__(self) -> None:
        self._pressed: OrderedDict[tuple[int, int], tuple[str, int, int]] = OrderedDict()

    def is_one(self, turn: Turn, message: int, data: str) -> bool:
        """Whether the same button was pressed a moment ago, by another update than this.

        A clock that was set back in between tells nothing about how long ago it was; then it is
        none: to do twice what can be done twice is better than to do nothing.
        """
        key = (turn.learner, message)
        before = self._pressed.pop(key, None)
        self._pressed[key] = (data, turn.update, turn.at)
        if len(self._pressed) > _REMEMBERED:
            self._pressed.popitem(last=False)
        if before is None:
            return False
        pressed, update, at = before
        is_same = pressed == data and update != turn.update
        return is_same and 0 <= turn.at - at < _DOUBLE_TAP
