import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bench import answer_cost, due, imports, learner_files, question, statistics_cost, stores
from bench.bots import AnswerTable
from bench.learner_files import copy_database
from bench.processes import ROOT
from bench.run_sizes import FULL, TINY
from bench.table import Goal, Row, as_markdown, as_text
from bot import clock
from course.local_time import DAY


@pytest.fixture(scope="module")
def asked() -> question.FirstQuestion:
    return question.first_question()


def test_everybody_answers_presses_and_every_answer_of_ours_is_kept(
    asked: question.FirstQuestion,
) -> None:
    said: list[str] = []

    rows = answer_cost.rows(TINY, asked, said.append)

    assert [row.goal is None for row in rows] == [False] * 3
    assert all(row.ratio > 0 for row in rows)
    assert sum(line.startswith("starting everybody") for line in said) == 1


def test_a_pool_that_has_grown_meets_no_smaller_load() -> None:
    assert list(FULL.loads) == sorted(FULL.loads, key=lambda load: load.in_flight)


async def test_the_peers_commit_each_answer(tmp_path: Path) -> None:
    table = await AnswerTable.open(str(tmp_path / "answers.db"))

    await asyncio.gather(*(table.record(learner, "a:1") for learner in range(5)))

    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection:
        assert connection.execute("select count(*) from answers").fetchone() == (5,)
    await table.close()


def test_answers_are_recorded_with_and_without_counts_and_by_aiosqlite(
    asked: question.FirstQuestion,
) -> None:
    rows = stores.rows(TINY, asked)

    assert all(row.ratio > 0 for row in rows)
    assert all(row.verdict in {"met", "missed"} for row in rows)


def test_a_lost_index_is_noticed(asked: question.FirstQuestion) -> None:
    with copy_database(TINY.few, asked) as file:
        assert min(due.measure(file, rounds=2).values()) > 0
        with closing(sqlite3.connect(file.path)) as connection:
            connection.execute("drop index learners_to_nudge")

        with pytest.raises(AssertionError, match="SCAN learners"):
            due.measure(file, rounds=1)


def test_figures_are_read_from_counters_and_added_up_from_facts(
    asked: question.FirstQuestion, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(learner_files, "FOLDER", tmp_path)
    size = replace(TINY, answered=50)
    assert [row.ratio > 0 for row in statistics_cost.rows(size, asked)] == [True]

    with closing(sqlite3.connect(statistics_cost.kept_database(50, asked.course))) as connection:
        connection.execute("update counts set count = count + 1")
        connection.commit()

    with pytest.raises(AssertionError, match="counters and facts differ"):
        statistics_cost.rows(size, asked)


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
