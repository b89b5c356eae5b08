"""Names for learners who chose none."""

from itertools import islice

import pytest

from course.cohorts import pseudonyms
from course.cohorts.pseudonyms import generate_pseudonyms

KEY, OTHER = b"k" * 32, b"o" * 32
MOST_LETTERS = 24

# Words for drugs, their use, custody or despair in everyday English of several countries. Wide on
# purpose: there are enough other words.
SECOND_MEANINGS = """
    acid adam angel apple ash bait bars base bath beam bean bhang big birch bird black blade
    blast blaze bleak block blow blue blues blunt bob bomb bone bong bounce boza bread brick
    bridge bronze brown brownie bubble bud bullet bump bush bust butter button cake candy cane
    cannon captagon cell chain chalk charas charge charlie chase chat cheese chemical cherry
    chill china chrome clean clear cliff clink cloud coast coca cocktail coco coffee coke cold
    cone cook cooler copper corn cotton crack crash cross crystal cut cypress daisy dank dark
    deck delta devil diamond dirt dollar dope dose dot dove down dragon dream drop dust easy
    echo exit fair fairy fall fire fish fix flake flat flower fly fog fresh froth ganja garlic
    gate gear gina ginger glacier glass glory glow goblin gold golden grafter grass grave green
    hash haze hazel head heart heaven heavy herb hero high hole honey hook hop horse hot ice
    iron ivory joint joker juice jump jungle juniper key khat kick kind king kit kite late leaf
    ledge lemon light lightning lime line liquid live lock loop lotus love lucid lucky mandrax
    mary mash mellon mellow merry mexican miaow milk mint mist misty mojo molly monkey moon mud
    mule mushroom needle nick night noose northern nugget number nurse nyaope orange oxy pad
    palm patient pearl pebble pepper pill pin pink pipe pit plant plateau pony pop poppy pot
    powder proud pure purple quick rainbow rapid red reef reefer ring roach rock rocket roll
    root rope rose rush sage salt sand sandy scale screw shabu shady shard sheet shine shoot
    shot shroom silent silver skag skeleton skunk sky sleet slow smack smart smoke snort snow
    snowy soap soft soma space spark special speed spice spike spirit spliff spring stamp star
    stardust stir stone storm strong sugar sun sunny sunshine super sweet swift swing sword
    syrup tab tar tea tester thunder thyme tic ticket tiger tik tin tina toke tonic toot top
    tracks train tranq tranquil tree trip truck turbo twist up vapor velvet wake ward wash water
    wave wax weed whack wheel whip white whizz whoonga wild window wing wire wolf works wrap
    yard yellow zen zip zombie zone
"""


def first(key: bytes, cohort: int, learner: int) -> str:
    return next(generate_pseudonyms(key, cohort, learner))


def test_a_learner_always_has_the_same_name() -> None:
    assert first(KEY, 5, 1001) == "Southern Linden 17"
    assert first(KEY, 5, 1001) == first(KEY, 5, 1001)


def test_another_key_cohort_or_learner_gives_another_name() -> None:
    names = {first(KEY, 5, 1001), first(OTHER, 5, 1001), first(KEY, 6, 1001), first(KEY, 5, 1002)}

    assert len(names) == 4


def test_names_of_a_cohort_seldom_meet_and_the_next_one_is_free() -> None:
    people = range(1000, 2000)

    names = [first(KEY, 5, learner) for learner in people]

    assert len(set(names)) > 990
    for learner in people:
        assert len(set(islice(generate_pseudonyms(KEY, 5, learner), 3))) == 3


@pytest.mark.parametrize("word", [*pseudonyms._FIRST, *pseudonyms._SECOND])
def test_no_word_of_a_name_has_a_second_meaning_in_this_field(word: str) -> None:
    forms = {word.casefold().removesuffix(ending) for ending in ("", "y", "ey", "s", "en", "al")}

    assert not forms & set(SECOND_MEANINGS.split())


def test_no_word_stands_in_a_list_twice() -> None:
    for words in (pseudonyms._FIRST, pseudonyms._SECOND):
        assert len(set(words)) == len(words) >= 60


def test_names_are_short_and_plain() -> None:
    for learner in range(500):
        name = first(KEY, 5, learner)
        assert name.replace(" ", "").isalnum()
        assert len(name) <= MOST_LETTERS
