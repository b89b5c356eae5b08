"""Following a link into a cohort, names, and leaving."""

from urllib.parse import parse_qs, urlsplit

import pytest

from course.model import LearnerId
from storage import memberships
from tests.conversations import leading
from tests.conversations.leading import AMINA, BARAKA, invites, joins
from tests.conversations.people import Careful
from tests.support.running import Stage
from tests.support.tables import tables_with

DAY = 24 * 3600

# A number that stands nowhere by chance.
ZENOBIA = 7_070_707_070


@pytest.mark.journey
async def test_a_learner_joins_by_the_link_under_a_name_that_tells_nothing(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid, "Nairobi; welcome Karibu & <i>hello</i>")
    link = await invites(farid, cohort)

    amina = await joins(on_small, AMINA, link, "Amina")

    (mine,) = await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))
    assert amina.sees.startswith("You are in.\nNairobi\n")
    assert "Karibu & <i>hello</i>" in amina.sees
    assert f"Your facilitators see you as {mine.pseudonym}." in amina.sees
    assert "Amina" not in mine.pseudonym
    await farid.taps("Back")
    await farid.taps("Members")
    assert mine.pseudonym in farid.sees
    assert "Amina" not in farid.sees
    assert str(AMINA) not in farid.sees


async def test_whoever_is_new_reads_of_the_course_and_is_asked_one_thing(
    on_small: Stage, farid: Careful
) -> None:
    link = await invites(farid, await leading.makes_cohort(farid))
    amina = leading.person(on_small, AMINA)

    await amina.says(f"/start {link}")

    assert amina.heard == 1
    assert amina.sees.startswith("You are invited to learn together with others.\nNairobi, March")
    assert "Topic: " in amina.sees
    assert "I store your Telegram user ID" in amina.sees
    assert "They will not see your Telegram name" in amina.sees
    assert "Start" not in amina.labels
    assert amina.labels[1:] == ["Choose my own name", "Do not join"]
    await amina.taps("Do not join")
    assert await memberships.fetch_memberships(on_small.store, LearnerId(AMINA)) == ()
    await amina.taps("Continue")
    assert "Card 1 of 2" in amina.sees


async def test_whoever_knows_the_course_does_not_read_of_it_again(
    farid: Careful, amina: Careful
) -> None:
    link = await invites(farid, await leading.makes_cohort(farid))

    await amina.says(f"/start {link}")

    assert "Topic: " not in amina.sees


async def test_an_invitation_is_made_to_be_forwarded_and_its_instructions_stay_private(
    farid: Careful,
) -> None:
    cohort = await leading.makes_cohort(farid)

    link = await invites(farid, cohort)

    private, public = farid.messages[-2:]
    address = f"https://t.me/{farid.stage.tutor.username}?start={link}"
    assert link not in private.text
    assert "revoke it" in private.text
    assert "Cohort: Nairobi, March" in public.text
    assert public.text.endswith(f"\n\n{address}")
    assert "revoke" not in public.text
    assert "The bot keeps your Telegram user ID" in public.text
    assert public.buttons == [[{"text": "Have a look", "url": address}]], "others keep no more"
    shared = urlsplit(private.buttons[0][0]["url"])
    assert (shared.netloc, shared.path) == ("t.me", "/share/url")
    assert parse_qs(shared.query)["url"] == [address]
    assert "Nairobi, March" in parse_qs(shared.query)["text"][0]


async def test_a_link_is_printed_as_a_card_with_the_name_of_the_cohort_while_it_works(
    farid: Careful,
) -> None:
    cohort = await leading.makes_cohort(farid)
    link = await invites(farid, cohort)
    old = farid.button("QR code to print")

    await farid.taps("QR code to print")

    assert farid.newest.kind == "photo"
    assert farid.newest.text.startswith("A QR code to print or to show, for Nairobi, March.")
    assert link in farid.newest.text
    await invites(farid, cohort)
    before = farid.heard
    await farid.presses(*old)
    assert farid.heard == before, "that link works no more"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Wanjiru", "Wanjiru"),
        ("  <b>Bo & Co</b>  ", "<b>Bo & Co</b>"),
        ("A\u202eB\u2066C", "ABC"),
        ("\u05e9\u05dc\u05d5\u05dd 1", "\u05e9\u05dc\u05d5\u05dd 1"),
        ("{name} %s", "{name} %s"),
    ],
    ids=["plain", "markup", "marks that turn text", "right to left", "places"],
)
async def test_a_learner_chooses_a_name_of_any_kind_and_it_harms_no_screen(
    on_small: Stage, farid: Careful, typed: str, kept: str
) -> None:
    cohort = await leading.makes_cohort(farid)
    link = await invites(farid, cohort)
    amina = leading.person(on_small, AMINA)
    await amina.says(f"/start {link}")
    await amina.taps("Choose my own name")

    await amina.says(typed)

    assert amina.sees.startswith("You are in.")
    (mine,) = await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))
    assert mine.name == kept
    await farid.says("/cohorts")
    await farid.presses(farid.newest.id, f"k:members:{cohort}:")
    assert kept in farid.newest.text


