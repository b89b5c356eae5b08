"""Rules on facts: nothing is taught without a source."""

from collections.abc import Iterator

from course.drafts import Draft
from course.problems import Problem
from course.yamlnodes import Keyed


def facts_exist(draft: Draft) -> Iterator[Problem]:
    """Every fact that something stands on is in the sources."""
    if draft.sources is None or draft.sources.cut or draft.sources.top is None:
        return  # a problem of its own; every fact would be unknown
    facts = draft.sources.top.value("facts")
    known = facts.entries if isinstance(facts, Keyed) else {}
    for thing in draft.sourced():
        for fact in thing.scalars("facts"):
            if fact.text not in known:
                what = f"there is no fact {fact.text[:40]} in {draft.sources.file}"
                yield fact.spot.problem(what, "add it there, or name another fact")


def facts_are_named_once(draft: Draft) -> Iterator[Problem]:
    """Nothing names a fact twice."""
    for thing in draft.sourced():
        seen = set()
        for fact in thing.scalars("facts"):
            if fact.text in seen:
                what = f"the fact {fact.text[:40]} is named twice here"
                yield fact.spot.problem(what, "remove one of the two")
            seen.add(fact.text)
