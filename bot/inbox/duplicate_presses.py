"""Detects duplicate presses: the same button pressed again before the first was answered."""

from collections import OrderedDict

from bot.actions.learner_state import Interaction

# Milliseconds within which a second press of the same button, with no other press on that message
# in between, is a duplicate. Paging back and forth alternates between buttons, so it is none.
_DUPLICATE_WITHIN = 2_000

# Messages remembered: far more than are pressed in two seconds.
_MAX_MESSAGES = 4_096


class DuplicatePresses:
    """Remembers the last press on each message."""

    def __init__(self) -> None:
        self._pressed: OrderedDict[tuple[int, int], tuple[str, int, int]] = OrderedDict()

    def record_press(self, interaction: Interaction, message_id: int, data: str) -> bool:
        """Record a press; returns whether it is a duplicate of one by another update.

        When the clock was set back in between, it is not: handling a press twice is safer than
        ignoring it.
        """
        key = (interaction.learner, message_id)
        before = self._pressed.pop(key, None)
        self._pressed[key] = (data, interaction.update_id, interaction.at)
        if len(self._pressed) > _MAX_MESSAGES:
            self._pressed.popitem(last=False)
        if before is None:
            return False
        pressed, update, at = before
        is_same = pressed == data and update != interaction.update_id
        return is_same and 0 <= interaction.at - at < _DUPLICATE_WITHIN
