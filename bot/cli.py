"""The command `tutorbot`."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.course_files import load_course, load_draft
from bot.settings import DEFAULT_COURSE, Settings, SettingsError, load_settings
from bot.terminal import print_errors, print_lines
from course.model import Course
from course.problems import format_problems
from course.reading.loader import CourseFormatError

cli = typer.Typer(
    help="Teaches a course on Telegram, in lessons of two minutes. Settings: see .env.example.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

CourseFile = Annotated[
    Path, typer.Argument(help="The course's root file.", show_default="course/modules.yaml")
]


@cli.command()
def run() -> None:
    """Run the bot on Telegram until stopped (needs TUTORBOT_TOKEN)."""
    from bot.serve import serve

    settings = _load_settings()
    if settings.token is None:
        _fail(
            "TUTORBOT_TOKEN is not set. Get a token from @BotFather on Telegram and put it into"
            " .env (see .env.example), or try the bot without one: make demo."
        )
    _exit_with(asyncio.run(serve(settings, _load_course(settings.course))))


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the chat page is served.")] = 8080,
    empty: Annotated[
        bool, typer.Option("--empty", help="Without cohorts and simulated learners.")
    ] = False,
) -> None:
    """Run the bot against the built-in simulator, with a chat page in the browser.

    Needs no token, no account and no network, and keeps nothing. Three cohorts of simulated
    learners have some weeks behind them; Farid and Ada on the page lead them.
    """
    from bot.demo.command import serve_demo

    settings = _load_settings()
    course = _load_course(settings.course)
    _exit_with(asyncio.run(serve_demo(port, settings, course, empty=empty)))


@cli.command()
def simulate(
    port: Annotated[int, typer.Option(help="Where to listen on 127.0.0.1.")] = 8081,
) -> None:
    """Run the simulated Telegram alone: a Bot API server and a chat page."""
    from simulator.server import run as run_simulator

    try:
        run_simulator("127.0.0.1", port)
    except OSError as error:
        _fail(f"Cannot listen on port {port}: {error.strerror or error}. Try another with --port.")


@cli.command()
def check(
    file: CourseFile = DEFAULT_COURSE,
    table: Annotated[
        bool, typer.Option(help="Print the tables although there are problems.")
    ] = False,
    sources: Annotated[bool, typer.Option(help="List the facts, and what stands on them.")] = False,
) -> None:
    """Check a course and list all problems, as file:line:column: problem, remedy.

    Of more than 200 problems the first are printed, and how many more there are. Without problems
    it tells what the course holds. Exit code 0 without, 1 with problems.
    """
    from bot.operations.course_checks import check_course, describe_contents

    found = check_course(file)
    print_lines(*format_problems(found.problems, found.count))
    if found.course is not None and not found.problems:
        print_lines(f"{file}: no problems. {describe_contents(found.course)}")
    if found.course is not None and (table or not found.problems):
        _print_tables(found.course)
    if sources:
        _print_sources(file)
    if found.problems:
        _fail(found.summary)


@cli.command("course")
def show_course(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="[FILE | diff OLD NEW]", help="A course's root file, or two."),
    ] = [DEFAULT_COURSE],  # noqa: B006 - typer copies it
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole course as JSON.")
    ] = False,
) -> None:
    """Show a course: its outline, or with --json everything in it.

    With `diff OLD NEW`: list what learners notice when NEW replaces OLD.
    """
    from authoring.course_json import course_to_json as published
    from bot.operations.course_outline import format_differences, format_outline

    match [str(file) for file in files]:
        case ["diff", old, new]:
            lines = format_differences(_load_course(Path(old)), _load_course(Path(new)))
        case [one] if as_json and one != "diff":
            text = json.dumps(published(_load_course(Path(one))), ensure_ascii=False, indent=2)
            lines = iter(text.split("\n"))
        case [one] if one != "diff":
            lines = format_outline(_load_course(Path(one)))
        case _:
            _fail("Write: tutorbot course FILE, or: tutorbot course diff OLD NEW.")
    print_lines(*lines)


@cli.command()
def inbox(
    retry: Annotated[
        bool, typer.Option("--retry", help="Try all of them again at the next start.")
    ] = False,
) -> None:
    """List updates that failed three times and were set aside, or retry them."""
    from bot.operations.data_commands import show_inbox

    _exit_with(asyncio.run(show_inbox(_load_settings(), retry=retry)))


@cli.command()
def outbox(
    clear: Annotated[
        bool, typer.Option("--clear", help="Take it back: after a backup was restored.")
    ] = False,
) -> None:
    """List overdue outgoing messages: reminders, broadcasts, answers."""
    from bot.operations.data_commands import show_outbox

    _exit_with(asyncio.run(show_outbox(_load_settings(), clear=clear)))


@cli.command()
def reports(
    close: Annotated[
        int | None, typer.Option(help="Delete the report of this number: it is dealt with.")
    ] = None,
) -> None:
    """List mistakes in the course that learners reported with /report."""
    from bot.operations.data_commands import show_mistake_reports

    _exit_with(asyncio.run(show_mistake_reports(_load_settings(), close=close)))


@cli.command()
def recount() -> None:
    """Recompute all counters of the statistics from recorded facts, and repair wrong ones.

    The bot does so every night. Exit code 0 when all were right, 1 when some were not.
    """
    from bot.operations.data_commands import run_recount

    _exit_with(asyncio.run(run_recount(_load_settings())))


@cli.command()
def export(
    to: Annotated[
        Path, typer.Argument(help="A new file that ends in .xlsx or .zip, or a new folder for CSV.")
    ],
    user_ids: Annotated[
        bool, typer.Option("--user-ids", help="Telegram's user ids in place of pseudonyms.")
    ] = False,
) -> None:
    """Export learners, progress, answers, figures, cohorts and messages to files.

    The bot may keep running. Learners are pseudonymised, the same way in every export.
    """
    from bot.operations.database_export import export_database as write

    settings = _load_settings()
    course = _load_course(settings.course)
    _exit_with(asyncio.run(write(settings, course, to, user_ids=user_ids)))


@cli.command()
def stats(
    days: Annotated[
        int, typer.Option(help="Of the last 7, 30 or 90 days; 0 for all days.", metavar="DAYS")
    ] = 7,
) -> None:
    """Print statistics of all learners: the first screen of /stats."""
    from bot.operations.data_commands import show_statistics
    from course.statistics.overview import Period

    if days not in set(Period):
        _fail(f"There are no figures of {days} days: write --days 7, 30, 90 or 0.")
    _exit_with(asyncio.run(show_statistics(_load_settings(), Period(days))))


@cli.command()
def doctor() -> None:
    """Check everything the bot depends on, and say how to fix what is wrong.

    Python, SQLite, settings, course, database, who else may read them, room on the disk, what draws
    pictures, the token, a webhook that is in the way, and the clock. Exit code 1 when something is
    wrong.
    """
    from bot.operations.doctor import run_doctor

    _exit_with(asyncio.run(run_doctor()))


def main() -> None:
    """Run the command line; the entry point."""
    cli(prog_name="tutorbot")


def _load_settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        _fail(str(error))


def _load_course(file: Path) -> Course:
    try:
        return load_course(file)
    except CourseFormatError as error:
        print_errors(*format_problems(error.problems, error.count))
        _fail(f"{error.count:,} problem{'s' if error.count != 1 else ''} in the course.")


def _print_tables(course: Course) -> None:
    from authoring.survey import survey_course
    from bot.operations.course_tables import format_tables

    print_lines(*format_tables(survey_course(course)))


def _print_sources(file: Path) -> None:
    from authoring.citations import collect_citations
    from bot.operations.course_tables import format_sources

    print_lines(*format_sources(collect_citations(load_draft(file))))


def _fail(sentence: str) -> NoReturn:
    print_errors(*sentence.split("\n"))
    raise typer.Exit(1)


def _exit_with(code: int) -> None:
    if code:
        raise typer.Exit(code)
