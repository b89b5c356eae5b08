import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bench import answered, answers, due, exporting, growth, imports, question, statistics
from bench.learners import copy_database
from bench.sizes import FULL, TINY
from bench.table import Goal, Row, as_markdown, as_text
from bench.telegram import ROOT
from bot import clock
from course.reminders.check_times import DAY


@pytest.fixture(scope="module")
def asked() -> question.FirstQuestion:
    return question.first_question()


def test_everybody_answers_presses_and_every_answer_of_ours_is_kept(
    asked: question.FirstQuestion,
) -> None:
    said: list[str] = []

    rows = answers.rows(TINY, asked, said.append)

    assert len(rows) == 3 * len(TINY.loads) + 2
    assert all(row.ratio > 0 for row in rows)
    assert len(said) == 1 + len(TINY.loads) * (1 + TINY.rounds)


def test_everybody_is_started_once_and_warmed_up_for_each_number_in_flight(
    asked: question.FirstQuestion, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    warmed: list[int] = []
    monkeypatch.setattr(answers, "warm_up", lambda _field, load: warmed.append(load.in_flight))
    one = TINY.loads[0]
    loads = (one, replace(one, latency=0.01), replace(one, in_flight=2))

    rows = answers.rows(replace(TINY, loads=loads), asked, said.append)

    assert len(rows) == 3 * len(loads)
    assert sum(line.startswith("starting everybody") for line in said) == 1
    assert warmed == [1, 2]


def test_a_pool_that_has_grown_meets_no_smaller_load() -> None:
    assert list(FULL.loads) == sorted(FULL.loads, key=lambda load: load.in_flight)


def test_answers_are_recorded_with_and_without_counts_and_by_aiosqlite(
    asked: question.FirstQuestion,
) -> None:
    rows = growth.rows(TINY, asked)

    assert all(row.ratio > 0 for row in rows)
    assert all(row.verdict in {"met", "missed"} for row in rows)


def test_who_is_due_is_found_by_the_index_and_taken_once(asked: question.FirstQuestion) -> None:
    rows = due.rows(TINY, asked)

    assert [row.ratio > 0 for row in rows] == [True] * 4
    assert [row.goal is None for row in rows] == [False, False, True, True]


def test_a_lost_index_is_noticed(asked: question.FirstQuestion) -> None:
    with copy_database(TINY.few, asked) as file:
        with closing(sqlite3.connect(file.path)) as connection:
            connection.execute("drop index learners_to_nudge")

        with pytest.raises(AssertionError, match="SCAN learners"):
            asyncio.run(due.measure(file, asked, rounds=1))


def test_figures_are_read_from_counters_and_added_up_from_facts(
    asked: question.FirstQuestion,
) -> None:
    rows = statistics.rows(replace(TINY, learners=200), asked)

    assert [row.ratio > 0 for row in rows] == [True, True]


def test_figures_that_differ_from_the_facts_are_noticed(
    asked: question.FirstQuestion, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(answered, "FOLDER", tmp_path)
    with closing(sqlite3.connect(answered.kept_database(50, asked.course))) as connection:
        connection.execute("update answer_counts set count = count + 1")
        connection.commit()

    with pytest.raises(AssertionError, match="counters and facts differ"):
        statistics.rows(replace(TINY, learners=50), asked)


def test_exports_tell_how_many_rows_and_how_much_memory(asked: question.FirstQuestion) -> None:
    ours, held = exporting.measure(200, asked)

    assert ours.answers == held.answers == held.rows == 200 * answered.QUESTIONS
    assert ours.rows > ours.answers, "ours writes the other tables, too"
    assert min(ours.memory, held.memory) > 5_000_000


def test_answers_that_are_not_exported_are_noticed(
    asked: question.FirstQuestion, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(answered, "FOLDER", tmp_path)
    with closing(sqlite3.connect(answered.kept_database(50, asked.course))) as connection:
        connection.execute("delete from attempts where learner = 7")
        connection.commit()

    with pytest.raises(AssertionError, match="490 answers were exported"):
        exporting.measure(50, asked)


def test_nobody_is_due_while_presses_are_measured(asked: question.FirstQuestion) -> None:
    with copy_database(TINY.few, asked) as file, closing(sqlite3.connect(file.path)) as connection:
        due_by = "select count(*) from learners where next_nudge_at <= ?"
        tomorrow = clock.now() + DAY - 1

        file.nobody_is_due()

        assert connection.execute(due_by, (tomorrow,)).fetchall() == [(0,)]
        assert connection.execute(due_by, (tomorrow + DAY,)).fetchall() == [(TINY.few,)]


def test_a_run_loads_no_library_that_it_does_not_use(asked: question.FirstQuestion) -> None:
    _time, _memory, unwanted = imports.rows(TINY, asked)

    assert unwanted.ours == "none"


def test_learners_are_taken_once_each_and_missing_answers_are_noticed(
    asked: question.FirstQuestion,
) -> None:
    with copy_database(TINY.few, asked) as file:
        taken = [learner for _update, learner in file.take(TINY.few)]

        assert sorted(taken) == list(range(1, TINY.few + 1))
        with pytest.raises(AssertionError, match="more learners"):
            file.take(1)
        with pytest.raises(AssertionError, match="1 answers were given"):
            file.verify(attempts=1)


def test_the_table_says_what_was_met_and_what_was_missed() -> None:
    rows = [
        Row("a / b", "1 us", "2 us", 0.5, Goal(at_most=0.5)),
        Row("c / d", "9", "1", 9.0, Goal(at_least=10)),
        Row("e / f", "1", "1", 1.0),
    ]

    assert [row.verdict for row in rows] == ["met", "missed", ""]
    assert "missed" in as_text(rows)
    assert as_markdown(rows).splitlines()[3] == "| c / d | 9 | 1 | 9 | at least 10 | missed |"


def test_the_command_line_explains_itself() -> None:
    command = [sys.executable, "-m", "bench", "--help"]

    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert "docs/benchmarks.md" in said.stdout
