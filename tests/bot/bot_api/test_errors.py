"""The table of what errors of the Bot API mean."""

from datetime import timedelta
from pathlib import Path

import pytest
from telegram import error as telegram_errors
from telegram.error import TelegramError

from bot.bot_api.errors import DroppedCallError, ErrorKind, NotSentError, classify

_BOT = Path(__file__).parents[3] / "bot"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (telegram_errors.RetryAfter(3), ErrorKind.RATE_LIMITED),
        (NotSentError("no connection"), ErrorKind.NOT_CONNECTED),
        (telegram_errors.InvalidToken(), ErrorKind.TOKEN_REFUSED),
        (telegram_errors.Forbidden("blocked"), ErrorKind.UNREACHABLE),
        (telegram_errors.ChatMigrated(-100), ErrorKind.MIGRATED),
        (telegram_errors.BadRequest("can't parse entities"), ErrorKind.REFUSED),
        (telegram_errors.BadRequest("Chat not found"), ErrorKind.UNREACHABLE),
        (telegram_errors.BadRequest("PEER_ID_INVALID"), ErrorKind.UNREACHABLE),
        (telegram_errors.Conflict("another"), ErrorKind.CONFLICT),
        (telegram_errors.TimedOut(), ErrorKind.TIMED_OUT),
        (telegram_errors.NetworkError("broke"), ErrorKind.NO_ANSWER),
        (TelegramError("a log-in page"), ErrorKind.NO_ANSWER),
        (DroppedCallError(), ErrorKind.NOT_CONNECTED),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, TelegramError) else "",
)
def test_each_error_has_one_meaning(error: TelegramError, kind: ErrorKind) -> None:
    assert classify(error).kind is kind


def test_only_what_surely_was_not_sent_may_be_sent_again() -> None:
    sent_again = {kind for kind in ErrorKind if kind.surely_not_sent}

    assert sent_again == {
        ErrorKind.RATE_LIMITED,
        ErrorKind.NOT_CONNECTED,
        ErrorKind.TOKEN_REFUSED,
    }


def test_the_seconds_to_wait_and_a_new_chat_id_come_with_the_meaning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")

    assert classify(telegram_errors.RetryAfter(timedelta(seconds=7))).retry_after == 7.0
    assert classify(telegram_errors.ChatMigrated(-100)).new_chat == -100


def test_nobody_but_the_package_of_the_bot_api_knows_telegrams_errors() -> None:
    others = [file for file in _BOT.rglob("*.py") if "bot_api" not in file.parts]

    found = [file for file in others if "telegram.error" in file.read_text("utf-8")]

    assert others
    assert found == []
