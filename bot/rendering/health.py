"""/status: how the process is, in the order in which an operator asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.rendering import parts
from bot.replies import Reply
from bot.voice import Voice

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class LaneHealth:
    """One lane of what goes out.

    Attributes:
        waiting: messages that wait for their turn.
        sent: messages that had it since the start.
    """

    name: str
    waiting: int
    sent: int


@dataclass(frozen=True, slots=True)
class Health:
    """How the process is at one moment. Times are UTC milliseconds.

    Attributes:
        since: since when it runs.
        waiting: updates in hand or waiting.
        oldest_seconds: for how long the oldest of them has waited.
        refusals: how often Telegram said that it was too fast.
        backup_at: when the newest backup was written; `None` when none was found.
        recounted: when counters were compared last, and how many were wrong; `None` for never.
        errors: how often each kind came since the start.
    """

    at: int
    since: int
    version: str
    waiting: int
    oldest_seconds: int
    lanes: tuple[LaneHealth, ...]
    refusals: int
    backup_at: int | None
    recounted: tuple[int, int] | None
    errors: Mapping[str, int]


def status(_: Voice, health: Health) -> Reply:
    """The screen."""
    return Reply(
        parts.lines(
            parts.bold(_("Status of the bot")),
            _running(_, health),
            _in_hand(_, health),
            _out(_, health),
            _kept(_, health),
            _errors(_, health),
        )
    )


def _running(_: Voice, health: Health) -> str:
    return _(
        "Running for {time}, version {version}.",
        time=_duration(_, (health.at - health.since) // 1000),
        version=parts.plain_text(health.version),
    )


def _in_hand(_: Voice, health: Health) -> str:
    if not health.waiting:
        return _("Nothing waits to be answered.")
    oldest = _duration(_, health.oldest_seconds)
    return _.ngettext(
        "{number} update waits to be answered, for {time}.",
        "{number} updates wait to be answered, the oldest for {time}.",
        health.waiting,
        time=oldest,
    )


def _out(_: Voice, health: Health) -> str:
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


def _kept(_: Voice, health: Health) -> str:
    backup = (
        _("Last backup: not known.")
        if health.backup_at is None
        else _("Last backup: {time} ago.", time=_ago(_, health, health.backup_at))
    )
    if health.recounted is None:
        return "\n".join((backup, _("The figures were not compared with the facts yet.")))
    at, wrong = health.recounted
    ago = _ago(_, health, at)
    compared = _.ngettext(
        "The figures were compared with the facts {time} ago; {number} was wrong.",
        "The figures were compared with the facts {time} ago; {number} were wrong.",
        wrong,
        time=ago,
    )
    return "\n".join((backup, compared))


def _errors(_: Voice, health: Health) -> str:
    if not health.errors:
        return _("No errors since the start.")
    ranked = sorted(health.errors.items(), key=lambda one: (-one[1], one[0]))
    lines = (f"{parts.plain_text(kind)}: {_.number(count)}" for kind, count in ranked)
    return "\n".join((_("Errors since the start, by kind; the log says more:"), *lines))


def _ago(_: Voice, health: Health, at: int) -> str:
    return _duration(_, max(0, health.at - at) // 1000)


def _duration(_: Voice, seconds: int) -> str:
    if seconds < _MINUTE:
        return _.ngettext("{number} second", "{number} seconds", seconds)
    if seconds < _HOUR:
        return _.ngettext("{number} minute", "{number} minutes", seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return _.ngettext("{number} hour", "{number} hours", seconds // _HOUR)
    return _.ngettext("{number} day", "{number} days", seconds // _DAY)


def _lane(_: Voice, name: str) -> str:
    return {
        "answer": _("Answers"),
        "nudge": _("Reminders and other single messages"),
        "broadcast": _("Broadcasts"),
    }.get(name, name)
