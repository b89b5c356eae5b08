"""Answers to broadcasts, as told to the learners who press them."""

from bot.actions.rsvps import RsvpRecorded
from bot.i18n import Translator


def rsvp_noted(_: Translator, happened: RsvpRecorded) -> str:
    """Toast: the learner's answer is recorded."""
    said = _("Noted: {answer}.", answer=happened.answer)
    if not happened.others:
        return said
    others = _.ngettext(
        "{number} other person said the same.",
        "{number} other people said the same.",
        happened.others,
    )
    return f"{said} {others}"


def only_a_preview(_: Translator) -> str:
    """Toast: an answer button in the preview was pressed."""
    return _("In the message this button counts an answer.")


def no_longer_answerable(_: Translator) -> str:
    """Toast: it can no longer be answered, or was sent to others."""
    return _("This can no longer be answered.")
