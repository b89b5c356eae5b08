"""Rules on questions: key, options, feedback, objective and kind."""

from collections.abc import Iterator

from course import markup
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.module_format import KINDS
from course.reading.yaml_nodes import YamlMapping, YamlScalar, YamlSequence


def some_are_right_and_some_are_not(draft: CourseDraft) -> Iterator[Problem]:
    """At least one option is correct and at least one is not."""
    for question in draft.questions():
        options = question.value("options")
        if not isinstance(options, YamlSequence) or options.is_truncated or not options.items:
            continue
        marks = [_read_mark(option) for option in options.items]
        if None in marks:
            continue  # an unreadable mark is reported by another rule
        if not any(marks):
            what = "no option of this question is correct"
            yield question.location_of("options").problem(
                what, "add correct: true to the right one"
            )
        elif all(marks):
            what = "every option of this question is correct"
            yield question.location_of("options").problem(what, "add one that is not right")


def options_differ(draft: CourseDraft) -> Iterator[Problem]:
    """No two options of a question have the same text."""
    return _repeated(draft, "text", "is the same as that of another option", "write another answer")


def each_option_has_its_own_feedback(draft: CourseDraft) -> Iterator[Problem]:
    """Every option has feedback of its own."""
    return _repeated(
        draft,
        "feedback",
        "is the same as that of another option",
        "say what choosing this very option shows",
    )


def objectives_exist(draft: CourseDraft) -> Iterator[Problem]:
    """A question names an objective of its own module."""
    for top in draft.module_mappings():
        objectives = top.value("objectives")
        if not isinstance(objectives, YamlSequence) or objectives.is_truncated:
            continue
        known = {objective.text("id") for objective in top.mappings("objectives")}
        for question in _asked_in(top):
            wanted = question.scalar("objective")
            if wanted is not None and wanted.text not in known:
                what = f"this module has no objective {wanted.text[:40]}"
                do = "name one of its objectives, or add this one to them"
                yield wanted.location.problem(what, do)


def lessons_teach_and_modules_test(draft: CourseDraft) -> Iterator[Problem]:
    """Lessons contain questions of the kind teach, and the module's bank all others."""
    for top in draft.module_mappings():
        for lesson in top.mappings("lessons"):
            for question in lesson.mappings("questions"):
                kind = question.scalar("kind")
                if kind is not None and kind.text in KINDS[1:]:
                    what = f"a lesson has a question of the kind {kind.text}"
                    do = "move it to the questions of the module, below its lessons"
                    yield kind.location.problem(what, do)
        for question in top.mappings("questions"):
            if (question.text("kind") or "teach") == "teach" and not question.is_truncated:
                what = "a question of the module, outside of its lessons, is of the kind teach"
                do = (
                    f"move it into a lesson, or write kind: {', '.join(KINDS[1:-1])} or {KINDS[-1]}"
                )
                yield question.location.problem(what, do)


def _asked_in(top: YamlMapping) -> Iterator[YamlMapping]:
    for lesson in top.mappings("lessons"):
        yield from lesson.mappings("questions")
    yield from top.mappings("questions")


def _read_mark(option: object) -> bool | None:
    """Whether an option is correct; `None` if the mark cannot be read."""
    if not isinstance(option, YamlMapping):
        return None
    value = option.value("correct")
    if value is None:
        return None if option.is_truncated else False
    return value.as_bool if isinstance(value, YamlScalar) else None


def _repeated(draft: CourseDraft, key: str, what: str, do: str) -> Iterator[Problem]:
    for question in draft.questions():
        first: dict[str, YamlScalar] = {}
        for option in question.mappings("options"):
            if (said := option.scalar(key)) is not None:
                words = " ".join(markup.strip_markup(said.text).casefold().split())
                earlier = first.setdefault(words, said)
                if earlier is not said:
                    yield said.location.problem(
                        f"this {key} {what} (line {earlier.location.line})", do
                    )
