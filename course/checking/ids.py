"""Rules on ids, which buttons and learners' records store, and on the ids of cited facts."""

from collections.abc import Iterable, Iterator

from course import limits
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping, YamlScalar


def ids_are_used_once(draft: CourseDraft) -> Iterator[Problem]:
    """No two items of a course have the same id, whatever their kind."""
    return _duplicates(_ids(draft), "in the course")


def option_ids_are_used_once(draft: CourseDraft) -> Iterator[Problem]:
    """No two options of a question have the same id."""
    for question in draft.questions():
        yield from _duplicates(_own_ids(question.mappings("options")), "in this question")


def answers_fit_their_buttons(draft: CourseDraft) -> Iterator[Problem]:
    """The longest button data of every question is within Telegram's limit."""
    for question in draft.questions():
        options = tuple(option.text("id") for option in question.mappings("options"))
        if len(question.text("id")) > limits.MAX_ID_LENGTH or len(options) > limits.MAX_OPTIONS:
            continue  # reported already, by the rules on lengths
        if any(len(option) > limits.MAX_OPTION_ID_LENGTH for option in options):
            continue
        used = limits.utf8_bytes(limits.longest_answer_button(question.text("id"), options))
        if used > limits.MAX_BUTTON_BYTES:
            what = (
                f"a button of this question needs {used} bytes, and {limits.MAX_BUTTON_BYTES} fit"
            )
            do = "write ids in plain small letters, digits and hyphens, and shorter"
            yield question.location_of("id").problem(what, do)


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


def _ids(draft: CourseDraft) -> Iterator[YamlScalar]:
    for top in draft.module_mappings():
        yield from _own_ids((top, *top.mappings("objectives")))
        for lesson in top.mappings("lessons"):
            yield from _own_ids((lesson, *lesson.mappings("cards"), *lesson.mappings("questions")))
        yield from _own_ids(top.mappings("questions"))


def _own_ids(things: Iterable[YamlMapping]) -> Iterator[YamlScalar]:
    return (found for thing in things if (found := thing.scalar("id")) is not None)


def _duplicates(ids: Iterable[YamlScalar], within: str) -> Iterator[Problem]:
    first: dict[str, YamlScalar] = {}
    for each in ids:
        earlier = first.setdefault(each.text, each)
        if earlier is not each:
            shown = each.text[: limits.MAX_ID_LENGTH]
            at = f"{earlier.location.file}, line {earlier.location.line}"
            what = f"the id {shown} is used a second time {within}"
            yield each.location.problem(what, f"choose another one (the first is in {at})")
