"""Item analysis anew, in plain Python over exported facts; written apart, as `reckoning` is."""

from collections.abc import Sequence
from statistics import correlation
from typing import Any

from course.model import Question
from tests.statistics.facts import Given, Person
from tests.statistics.moments import World
from tests.statistics.reckoning import first_answers, middle, shown

Answer = tuple[Person, Given]


def items(world: World, cohort: int | None) -> list[dict[str, Any]]:
    """Every question in teaching order."""
    return [
        item(world, cohort, question)
        for module in world.course.modules
        for question in module.questions()
    ]


def item(world: World, cohort: int | None, question: Question) -> dict[str, Any]:
    """One question."""
    answers = first_answers(world, cohort, question.id)
    everybody = first_answers(world, None, question.id)
    found: dict[str, Any] = {"question": question.id, "answered": shown(len(answers))}
    if len(answers) < 30 or 0 < len(everybody) - len(answers) < 5:
        return {**found, "verdicts": [("too-few", None)]}
    facility = round(100 * sum(_is_right(question, a) for a in answers) / len(answers))
    known = [(s, a) for a in answers if (s := standing(a)) is not None]
    strength = discrimination(question, known)
    options = _options(question, answers, known)
    times = [took for a in everybody if (took := _took(a)) is not None]
    return {
        **found,
        "facility": facility,
        "discrimination": strength,
        "options": options,
        "seconds": middle(times) if len(times) >= 30 else None,
        "verdicts": _verdicts(question, answers, _best(known), facility, strength, options),
    }


def standing(answer: Answer) -> int | None:
    """Tenths of the first answers before this one that were right."""
    one, given = answer
    before = [other.right for other in one.firsts if other.at < given.at]
    return 10 * sum(before) // len(before) if len(before) >= 5 else None


def discrimination(question: Question, known: Sequence[tuple[int, Answer]]) -> float | None:
    """Pearson's correlation of standing and being right."""
    x, y = [s for s, _ in known], [float(_is_right(question, a)) for _, a in known]
    if len(known) < 30 or len(set(x)) == 1 or len(set(y)) == 1:
        return None
    return correlation(x, y)


def _is_right(question: Question, answer: Answer) -> bool:
    return answer[1].chosen == {option.id for option in question.options if option.correct}


def _took(answer: Answer) -> int | None:
    one, given = answer
    before = [at for at in one.moments if at < given.at]
    if not before or given.at - before[-1] > 600_000:
        return None
    seconds = (given.at - before[-1]) // 1000
    return seconds if seconds < 60 else seconds // 10 * 10


def _options(
    question: Question, answers: Sequence[Answer], known: Sequence[tuple[int, Answer]]
) -> list[tuple[Any, ...]]:
    """Option, share, share in the upper third, in the lower."""
    groups: list[Sequence[Answer] | None] = [answers, _best(known) or None, None]
    standings = sorted(s for s, _ in known)
    third = -(-len(standings) // 3)
    if len(standings) >= 30 and standings[third - 1] < standings[-third]:
        groups[2] = [a for s, a in known if s <= standings[third - 1]]
    return [
        (option.id, *(None if g is None else _share(option.id, g) for g in groups))
        for option in question.options
    ]


def _best(known: Sequence[tuple[int, Answer]]) -> list[Answer]:
    """The upper third; nobody where there is none."""
    standings = sorted(s for s, _ in known)
    third = -(-len(standings) // 3)
    if len(standings) < 30 or standings[third - 1] >= standings[-third]:
        return []
    return [a for s, a in known if s >= standings[-third]]


def _beats(lure: str, keys: set[Any], upper: Sequence[Answer]) -> bool:
    """By the score test of one half, which Wilson's bounds turn round."""
    for key in keys:
        only = [(lure in g.chosen) for _, g in upper if (lure in g.chosen) != (key in g.chosen)]
        if 2 * sum(only) - len(only) > 1.959964 * len(only) ** 0.5:
            return True
    return False


def _share(option: str, answers: Sequence[Answer]) -> int:
    return round(100 * sum(option in given.chosen for _, given in answers) / len(answers))


def _verdicts(
    question: Question,
    answers: Sequence[Answer],
    upper: Sequence[Answer],
    facility: int,
    strength: float | None,
    options: Sequence[tuple[Any, ...]],
) -> list[tuple[str, str | None]]:
    """For questions that are asked after they were taught."""
    keys = {option.id for option in question.options if option.correct}
    best = {name: share for name, _, share, _ in options if share is not None}
    weak = {name: lower for name, _, _, lower in options if lower is not None}
    tempting = [n for n in best if n not in keys and best[n] > min(best[key] for key in keys)]
    lures = [n for n in tempting if best[n] > weak[n] and _beats(n, keys, upper)]
    found: list[tuple[str, str | None]] = []
    if lures and strength is not None and round(strength, 2) < 0.2:
        found.append(("key-doubtful", max(lures, key=lambda name: (best[name], name))))
    elif strength is not None and round(strength, 2) < 0:
        found.append(("misleading", None))
    if facility < 30 or (tempting and not found):
        found.append(("hard", None))
    if strength is not None and 0 <= round(strength, 2) < 0.2 and facility <= 90:
        found.append(("weak", None))
    missed = [a for a in answers if not _is_right(question, a)]
    for option in question.options:
        chosen = sum(option.id in given.chosen for _, given in missed)
        if option.id not in keys and len(missed) >= 30 and chosen < 0.05 * len(missed):
            found.append(("dead-option", option.id))
    return found or [("fine", None)]
