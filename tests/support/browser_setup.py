"""Brings the browser that the page's tests drive: Debian's Chromium, when it is missing.

Run before the tests (`make test`); does nothing where Chromium is there.
"""

import os
import shutil
import subprocess
import sys

_SAY = (
    "Chromium is missing, and the tests of the chat page need it. Install it (on Debian:"
    " apt-get install chromium) and run the tests again."
)


def main() -> int:
    """Install Chromium if it is missing and can be; 1 when it stays missing."""
    if shutil.which("chromium"):
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.stderr.write(f"{_SAY}\n")
        return 1
    sys.stdout.write("Installing Chromium for the tests of the chat page (once) ...\n")
    sys.stdout.flush()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(f"{done.stdout}{done.stderr}\n{_SAY}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