async def test_a_name_is_changed_and_given_up(on_small: Stage, farid: Careful) -> None:
    link = await invites(farid, await leading.makes_cohort(farid))
    amina = await joins(on_small, AMINA, link)
    (before,) = await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))

    await amina.says("/name Wanjiru")
    assert "Wanjiru in Nairobi, March" in amina.sees
    await amina.says("/name")
    await amina.says("Wangari")
    assert "Wangari in Nairobi, March" in amina.sees
    await amina.says("/name \u200b")
    assert "at least one letter" in amina.sees
    await amina.says("/name")
    await amina.taps("Use the name I was given")

    assert (await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))) == (before,)


@pytest.mark.journey
async def test_who_leaves_is_seen_no_more_and_keeps_their_place(
    on_small: Stage, farid: Careful
) -> None:
    link = await invites(farid, await leading.makes_cohort(farid))
    amina = await joins(on_small, AMINA, link)
    await amina.taps("Continue")
    progress = (await on_small.store.fetch_history(LearnerId(AMINA))).progress

    await amina.says("/leave")
    await amina.taps("Nairobi, March")
    await amina.taps("Leave")

    assert amina.sees == "You have left this cohort.\nNairobi, March"
    assert await memberships.fetch_memberships(on_small.store, LearnerId(AMINA)) == ()
    assert (await on_small.store.fetch_history(LearnerId(AMINA))).progress == progress
    await amina.says("/leave")
    assert amina.sees.startswith("You belong to no cohort.")


async def test_the_link_again_says_that_one_belongs_already(
    on_small: Stage, farid: Careful
) -> None:
    link = await invites(farid, await leading.makes_cohort(farid, "Nairobi; places 1"))
    amina = await joins(on_small, AMINA, link)
    message, join = next(
        (message.id, button["callback_data"])
        for message in reversed(amina.messages)
        for row in message.buttons
        for button in row
    )

    await amina.says(f"/start {link}")

    assert amina.sees.startswith("You belong to this cohort already.\nNairobi")
    await amina.presses(message, "i:join:0:")
    assert amina.messages[-1].text or join
    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))) == 1


async def test_a_full_cohort_says_so_to_whoever_has_a_good_link(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid, "Nairobi; places 1")
    link = await invites(farid, cohort)
    await farid.presses(farid.newest.id, f"k:link:{cohort}:one")
    single = leading.payload(farid.newest)
    await joins(on_small, AMINA, link)
    baraka = leading.person(on_small, BARAKA)

    await baraka.says(f"/start {single}")

    assert baraka.sees.startswith("There is no place left in this cohort.")


async def test_unknown_used_up_revoked_replaced_and_expired_links_get_the_same_sentence(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid)
    replaced = await invites(farid, cohort)
    expired = await invites(farid, cohort)
    await farid.presses(farid.newest.id, f"k:link:{cohort}:one")
    single = leading.payload(farid.newest)
    await joins(on_small, AMINA, single)
    baraka = leading.person(on_small, BARAKA)
    baraka.waits(31 * DAY)
    revoked = await invites(farid, cohort)
    await farid.says("/cohorts")
    await farid.presses(farid.newest.id, f"k:unlink:{cohort}:")
    good = await invites(farid, cohort)
    wrong_kind = "a" + good[1:]
    answers = set()

    for link in ("c_" + "x" * 22, "c_", replaced, expired, single, revoked, wrong_kind):
        await baraka.says(f"/start {link}")
        answers.add(baraka.sees)

    assert answers == {
        "This link does not work, or no longer. Please ask whoever gave it to you for a new one."
    }


