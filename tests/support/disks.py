"""Disks small enough to be filled."""

import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoSmallDiskError(Exception):
    """This user, or this machine, may not mount a disk."""


@contextmanager
def small_disk(
    folder: Path, megabytes: int = 8, owner: pwd.struct_passwd | None = None
) -> Iterator[None]:
    """Have `folder` on a disk of its own.

    Args:
        owner: to whom it belongs; `None` for whoever asks.

    Raises:
        NoSmallDiskError: that is not allowed here.
    """
    folder.mkdir(exist_ok=True)
    options = f"size={megabytes}m,mode=700"
    if owner is not None:
        options += f",uid={owner.pw_uid},gid={owner.pw_gid}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tutorbot-small-disk", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        raise NoSmallDiskError
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
