"""Votes in a poll of the bot."""

from simulator.errors import DrivingError
from simulator.messages import Message


def voted(message: Message, user_id: int, options: list[int]) -> None:
    """Count the vote of `user_id`, in place of an earlier one.

    Raises:
        DrivingError: there is no open poll, no such option, or the vote cannot be changed.
    """
    poll = message.content.get("poll")
    if poll is None or poll["is_closed"]:
        reason = "There is no open poll in this message."
        raise DrivingError(reason)
    if not all(0 <= option < len(poll["options"]) for option in options):
        reason = "The poll has no such option."
        raise DrivingError(reason)
    if len(options) > 1 and not poll["allows_multiple_answers"]:
        reason = "Only one option can be chosen."
        raise DrivingError(reason)
    votes: dict[int, list[int]] = message.options.setdefault("votes", {})
    if user_id in votes and not poll["allows_revoting"]:
        reason = "The vote cannot be changed."
        raise DrivingError(reason)
    votes[user_id] = options
    counted = [
        option | {"voter_count": sum(number in vote for vote in votes.values())}
        for number, option in enumerate(poll["options"])
    ]
    voters = sum(bool(vote) for vote in votes.values())
    message.content = message.content | {
        "poll": poll | {"options": counted, "total_voter_count": voters}
    }
