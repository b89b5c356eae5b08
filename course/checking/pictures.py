"""Rules on pictures: file, size in pixels and size in bytes."""

from collections.abc import Iterator

from course import limits
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.text_types import PICTURE_FILE
from course.reading.yaml_nodes import YamlScalar

_LONGEST_NAME = 200


def is_picture_name(text: str) -> bool:
    """Whether `text` names a .png file in the course's folder or below it."""
    return len(text) <= _LONGEST_NAME and PICTURE_FILE.matches(text)


def pictures_are_there(draft: CourseDraft) -> Iterator[Problem]:
    """Every picture is a PNG file in the course's folder."""
    for name in _named(draft):
        if name.text in draft.images and draft.images[name.text] is None:
            what = f"there is no PNG file {name.text[:60]}"
            yield name.location.problem(what, "draw it, or mend its name here")


def pictures_fit_a_phone(draft: CourseDraft) -> Iterator[Problem]:
    """A picture is 1080 pixels wide, at most 1600 high, and has at most 200,000 bytes."""
    for name in _named(draft):
        image = draft.images.get(name.text)
        if image is None:
            continue
        if image.width != limits.PICTURE_WIDTH or image.height > limits.MAX_PICTURE_HEIGHT:
            what = f"this picture is {image.width} pixels wide and {image.height} high"
            do = f"make it {limits.PICTURE_WIDTH} wide and at most {limits.MAX_PICTURE_HEIGHT} high"
            yield name.location.problem(what, do)
        if image.size > limits.MAX_PICTURE_BYTES:
            what = f"this picture has {image.size:,} bytes, and {limits.MAX_PICTURE_BYTES:,} fit"
            yield name.location.problem(what, "use fewer colours, or less detail")


def _named(draft: CourseDraft) -> Iterator[YamlScalar]:
    found = (picture.scalar("file") for picture in draft.pictures())
    return (name for name in found if name is not None)
