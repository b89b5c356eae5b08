"""Buttons under a broadcast: addresses, answers, and going on with the course."""

import pytest

from tests.conversations.broadcasts.steps import before_last, offers, sends_now
from tests.conversations.people import Careful


@pytest.mark.usefixtures("amina")
async def test_up_to_three_buttons_are_put_under_it(farid: Careful) -> None:
    await farid.says("/broadcast Nairobi: Will you come?")
    await farid.taps("Change")
    await farid.taps("Buttons")
    await farid.taps("A link")
    await farid.says("no address")
    assert farid.sees.startswith("I did not understand that.")
    await farid.says("The programme https://example.org/a?b=1&c=2")
    assert "- The programme: opens https://example.org/a?b=1&c=2" in farid.sees
    await farid.taps("Answers")
    await farid.says("I will come, I cannot, Perhaps")
    assert farid.sees.startswith("I did not understand that.")
    await farid.says("I will come, I cannot")
    assert "A link" not in farid.labels
    await farid.taps("Done")

    assert [row[0]["text"] for row in before_last(farid).buttons] == [
        "The programme", "I will come", "I cannot",
    ]  # fmt: skip
    assert before_last(farid).buttons[0][0]["url"] == "https://example.org/a?b=1&c=2"


async def test_answers_are_counted_and_can_be_changed(
    farid: Careful, amina: Careful, baraka: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Will you come?")
    await offers(farid, "I will come, I cannot")
    message, data = farid.button("I will come")
    await farid.presses(message, data)
    assert farid.toast == "In the message this button counts an answer."
    await sends_now(farid)

    await amina.taps("I will come")
    assert amina.toast == "Noted: I will come."
    await baraka.taps("I will come")
    assert baraka.toast == "Noted: I will come. 1 other person said the same."
    await amina.taps("I cannot")
    assert amina.toast == "Noted: I cannot."
    await farid.says("/deliveries")
    await farid.taps("1")
    assert "Answers:\nI will come: 1\nI cannot: 1" in farid.sees
    await farid.presses(message, data)
    assert farid.toast == "This can no longer be answered."


async def test_continue_under_a_broadcast_goes_on_where_the_learner_is(
    farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Two minutes?")
    await farid.taps("Change")
    await farid.taps("Buttons")
    await farid.taps("Continue")
    await farid.taps("Done")
    await sends_now(farid)

    await amina.taps("Continue")

    assert "Card 1 of 2" in amina.sees
