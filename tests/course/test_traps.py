"""The real course says with a finding what keeps it from being read as more than it is."""

import re

import pytest

from course import markup
from tests.support.running import real_course

COURSE = real_course()


def taught() -> dict[str, str]:
    """What cards and the words for pictures say, by the place where it stands."""
    said: dict[str, str] = {}
    for module in COURSE.modules:
        pictures = {module.id: module.picture} | {c.id: c.picture for c in module.cards()}
        said |= {f"picture of {of}": p.alt for of, p in pictures.items() if p is not None}
        said |= {card.id: markup.strip_markup(card.text) for card in module.cards()}
    return {place: " ".join(text.split()) for place, text in said.items()}


TRAPS = {
    "the English study had few deaths (F147)": (
        r"died less often|\b75 percent lower",
        r"\bfew\b.*(died|deaths)|[Dd]eaths (were|are) few|few deaths",
    ),
    "the UK review is about diversion, and has mostly US studies (F146)": (
        r"UK review|United Kingdom review|United Kingdom, uncertain",
        r"[Dd]iversion[^.]*mostly US studies",
    ),
    "the law on cautions was reformed, and nobody looked up what holds now (F134)": (
        r"conditional caution",
        r"reformed later: check what is in force",
    ),
    "the paper of 2015 speaks of targeting (F121)": (
        r"European Union's drugs agency wrote",
        r"targeting",
    ),
    "the common ground on relapse is how we read the texts (F106r)": (
        r"[Cc]ommon ground",
        r"as we read them",
    ),
    "treatment added in a serious supply case is from memory (F73r)": (
        r"Supply-type offences",
        r"[Ff]rom memory[;:] check the treaty text",
    ),
}


@pytest.mark.parametrize(("finding", "limit"), TRAPS.values(), ids=TRAPS)
def test_a_finding_is_taught_with_its_limit(finding: str, limit: str) -> None:
    places = {place: text for place, text in taught().items() if re.search(finding, text)}

    assert places != {}
    assert [place for place, text in places.items() if not re.search(limit, text)] == []


def test_a_reason_about_legal_pressure_is_not_answered_with_compulsory_treatment() -> None:
    [asked] = [q for m in COURSE.modules for q in m.bank if q.id == "m1o5a"]
    [pressure] = [option for option in asked.options if "pressure" in option.text]

    assert "compulsory" not in pressure.feedback
    assert {"F61", "F64"} & {fact.id for fact in asked.sources} == {"F64"}


def test_every_fact_that_is_partly_from_memory_counts_as_recalled() -> None:
    facts = {f.id: f for m in COURSE.modules for card in m.cards() for f in card.sources}
    remembered = [fact for fact in facts.values() if "from memory" in fact.says.lower()]

    assert remembered != []
    assert [fact.id for fact in remembered if fact.confidence != "recalled"] == []


def test_each_safeguard_that_a_key_calls_in_place_stands_in_its_case() -> None:
    [asked] = [q for m in COURSE.modules for q in m.questions() if q.id == "m5l1q1"]

    [key] = [option for option in asked.options if option.correct]
    assert "is in place" in key.text

    safeguards = ("a week", "benefits, risks, options", "no admission of guilt", "if he refuses")
    assert [said for said in safeguards if said not in asked.text] == []


def test_questions_have_no_turn_of_speech_that_readers_of_a_second_language_miss() -> None:
    hard = re.compile(r"is but a |\b(?:bear|bears) (?:her|him|the \w+) out\b|for good\b|by chance")

    questions = [q for m in COURSE.modules for q in (*m.questions(), *m.bank)]
    texts = {q.id: " ".join([q.text, *(o.text + o.feedback for o in q.options)]) for q in questions}

    assert [place for place, text in texts.items() if hard.search(text)] == []
