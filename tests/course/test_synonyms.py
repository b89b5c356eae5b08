"""Synonyms become one word."""

import pytest

from course.synonyms import Synonyms

SYNONYMS = Synonyms(
    [("prison*", "jail*", "behind bars", "cell"), ("how many", "share of"), ("cell", "x")]
)


@pytest.mark.parametrize(
    ("text", "united"),
    [
        ("in jail", "in prison"), ("jailed prisoners", "prison prison"),
        ("behind\n bars", "prison"), ("a cell", "a prison"), ("cells", "cells"),
        ("ajail", "ajail"), ("x", "cell"), ("the share of", "the howmany"), ("", ""),
    ],
)  # fmt: skip
def test_a_synonym_becomes_the_name_of_its_group(text: str, united: str) -> None:
    assert SYNONYMS.unite(text) == united


def test_without_groups_every_word_stays() -> None:
    assert Synonyms(()).unite("in jail") == "in jail"
