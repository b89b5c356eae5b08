"""Buttons about a broadcast."""

from bot.actions.broadcast_drafts import BroadcastDraft
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button
from bot.rendering import parts
from storage.broadcasts import Broadcast

_MAX_LABEL_LENGTH = 40


def broadcast_button(
    label: str, what: str, subject: BroadcastDraft | Broadcast | None, value: str = ""
) -> Button:
    """A button about a broadcast."""
    known = subject.broadcast if isinstance(subject, BroadcastDraft) else subject
    return parts.button(label, ManagePress("b", what, known.id if known else 0, value))


def toggle_button(
    _: Translator, label: str, on: bool, what: str, draft: BroadcastDraft, value: str = ""
) -> Button:
    """A button that shows whether its option is chosen."""
    if not on:
        return broadcast_button(parts.shorten(label, _MAX_LABEL_LENGTH), what, draft, value)
    room = _MAX_LABEL_LENGTH - len(_("{label}: chosen", label=""))
    return broadcast_button(
        _("{label}: chosen", label=parts.shorten(label, room)), what, draft, value
    )


def audience_button(_: Translator, draft: BroadcastDraft) -> Button:
    """Opens the choice of the audience."""
    return broadcast_button(_("Whom"), "whom", draft)


def cancel_button(_: Translator, draft: BroadcastDraft) -> Button:
    """Cancels the broadcast."""
    return broadcast_button(_("Cancel"), "cancel", draft)


def done_button(_: Translator, draft: BroadcastDraft, *, with_preview: bool = False) -> Button:
    """Returns to the summary.

    Args:
        with_preview: send a new preview too, since it may look different now.
    """
    return broadcast_button(_("Done"), "look", draft, "anew" if with_preview else "")
