"""Only people with one language: where they are few, a facilitator could make out who they are."""

import pytest

from course.model import LearnerId
from storage import broadcast_transitions, learners
from tests.conversations.broadcasts.steps import found, heard, sends_now, writes
from tests.conversations.people import DAY, Careful
from tests.support.running import Stage as Running

FEW = "Fewer than 5 people would get this in that language."


async def speakers(
    stage: Running, link: str, count: int, tag: str = "sw", first: int = 1100
) -> list[Careful]:
    """So many members whose Telegram is in one language."""
    people = []
    for one in range(first, first + count):
        stage.simulator.world.person(one, "Somebody", language_code=tag)
        person = Careful(stage, one)
        await person.says(f"/start {link}")
        await person.taps(next(label for label in person.labels if label.startswith("Join as")))
        people.append(person)
    return people


async def test_a_language_of_five_is_offered_and_of_four_is_not(
    on_small: Running, farid: Careful, link: str
) -> None:
    people = await speakers(on_small, link, 5)
    await writes(farid, "Nairobi: Habari")
    for label in ("Change", "Whom", "Only some of them", "language", "language: sw"):
        await farid.taps(label)
    assert "Now: Nairobi · language: sw" in farid.sees
    assert "5 people." in farid.sees

    await farid.taps("not finished")
    await farid.taps("finished")  # nobody has: that would tell who of the five did not
    assert FEW in farid.sees
    assert "Now: Nairobi · not finished, language: sw" in farid.sees
    await farid.taps("language: sw: chosen")
    await farid.taps("language: sw: chosen")
    await people[0].says("/leave")
    await people[0].taps("Nairobi")
    await people[0].taps("Leave")
    await farid.taps("language")

    assert farid.labels == ["Back"]
    assert "I offer only what at least 5 people have" in farid.sees


async def test_a_language_of_four_is_not_taken_when_typed_or_pressed_all_the_same(
    on_small: Running, farid: Careful, link: str
) -> None:
    people = await speakers(on_small, link, 4)
    await farid.says("/broadcast Nairobi, language sw: Habari")
    assert farid.sees.startswith(FEW)
    draft = await writes(farid, "Nairobi: Hello")

    await farid.presses(farid.newest.id, f"b:language:{draft}:sw")

    assert farid.sees.startswith(FEW)
    assert "Now: Nairobi\n" in farid.sees
    assert (await found(on_small, draft)).audience.language is None
    assert not any(heard(one, "Habari") for one in people)


async def test_a_draft_for_a_language_that_few_have_by_now_is_not_sent(
    on_small: Running, farid: Careful, link: str
) -> None:
    people = await speakers(on_small, link, 5)
    draft = await writes(farid, "Nairobi, language sw: Habari")
    message, send = farid.button("Send now")
    await people[0].says("/leave")
    await people[0].taps("Nairobi")
    await people[0].taps("Leave")

    await farid.presses(message, send)
    await on_small.sent()

    assert farid.sees.startswith(FEW)
    assert "4 people" not in farid.sees
    known = await found(on_small, draft)
    at = int(on_small.simulator.world.clock.now() * 1000)
    await on_small.store.write(broadcast_transitions.schedule_broadcast(known, at, farid.id))
    farid.waits(DAY)
    await on_small.ticks()
    assert not any(heard(one, "Habari") for one in people)


@pytest.mark.parametrize("how", ["told", "stored"])
async def test_a_tag_of_seventy_characters_is_no_language(
    on_small: Running, farid: Careful, link: str, how: str
) -> None:
    await speakers(on_small, link, 5, "sw-KE")
    tag = "x" * 70
    await speakers(on_small, link, 5, tag if how == "told" else "", first=1200)
    if how == "stored":
        await on_small.store.write(
            *(learners.set_language(LearnerId(n), tag) for n in range(1200, 1205))
        )
    await writes(farid, "Nairobi: Hello")

    for label in ("Change", "Whom", "Only some of them", "language"):
        await farid.taps(label)

    assert farid.labels == ["language: sw", "Back"]
    kept = (await on_small.store.fetch_history(LearnerId(1200))).learner
    assert kept is not None
    assert kept.language == (None if how == "told" else tag)


async def test_five_people_with_one_language_are_written_to(
    on_small: Running, farid: Careful, amina: Careful, link: str
) -> None:
    people = await speakers(on_small, link, 5, "sw-KE")
    await writes(farid, "Nairobi, language sw: Habari")

    await sends_now(farid)

    assert all(heard(one, "Habari") == 1 for one in people)
    assert not heard(amina, "Habari")
