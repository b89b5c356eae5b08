"""A course's files on disk: what cannot be read is a problem with a place, never a crash."""

import os
import shutil
from pathlib import Path

import pytest

from bot.course_files import MAX_FILE_SIZE, load_course, read_course_texts
from bot.operations.course_checks import check_course
from course.problems import MAX_REPORTED
from course.reading.loader import CourseFormatError
from tests.authoring.craft_seeds import CRAFTED
from tests.course.seeded import CLEAN, CUPS, FILES, LEAVES, ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CLEAN, tmp_path / "tea"))


def problems(path: Path) -> list[str]:
    with pytest.raises(CourseFormatError) as caught:
        load_course(path)
    return [str(problem) for problem in caught.value.problems]


def test_the_texts_are_those_of_the_root_and_all_it_names(folder: Path) -> None:
    root, texts = read_course_texts(folder / ROOT)

    assert root == ROOT
    assert set(texts) == set(FILES)


def test_a_folder_stands_for_its_root_file(folder: Path) -> None:
    assert load_course(folder) == load_course(folder / ROOT)


def test_a_course_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    wanted = f"{tmp_path}/modules.yaml:1:1: there is no such file; write it, or mend its name"

    assert problems(tmp_path / ROOT) == [wanted]
    assert problems(tmp_path) == [wanted]


def test_a_missing_file_is_reported_where_it_is_named(folder: Path) -> None:
    (folder / CUPS).unlink()

    [problem] = problems(folder)

    assert problem.startswith(f"{folder}/{ROOT}:19:5: there is no file {CUPS}")


def test_what_is_no_utf_8_is_reported_at_its_place_and_the_rest_is_still_checked(
    folder: Path,
) -> None:
    content = (folder / CUPS).read_bytes()
    (folder / CUPS).write_bytes(
        content.replace(b"title: Cups", "title: Täss\xe9".encode("latin-1")).replace(
            b"objective: m3o1", b"objective: m9o9"
        )
    )

    found = problems(folder)

    assert [problem.split(": ")[0] for problem in found] == [
        f"{folder}/{CUPS}:3:9",
        f"{folder}/{CUPS}:16:20",
    ]
    assert "not UTF-8" in found[0]
    with pytest.raises(CourseFormatError):
        read_course_texts(folder)


def test_a_file_that_is_too_large_is_reported_once_and_the_rest_is_still_checked(
    folder: Path,
) -> None:
    (folder / CUPS).write_bytes(b"#" * (MAX_FILE_SIZE + 1))
    sources = folder / "sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace("year: 2019", "year: 3019"), "utf-8")

    found = problems(folder)

    assert [problem.split(": ")[0] for problem in found] == [
        f"{folder}/{CUPS}:1:1",
        f"{folder}/sources.yaml:32:11",
    ]


def test_a_folder_in_place_of_a_file_is_a_problem(folder: Path) -> None:
    (folder / CUPS).unlink()
    (folder / CUPS).mkdir()

    [problem] = problems(folder)

    assert problem.startswith(f"{folder}/{CUPS}:1:1: this is not a file")


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (folder / CUPS).rename(tmp_path / "elsewhere.yaml")
    (folder / CUPS).symlink_to(tmp_path / "elsewhere.yaml")

    [problem] = problems(folder)

    assert "outside of the course's folder" in problem


def test_a_link_that_leads_in_a_circle_is_a_problem(folder: Path) -> None:
    (folder / CUPS).unlink()
    (folder / CUPS).symlink_to(folder / CUPS)

    [problem] = problems(folder)

    assert CUPS in problem


def test_names_can_be_opened_from_where_the_check_was_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / CUPS).write_text("", "utf-8")
    monkeypatch.chdir(folder)

    [problem] = problems(Path(ROOT))

    assert problem.startswith(f"{CUPS}:1:1: the file is empty")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "name", ["modules.yaml", "sources.yaml", "glossary.yaml", "avoid.yaml", "modules/", "pictures/"]
)
def test_a_pipe_in_place_of_any_file_is_a_problem_and_is_not_waited_for(
    tmp_path: Path, name: str
) -> None:
    folder = Path(shutil.copytree(CRAFTED, tmp_path / "crafted"))
    one = min((folder / name).iterdir()) if name.endswith("/") else folder / name
    one.unlink()
    os.mkfifo(one)

    found = check_course(folder)

    said = "there is no PNG file" if one.suffix == ".png" else "this is not a file"
    assert found.course is None
    assert [said in str(problem) for problem in found.problems].count(True) == 1


@pytest.mark.timeout(60)
def test_a_device_in_place_of_a_course_is_a_problem() -> None:
    assert problems(Path("/dev/zero")) == [
        "/dev/zero:1:1: this is not a file; name a .yaml file",
    ]


def test_of_very_many_problems_the_first_are_told_and_the_others_counted(folder: Path) -> None:
    leaves = folder / LEAVES
    whole = leaves.read_text("utf-8")
    last = whole.count("\n")
    leaves.write_text(
        whole + "".join(f"lesons{i}: 1\n" for i in range(MAX_REPORTED + 1300)), "utf-8"
    )
    (folder / CUPS).unlink()

    with pytest.raises(CourseFormatError) as caught:
        load_course(folder)
    found = check_course(folder)

    told = caught.value.problems
    assert (len(told), caught.value.count) == (MAX_REPORTED, MAX_REPORTED + 1301)
    assert [problem.line for problem in told[1:]] == [last + i for i in range(1, MAX_REPORTED)]
    assert {problem.fix for problem in told[1:]} == {"did you mean lessons?"}
    assert str(caught.value).startswith("The course has 1,501 problems:\n")
    assert str(caught.value).endswith("\nand 1,301 more: mend these first.")
    assert (len(found.problems), found.error_count) == (MAX_REPORTED, MAX_REPORTED + 1301)
    assert found.count > found.error_count, "those of craft come on top"
    assert found.summary == f"{found.count:,} problems in the course."
