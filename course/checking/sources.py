"""Rules on citations of facts."""

from collections.abc import Iterator

from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping


def facts_exist(draft: CourseDraft) -> Iterator[Problem]:
    """Every cited fact is in the sources."""
    if draft.sources is None or draft.sources.is_truncated or draft.sources.top is None:
        return  # reported by another rule; every fact would be unknown
    facts = draft.sources.top.value("facts")
    known = facts.entries if isinstance(facts, YamlMapping) else {}
    for thing in draft.cited_items():
        for fact in thing.scalars("facts"):
            if fact.text not in known:
                what = f"there is no fact {fact.text[:40]} in {draft.sources.file}"
                yield fact.location.problem(what, "add it there, or name another fact")


def facts_are_named_once(draft: CourseDraft) -> Iterator[Problem]:
    """No item cites a fact twice."""
    for thing in draft.cited_items():
        seen = set()
        for fact in thing.scalars("facts"):
            if fact.text in seen:
                what = f"the fact {fact.text[:40]} is named twice here"
                yield fact.location.problem(what, "remove one of the two")
            seen.add(fact.text)
