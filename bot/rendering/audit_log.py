"""The audit log of privileged acts."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.cohorts import cohort_button
from storage.roles import AuditEntry

PAGE_SIZE = 12
"""Entries on one page."""


def audit_page(_: Translator, acts: Sequence[AuditEntry], *, is_last: bool) -> Reply:
    """A page of the audit log, newest first, in the words in which it is stored."""
    lines = "\n".join(map(_line, acts))
    text = parts.join_paragraphs(
        parts.bold(_("Who did what, the latest first (UTC)")),
        lines or _("Nothing was done yet."),
        _("People are their numbers at Telegram. Nothing can be changed or deleted here."),
    )
    if is_last or not acts:
        return Reply(text)
    oldest = acts[-1]
    return Reply(text, ((cohort_button(_("Older"), "audit", oldest.update, str(oldest.at)),),))


def _line(act: AuditEntry) -> str:
    moment = datetime.fromtimestamp(act.at / 1000, UTC).strftime("%Y-%m-%d %H:%M")
    words = " ".join(each for each in (act.action, act.subject, act.detail) if each)
    return f"{moment} · {act.actor} · {parts.plain_text(words)}"
