"""What went wrong with an update, by what follows from it."""


class TemporaryError(Exception):
    """Handling failed for a temporary reason (network, full disk): retried without being counted.

    Attributes:
        wait: seconds until the retry; `None` for the default.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(f"Cannot be done now: {reason}. It is tried again.")
        self.wait = wait


class UnansweredError(TemporaryError):
    """Telegram gave no valid answer; temporary, unless other updates do get answers."""


class MaybeSentError(TemporaryError):
    """The message may have been sent; retried, but counted, so that it is not sent endlessly."""
