"""The server that tests run on works for every kind of user, and leaves nothing behind."""

import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest

from tests.support.patience import STUCK
from tests.support.postgres import LONGEST_SOCKET, installed, serving

ROOT = Path(__file__).parent.parent.parent

# Starts a server from ARGV[1], as user and group ARGV[2] where given, says where, and waits to be
# told to go on. That user may be unable to enter the folder that this checkout lies in.
PROGRAM = """
import os, sys
from pathlib import Path
from tests.support.patience import STUCK
from tests.support.postgres import serving
if sys.argv[2:]:
    os.setgroups([]), os.setgid(int(sys.argv[2])), os.setuid(int(sys.argv[2]))
with serving(install=Path(sys.argv[1])) as server:
    process, *_ = (server.folder / "data" / "postmaster.pid").read_text().split()
    print(server.folder, process, flush=True)
    input()
"""


@dataclass(frozen=True, slots=True)
class Started:
    """A program that runs a server, the server's folder, and its process."""

    program: subprocess.Popen[str]
    folder: Path
    server: psutil.Process


@contextmanager
def started(install: Path, *user: str) -> Iterator[Started]:
    """The program; whatever fails, it is over and its pipes are closed at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(install), *user],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        told = program.stdout.readline().split()
        assert len(told) == 2, "it said on standard error why it started no server"
        yield Started(program, Path(told[0]), psutil.Process(int(told[1])))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, as pytest's own may not be."""
    with TemporaryDirectory(dir="/var/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def copied(to: Path) -> Path:
    """Copy what PostgreSQL needs to `to`, and say where it lies there."""
    install = installed()
    package = install.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, to / part.name, symlinks=True)
    return to / package.name / install.name


def is_over(server: psutil.Process) -> bool:
    """Whether the process has ended; it may be listed until somebody asks for its exit code."""
    try:
        return bool(server.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_starts_it_too(open_folder: Path) -> None:
    install = copied(open_folder)

    with started(install, str(pwd.getpwnam("nobody").pw_uid)) as running:
        running.program.communicate("\n")

    assert running.program.returncode == 0
    assert not running.folder.exists()
    assert is_over(running.server)


def test_nothing_is_left_when_the_test_run_is_killed() -> None:
    with started(installed()) as running:
        running.program.kill()

    until = time.monotonic() + STUCK
    while time.monotonic() < until and (running.folder.exists() or not is_over(running.server)):
        time.sleep(0.01)  # it is nobody's child any more: there is no event to wait for
    assert not running.folder.exists()
    assert is_over(running.server)


def test_binaries_that_the_other_user_cannot_reach_are_copied(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    install = copied(closed)
    closed.chmod(0o700)

    with serving(install=install) as server:
        programs = server.programs

    assert programs.is_relative_to(server.folder if os.geteuid() == 0 else closed)


def test_its_folder_has_a_short_path_however_long_that_of_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * LONGEST_SOCKET)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))

    with serving() as server:
        socket = server.folder / ".s.PGSQL.5432"
        assert socket.is_socket()

    assert len(os.fsencode(socket)) <= LONGEST_SOCKET
    assert not server.folder.exists()
