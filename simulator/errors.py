"""Refusals in Telegram's words, and mistakes of whoever drives the simulator."""

from typing import NoReturn

from simulator.wire import Json


class SimulatorError(Exception):
    """The base of every error here."""


class ApiError(SimulatorError):
    """The Bot API refuses a call.

    Attributes:
        code: the HTTP status and `error_code`.
        description: the words, with their prefix such as "Bad Request: ".
        retry_after: seconds to wait, for 429.
        migrate_to: the new chat id, when a group became a supergroup.
    """

    def __init__(
        self,
        code: int,
        description: str,
        *,
        retry_after: int | None = None,
        migrate_to: int | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def wire(self) -> Json:
        """The answer's body."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        parameters: Json = {}
        if self.retry_after is not None:
            parameters["retry_after"] = self.retry_after
        if self.migrate_to is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to
        if parameters:
            body["parameters"] = parameters
        return body


def refuse(reason: str, *, migrate_to: int | None = None) -> NoReturn:
    """Refuse with a 400 that says `reason`."""
    raise ApiError(400, f"Bad Request: {reason}", migrate_to=migrate_to)


def forbid(reason: str) -> NoReturn:
    """Refuse with a 403 that says `reason`."""
    raise ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """A 409 that says `reason`."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """A 429 that asks to wait for `seconds`."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


class DrivingError(SimulatorError):
    """A test or the chat page asks for what a person could not do; the message is a sentence."""
