"""/status: the health of the process."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n import Translator
from bot.logs import ErrorCount
from bot.messages import Reply
from bot.rendering import parts

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class LaneHealth:
    """The state of one lane of outgoing messages.

    Attributes:
        waiting: messages in its queue.
        sent: messages sent since the start.
    """

    name: str
    waiting: int
    sent: int


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """What is known of backups.

    Attributes:
        at: when the newest was written; `None` when none was found.
        unreadable_folder: a backup folder that the bot may not read; `None` when there is none.
    """

    at: int | None = None
    unreadable_folder: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """The health of the process at one moment. Times are UTC milliseconds.

    Attributes:
        started_at: when the process started.
        waiting_updates: updates that are being handled or waiting.
        oldest_seconds: how long the oldest of them has waited.
        refusals: how often Telegram answered "too many requests" (429).
        backup: the newest one.
        last_recount: when counters were last recounted, and how many were wrong; `None` for never.
        errors: how often each action was logged as an error since the start, and when last.
    """

    at: int
    started_at: int
    version: str
    waiting_updates: int
    oldest_seconds: int
    lanes: tuple[LaneHealth, ...]
    refusals: int
    backup: BackupStatus
    last_recount: tuple[int, int] | None
    errors: Mapping[str, ErrorCount]


def status_page(_: Translator, health: Health) -> Reply:
    """The screen for /status."""
    return Reply(
        parts.join_paragraphs(
            parts.bold(_("Status of the bot")),
            _running(_, health),
            _waiting_text(_, health),
            _sent_text(_, health),
            _kept_text(_, health),
            _errors(_, health),
        )
    )


def _running(_: Translator, health: Health) -> str:
    return _(
        "Running for {time}, version {version}.",
        time=_duration(_, (health.at - health.started_at) // 1000),
        version=parts.plain_text(health.version),
    )


def _waiting_text(_: Translator, health: Health) -> str:
    if not health.waiting_updates:
        return _("Nothing waits to be answered.")
    oldest = _duration(_, health.oldest_seconds)
    return _.ngettext(
        "{number} update waits to be answered, for {time}.",
        "{number} updates wait to be answered, the oldest for {time}.",
        health.waiting_updates,
        time=oldest,
    )


def _sent_text(_: Translator, health: Health) -> str:
    lines = [
        _(
            "{lane}: {sent} sent, {waiting} waiting",
            lane=_lane(_, one.name),
            sent=_.number(one.sent),
            waiting=_.number(one.waiting),
        )
        for one in health.lanes
    ]
    refused = _("Telegram said that this was too fast: {number} times.", number=health.refusals)
    return "\n".join(
        (_("Messages since the start:"), *lines, *((refused,) if health.refusals else ()))
    )


def _kept_text(_: Translator, health: Health) -> str:
    backup = _backup(_, health)
    if health.last_recount is None:
        return "\n".join((backup, _("The figures were not compared with the facts yet.")))
    at, wrong = health.last_recount
    ago = _ago(_, health, at)
    if not wrong:
        right = _("The figures were compared with the facts {time} ago; all were right.", time=ago)
        return "\n".join((backup, right))
    compared = _.ngettext(
        "The figures were compared with the facts {time} ago; {number} was wrong.",
        "The figures were compared with the facts {time} ago; {number} were wrong.",
        wrong,
        time=ago,
    )
    return "\n".join((backup, compared))


def _backup(_: Translator, health: Health) -> str:
    known = health.backup
    if known.at is not None:
        return _("Last backup: {time} ago.", time=_ago(_, health, known.at))
    if known.unreadable_folder is not None:
        return _(
            "Last backup: not known, I may not look into {folder}.",
            folder=parts.plain_text(known.unreadable_folder),
        )
    return _("Last backup: not known, I found none.")


def _errors(_: Translator, health: Health) -> str:
    if not health.errors:
        return _("No errors since the start.")
    newest = sorted(health.errors.items(), key=lambda one: (-one[1].last_at, one[0]))
    lines = (
        _(
            "{kind}: {number}, the last {time} ago",
            kind=parts.plain_text(kind),
            number=_.number(counted.times),
            time=_ago(_, health, counted.last_at),
        )
        for kind, counted in newest
    )
    return "\n".join((_("Errors since the start, the newest first; the log says more:"), *lines))


def _ago(_: Translator, health: Health, at: int) -> str:
    return _duration(_, max(0, health.at - at) // 1000)


def _duration(_: Translator, seconds: int) -> str:
    if seconds < _MINUTE:
        return _.ngettext("{number} second", "{number} seconds", seconds)
    if seconds < _HOUR:
        return _.ngettext("{number} minute", "{number} minutes", seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return _.ngettext("{number} hour", "{number} hours", seconds // _HOUR)
    return _.ngettext("{number} day", "{number} days", seconds // _DAY)


def _lane(_: Translator, name: str) -> str:
    return {
        "answer": _("Answers"),
        "nudge": _("Reminders and other single messages"),
        "broadcast": _("Broadcasts"),
    }.get(name, name)
