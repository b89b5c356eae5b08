"""Rules on the files of a course, its pictures among them, and on each by itself."""

from collections.abc import Iterator

from course import limits
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.text_types import FILE, PICTURE_FILE
from course.reading.yaml_nodes import YamlMapping, YamlScalar

_LONGEST_NAME = 200


def referenced_names(top: YamlMapping | None) -> Iterator[YamlScalar]:
    """File names in a root file: the sources, then the modules in order, then the rest."""
    if top is not None:
        if (sources := top.scalar("sources")) is not None:
            yield sources
        yield from top.scalars("modules")
        for key in ("glossary", "avoid"):
            if (name := top.scalar(key)) is not None:
                yield name


def is_file_name(text: str) -> bool:
    """Whether `text` names a .yaml file in the course's folder or below it."""
    return len(text) <= _LONGEST_NAME and FILE.matches(text)


def is_picture_name(text: str) -> bool:
    """Whether `text` names a .png file in the course's folder or below it."""
    return len(text) <= _LONGEST_NAME and PICTURE_FILE.matches(text)


def files_follow_the_format(draft: CourseDraft) -> Iterator[Problem]:
    """Every file has the keys of the format, with values of their type.

    - Every key is one of the format.
    - Every required key is present.
    - Every list has neither too few nor too many items.
    - Every value has the expected type: text, number, truth value, list or mapping.
    - No text is longer than the maximum of its key.
    - Texts that are shown on one line have no line breaks.
    - Ids, file names, addresses and choices have the expected form.
    - Names of facts have the expected form.
    - Markup is `<b>` and `<i>`, properly nested, and only where it is allowed.
    - No text contains a link.
    """
    for part, page in draft.files_with_formats():
        yield from draft.part(part, page)[1]


def files_are_there(draft: CourseDraft) -> Iterator[Problem]:
    """Every file named in the root file exists."""
    for name in referenced_names(draft.root.top):
        if name.text in draft.missing_files:
            what = f"there is no file {name.text}"
            yield name.location.problem(what, "write it, or mend its name here")


def files_are_named_once(draft: CourseDraft) -> Iterator[Problem]:
    """No file is named twice, nor names the root itself."""
    seen = {draft.root.file: 1}
    for name in referenced_names(draft.root.top):
        if name.text in seen:
            what = f"the file {name.text} is used already"
            do = f"name another file, or remove this line (see line {seen[name.text]})"
            yield name.location.problem(what, do)
        seen.setdefault(name.text, name.location.line)


def pictures_are_there(draft: CourseDraft) -> Iterator[Problem]:
    """Every picture is a PNG file in the course's folder."""
    for name in _picture_names(draft):
        if name.text in draft.images and draft.images[name.text] is None:
            what = f"there is no PNG file {name.text[:60]}"
            yield name.location.problem(what, "draw it, or mend its name here")


def pictures_fit_a_phone(draft: CourseDraft) -> Iterator[Problem]:
    """A picture is 1080 pixels wide, at most 1600 high, and has at most 200,000 bytes."""
    for name in _picture_names(draft):
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


def _picture_names(draft: CourseDraft) -> Iterator[YamlScalar]:
    found = (picture.scalar("file") for picture in draft.pictures())
    return (name for name in found if name is not None)
