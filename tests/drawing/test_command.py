"""`python -m drawing` writes the pictures, and views of them to look at."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "drawing", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_it_writes_the_picture_that_is_asked_for_and_views_of_it(tmp_path: Path) -> None:
    done = run("m7", "--to", str(tmp_path), "--views")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("m7.png: ")
    views = ("", "-deuteranopia", "-grey", "-phone", "-protanopia", "-tritanopia")
    assert {file.name for file in tmp_path.iterdir()} == {f"m7{view}.png" for view in views}


def test_it_knows_the_pictures_there_are() -> None:
    done = run("m8")

    assert done.returncode == 2
    assert "no picture is called m8; known: m1, m2" in done.stderr