async def test_a_thousand_guesses_get_nowhere_and_harm_nobody_else(
    on_small: Stage, farid: Careful
) -> None:
    good = await invites(farid, await leading.makes_cohort(farid))
    guesser = leading.person(on_small, BARAKA)
    world = on_small.simulator.world
    for number in range(1_000):
        world.say(BARAKA, f"/start c_{number:022}")
    await on_small.settled()
    heard = [message.text for message in guesser.messages if message.from_bot]

    await guesser.says(f"/start {good}")

    assert len([text for text in heard if text.startswith("This link does not work")]) == 10
    assert len([text for text in heard if text.startswith("Too many links")]) == 990
    assert guesser.sees.startswith("Too many links"), "a good one is not told from a bad one now"
    assert await memberships.fetch_memberships(on_small.store, LearnerId(BARAKA)) == ()
    await joins(on_small, AMINA, good)
    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))) == 1
    guesser.waits(3_601)
    await guesser.says(f"/start {good}")
    assert guesser.sees.startswith("You are invited")


async def test_deleting_ones_data_takes_the_membership_too(on_small: Stage, farid: Careful) -> None:
    cohort = await leading.makes_cohort(farid)
    amina = await joins(on_small, AMINA, await invites(farid, cohort))

    await amina.says("/deletemydata")
    await amina.taps("Delete everything")

    assert await memberships.fetch_members(on_small.store, cohort) == ()


async def test_more_places_serve_the_link_that_was_made_before(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid, "Nairobi; places 1")
    link = await invites(farid, cohort)
    assert "1 person can join by its link" in farid.messages[-2].text
    await joins(on_small, AMINA, link)
    baraka = leading.person(on_small, BARAKA)
    await baraka.says(f"/start {link}")
    assert baraka.sees.startswith("There is no place left in this cohort.")
    await farid.says("/cohort Nairobi")
    await farid.taps("Change")
    await farid.taps("Places")
    await farid.says("2")

    await joins(on_small, BARAKA, link)

    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(BARAKA))) == 1


async def test_a_new_link_for_the_group_leaves_those_for_one_person(
    on_small: Stage, farid: Careful
) -> None:
    cohort = await leading.makes_cohort(farid)
    await farid.presses(farid.newest.id, f"k:link:{cohort}:one")
    single = leading.payload(farid.newest)

    await invites(farid, cohort)

    await joins(on_small, AMINA, single)
    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(AMINA))) == 1


async def test_a_link_for_one_person_serves_nobody_else_when_that_person_is_gone(
    on_small: Stage, farid: Careful, store_url: str
) -> None:
    cohort = await leading.makes_cohort(farid)
    singles = []
    for _ in range(2):
        await farid.presses(farid.newest.id, f"k:link:{cohort}:one")
        singles.append(leading.payload(farid.newest))
    zenobia = await joins(on_small, ZENOBIA, singles[0])
    await zenobia.says("/leave")
    await zenobia.taps("Nairobi, March")
    await zenobia.taps("Leave")
    await joins(on_small, ZENOBIA, singles[1])
    assert "invitations" in await tables_with(store_url, ZENOBIA)
    await zenobia.says("/deletemydata")
    await zenobia.taps("Delete everything")
    baraka = leading.person(on_small, BARAKA)

    for single in singles:
        await baraka.says(f"/start {single}")
        assert baraka.sees.startswith("This link does not work, or no longer.")

    assert await tables_with(store_url, ZENOBIA) == set(), "it is not known any more who it was"


async def test_help_names_what_members_can_do_to_members_only(
    on_small: Stage, farid: Careful, cohort: int
) -> None:
    baraka = leading.person(on_small, BARAKA, "Baraka")
    await baraka.says("/start")
    await baraka.says("/help")
    assert not any(f"/{name} " in baraka.sees for name in ("askfacilitator", "name", "leave"))

    amina = await leading.member(on_small, farid, cohort, AMINA)
    await amina.says("/help")

    assert all(f"/{name} " in amina.sees for name in ("askfacilitator", "name", "leave"))


async def test_a_name_that_ends_in_a_full_stop_gets_no_second_one(
    on_small: Stage, farid: Careful, cohort: int
) -> None:
    amina = leading.person(on_small, AMINA)
    await amina.says(f"/start {await invites(farid, cohort)}")
    await amina.taps("Choose my own name")

    await amina.says("Amina W.")

    assert "Your facilitators see you as Amina W.\n" in amina.sees
