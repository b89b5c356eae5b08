"""The audit log of privileged acts."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.actions.audit_log import AuditPage
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.cohorts import cohort_button
from storage.roles import AuditEntry

PAGE_SIZE = 12
"""Entries on one page."""


def audit_page(_: Translator, page: AuditPage) -> Reply:
    """A page of the audit log, newest first, in the words in which it is stored."""
    acts = page.entries
    lines = "\n".join(_line(one, page.names) for one in acts)
    text = parts.join_paragraphs(
        parts.bold(_("Who did what, the latest first (UTC)")),
        lines or _("Nothing was done yet."),
        _(
            "People are their numbers at Telegram, with the name that they chose for their role."
            " Nothing can be changed or deleted here."
        ),
    )
    if page.is_last or not acts:
        return Reply(text)
    oldest = acts[-1]
    return Reply(text, ((cohort_button(_("Older"), "audit", oldest.update, str(oldest.at)),),))


_NAMING = ("give-role", "take-role")
"""Acts whose detail is the number of a person."""


def _line(act: AuditEntry, names: Mapping[int, str]) -> str:
    moment = datetime.fromtimestamp(act.at / 1000, UTC).strftime("%Y-%m-%d %H:%M")
    detail = parts.plain_text(act.detail)
    if act.action in _NAMING and detail.isdigit():
        detail = _person(int(detail), names)
    words = " ".join(each for each in (act.action, act.subject) if each)
    words = f"{parts.plain_text(words)} {detail}".rstrip()
    return f"{moment} · {_person(act.actor, names)} · {words}"


def _person(number: int, names: Mapping[int, str]) -> str:
    name = names.get(number)
    return str(number) if name is None else f"{parts.safe_name(name)} ({number})"
