"""The server that tests run on works for every kind of user, and leaves nothing behind."""

import os
import pwd
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.support import postgres
from tests.support.postgres import LONGEST_SOCKET, installed, serving

ROOT = Path(__file__).parent.parent.parent

# Starts a server, as user and group ARGV[1] where given, says where, and waits to be told to go on.
PROGRAM = """
import os, sys
from tests.support.postgres import serving
if sys.argv[1:]:
    os.setgroups([]), os.setgid(int(sys.argv[1])), os.setuid(int(sys.argv[1]))
with serving() as server:
    process, *_ = (server.folder / "data" / "postmaster.pid").read_text().split()
    print(server.folder, process, flush=True)
    input()
"""


def started(*arguments: str) -> tuple[subprocess.Popen[str], Path, psutil.Process]:
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    folder, process = running.stdout.readline().split()
    return running, Path(folder), psutil.Process(int(process))


def is_over(server: psutil.Process) -> bool:
    """Whether the process has ended; it may be listed until somebody asks for its exit code."""
    try:
        return bool(server.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_starts_it_too() -> None:
    running, folder, server = started(str(pwd.getpwnam("nobody").pw_uid))

    running.communicate("\n")

    assert running.returncode == 0
    assert not folder.exists()
    assert is_over(server)


def test_nothing_is_left_when_the_test_run_is_killed() -> None:
    running, folder, server = started()

    running.kill()
    running.communicate()

    while folder.exists() or not is_over(server):
        time.sleep(0.01)  # it is nobody's child any more: there is no event to wait for


def test_binaries_that_the_other_user_cannot_reach_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = installed().parent
    closed = tmp_path / "closed"
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, closed / part.name, symlinks=True, copy_function=os.link)
    closed.chmod(0o700)
    monkeypatch.setattr(postgres, "installed", lambda: closed / package.name / "pginstall")

    with serving() as server:
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
