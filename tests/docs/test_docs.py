"""What the documents name is there: files, places in them, tasks, commands and their options."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from bot.cli import cli
from bot.operations.doctor import check_sqlite

ROOT = Path(__file__).parents[2]

_CODE = re.compile(r"^```[^\n]*\n(.*?)^```$|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?:\]\(|src=\")([^()\"\s]+)[)\"]")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

# Folders that differ from machine to machine, and addresses that packages are fetched from.
_MACHINE = re.compile(r"(?<![\w.~})-])/(?:work|root|home|Users|mnt|tmp)/\w")
_REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:com|org)|crates\.io|rubygems\.org|--(?:extra-)?index-url"
)


def tracked() -> list[Path]:
    """Every file that is, or is about to be, part of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    files = {ROOT / name for name in listed.stdout.split("\0") if name}
    return sorted(file for file in files if file.is_file())


FILES = tracked()
MADE_BY_PROGRAMS = {"docs/benchmarks.md"}
DOCUMENTS = [file for file in FILES if file.suffix == ".md"]
each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


def code_in(text: str) -> Iterator[str]:
    """Each line of a block of code, and each piece of code within a sentence."""
    for block, piece in _CODE.findall(text):
        yield from block.splitlines() or [piece]


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that is text."""
    for file in FILES:
        content = file.read_bytes()
        if b"\0" not in content:
            yield file, content.decode("utf-8")


def places_in(text: str) -> set[str]:
    """The names of a document's headings, as a link has them."""
    headings = _HEADING.findall(re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def test_there_are_documents() -> None:
    assert {ROOT / name for name in ("README.md", "docs/glossary.md")} <= set(DOCUMENTS)


@each_document
def test_every_link_leads_to_a_file_of_the_project_and_a_place_in_it(document: Path) -> None:
    text = document.read_text("utf-8")

    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, place = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        assert target in FILES or target.is_dir(), link
        assert not place or place in places_in(target.read_text("utf-8")), link


@each_document
def test_every_task_it_names_is_in_the_makefile(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    tasks = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))

    for code in code_in(document.read_text("utf-8")):
        named = re.findall(r"(?:^|[&;(] ?|\$ )make (?:[A-Z]+=\S+ )*([a-z-]+)", code)
        assert set(named) <= tasks, code


@each_document
def test_every_command_it_names_exists_with_its_options(document: Path) -> None:
    group = typer.main.get_command(cli)
    assert isinstance(group, TyperGroup)

    for code in code_in(document.read_text("utf-8")):
        for name, rest in re.findall(r"\btutorbot ([a-z]+)\b([^|&;#]*)", code):
            assert name in group.commands, code
            known = {option for param in group.commands[name].params for option in param.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= known | {"--help"}, code


def test_every_document_that_a_file_names_exists() -> None:
    for file, text in texts():
        for named in re.findall(r"(?<![\w/.])docs/[\w./-]+\.md", text):
            assert named in MADE_BY_PROGRAMS or (ROOT / named).is_file(), f"{file}: {named}"


def test_every_function_that_a_document_names_is_in_its_file() -> None:
    for document in DOCUMENTS:
        for file, name in re.findall(r"`([\w/]+\.py):(\w+)`", document.read_text("utf-8")):
            found = re.search(rf"\bdef {name}\(", (ROOT / file).read_text("utf-8"))
            assert found, f"{document}: {file}:{name}"


def test_every_test_that_a_document_names_exists() -> None:
    for document in DOCUMENTS:
        for named in re.findall(r"`(tests/[\w/]+\.py)`", document.read_text("utf-8")):
            assert (ROOT / named).is_file(), f"{document}: {named}"


def test_no_file_names_a_folder_of_one_machine_or_a_package_registry() -> None:
    for file, text in texts():
        found = _MACHINE.search(text) or _REGISTRY.search(text)
        assert found is None, f"{file}: {found}"


def test_every_decision_has_its_number_and_says_what_was_measured_and_rejected() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    wanted = {"Context", "Decision", "What was measured", "Consequences", "What was rejected"}

    for number, decision in enumerate(decisions, 1):
        text = decision.read_text("utf-8")
        assert decision.name.startswith(f"{number:04}-")
        assert text.startswith(f"# {number:04} ")
        assert wanted <= set(_HEADING.findall(text)), decision.name


def test_whoever_opens_the_database_of_a_running_bot_only_reads_as_doctor_says() -> None:
    texts = [(ROOT / name).read_text("utf-8") for name in (".env.example", "README.md")]
    texts += [path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")]

    opened = [line for text in texts for line in re.findall(r"sqlite3 .*tutorbot\.db", text)]

    assert len(opened) >= 3
    assert [line for line in opened if "-readonly" not in line] == []
    assert "sqlite3 -readonly" in check_sqlite((3, 40, 1)).sentence
