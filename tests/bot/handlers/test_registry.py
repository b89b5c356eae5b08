"""What handlers and jobs raise."""

from types import SimpleNamespace
from typing import cast

import pytest
from telegram import Update

from bot.bot_api.sending import AnyContext
from bot.handlers.registry import HandlerErrors


def met(error: Exception) -> AnyContext:
    """What python-telegram-bot hands over with an error."""
    return cast("AnyContext", SimpleNamespace(error=error))


async def test_the_error_of_an_update_is_kept_until_it_is_asked_for() -> None:
    failures, error = HandlerErrors(), ValueError("broken")

    await failures.record_error(Update(7), met(error))

    assert failures.take_error(7) is error
    assert failures.take_error(7) is None


async def test_the_error_of_a_job_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    await HandlerErrors().record_error(None, met(ValueError("the tick is broken")))

    assert "A job failed" in caplog.text
    assert "the tick is broken" in caplog.text
