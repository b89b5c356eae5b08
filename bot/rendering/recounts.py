"""The notice to admins about wrong counters."""

from bot.i18n import Translator
from bot.messages import Reply


def counters_repaired(_: Translator, repaired_counters: int) -> Reply:
    """Tells that statistics had errors, and that they are repaired."""
    return Reply(
        _.ngettext(
            "Each night I compare my statistics with what people really did. Tonight {number}"
            " figure was wrong. I have put it right. No learner has lost anything.\n\nThis should"
            " not happen: please tell who runs this bot. The log says more, under “recounted”.",
            "Each night I compare my statistics with what people really did. Tonight {number}"
            " figures were wrong. I have put them right. No learner has lost anything.\n\nThis"
            " should not happen: please tell who runs this bot. The log says more, under"
            " “recounted”.",
            repaired_counters,
        )
    )
