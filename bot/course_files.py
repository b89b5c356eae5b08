"""Reads a course's files from disk; does not interpret them, which the course reader does."""

import re
import stat
import struct
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from course.checking.checker import read_draft
from course.model import Course
from course.problems import CourseFormatError, Problem
from course.reading.author_files import CourseDraft, Image
from course.reading.loader import parse_course, picture_files, referenced_files

MAX_FILE_SIZE = 2 * 1024 * 1024
"""Bytes of one file of a course; module 1 has about 40 thousand."""

_PNG_HEADER = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
"""First bytes of a PNG file; width and height follow. PNG specification, 5.2 and 11.2.2."""

ROOT_NAME = "modules.yaml"
"""Name of the root file when a folder is given."""


class UnreadableFileError(OSError):
    """What stands in the place of a file cannot be read as one.

    Attributes:
        what: is wrong with it.
        do: to mend that.
    """

    def __init__(self, what: str, do: str) -> None:
        super().__init__(f"{what}: {do}")
        self.what = what
        self.do = do


def read_file(path: Path) -> bytes:
    """Read a file of a course; opening a pipe would wait for a writer.

    Raises:
        UnfitFileError: it is no regular file, or has more than `MAX_FILE_SIZE` bytes.
        OSError: it is not there, or cannot be read.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFileError(what="this is not a file", do="name a .yaml file")
    if found.st_size > MAX_FILE_SIZE:
        what = f"this file has more than {MAX_FILE_SIZE // 1024} KiB"
        raise UnreadableFileError(what, "split it into smaller modules")
    return path.read_bytes()


def load_course(path: Path) -> Course:
    """Load and check the course at `path`, its root file or the folder that holds it.

    Raises:
        CourseFormatError: with every problem; file names are relative to the working directory.
    """
    root, texts, known = _read_files(path)
    folder = _find_root_file(path).parent
    images = {name: _read_image(folder, name) for name in picture_files(root, texts)}
    try:
        return parse_course(root, texts, known, images)
    except CourseFormatError as error:
        beyond = error.count - len(error.problems)
        raise CourseFormatError(_prefix_folder(error.problems, folder), beyond) from error


def load_draft(path: Path) -> CourseDraft:
    """Load the course at `path` as written, even if incomplete; never fails."""
    root, texts, _ = _read_files(path)
    return read_draft(root, texts)


def resolve_file_names(path: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Make file names in problems of the course at `path` relative to the working directory."""
    return _prefix_folder(problems, _find_root_file(path).parent)


def find_course_folder(path: Path) -> Path:
    """Return the folder of the course at `path`, its root file or the folder itself."""
    return _find_root_file(path).parent


def locate_problem(path: Path, item: str, what: str, do: str) -> Problem:
    """Make a problem located where the course at `path` defines the id `item`."""
    root, texts = read_course_texts(path)
    named = re.compile(rf"\bid:\s*[\"']?{re.escape(item)}\b")
    for name, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            if found := named.search(line):
                problem = Problem(name, number, found.start() + 1, what, do)
                return next(iter(_prefix_folder((problem,), _find_root_file(path).parent)))
    return Problem(root, 1, 1, what, do)


def read_course_texts(path: Path) -> tuple[str, dict[str, str]]:
    """Read the root file's name, and the text of each file by its name in the course.

    Raises:
        CourseFormatError: a file cannot be read as text, or is too large.
    """
    root, texts, known = _read_files(path)
    if known:
        raise CourseFormatError(_prefix_folder(known, _find_root_file(path).parent))
    return root, texts


def _find_root_file(path: Path) -> Path:
    return path / ROOT_NAME if path.is_dir() else path


def _read_files(path: Path) -> tuple[str, dict[str, str], list[Problem]]:
    root = _find_root_file(path)
    texts: dict[str, str] = {}
    known: list[Problem] = []
    _read_file(root.parent, root.name, texts, known)
    for name in referenced_files(texts.get(root.name, "")):
        if (root.parent / name).exists():
            _read_file(root.parent, name, texts, known)
    return root.name, texts, known


def _read_file(folder: Path, name: str, texts: dict[str, str], problems: list[Problem]) -> None:
    """Read one file into `texts`, or add what is wrong with the file to `problems`."""
    try:
        path = (folder / name).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            problems.append(
                _make_problem(name, "this file is outside of the course's folder", "move it")
            )
            return
        content = read_file(path)
    except UnreadableFileError as error:
        problems.append(_make_problem(name, error.what, error.do))
    except FileNotFoundError:
        problems.append(_make_problem(name, "there is no such file", "write it, or mend its name"))
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problems.append(_make_problem(name, f"this file cannot be read ({reason})", "mend that"))
    else:
        _decode(name, content, texts, problems)


def _read_image(folder: Path, name: str) -> Image | None:
    """Read size and dimensions of a PNG file; `None` when it is unreadable or not a PNG."""
    try:
        path = (folder / name).resolve(strict=True)
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(len(_PNG_HEADER) + 8)
        size = path.stat().st_size
    except (OSError, ValueError, RuntimeError):
        return None
    if len(head) < len(_PNG_HEADER) + 8 or not head.startswith(_PNG_HEADER):
        return None
    width, height = struct.unpack(">II", head[len(_PNG_HEADER) :])
    return Image(width, height, size)


def _decode(name: str, content: bytes, texts: dict[str, str], problems: list[Problem]) -> None:
    try:
        texts[name] = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = "this file is not UTF-8 text from here on"
        problems.append(Problem(name, line, column, what, "save it as UTF-8"))
        texts[name] = content.decode("utf-8", "replace")


def _make_problem(name: str, what: str, do: str) -> Problem:
    return Problem(name, 1, 1, what, do)


def _prefix_folder(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    return [replace(problem, file=str(folder / problem.file)) for problem in problems]
