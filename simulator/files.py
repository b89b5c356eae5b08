"""Files that were sent: kept once, with ids that stay valid, measured as Telegram does."""

import hashlib
import struct
import zlib
from dataclasses import dataclass

from simulator.errors import refuse
from simulator.wire import Json

LARGEST_PHOTO = 10 << 20
LARGEST_UPLOAD = 50 << 20
LONGEST_SIDES = 10_000
STEEPEST_RATIO = 20
_THUMBNAIL = 90


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file that Telegram keeps.

    Attributes:
        kind: how it was sent; a photo's id cannot be sent as a document.
        width: pixels; 0 for what has no size, as `height`.
    """

    id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    data: bytes
    width: int = 0
    height: int = 0

    def wire(self) -> Json:
        """The fields that every kind of file has."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    def as_photo_size(self) -> Json:
        """Bot API, PhotoSize."""
        return self.wire() | {"width": self.width, "height": self.height}

    def as_document(self) -> Json:
        """Bot API, Document."""
        return self.wire() | {"file_name": self.name, "mime_type": self.mime_type}


class Files:
    """All files by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}

    def keep(self, kind: str, upload: Upload, size: tuple[int, int] = (0, 0)) -> File:
        """Take `upload` in; the same bytes in the same kind keep their ids."""
        digest = hashlib.sha256(kind.encode() + repr(size).encode() + upload.data).hexdigest()
        file_id = f"SIM{kind[:3].upper()}{digest[:56]}"
        if known := self._by_id.get(file_id):
            return known
        file = File(
            file_id, f"U{digest[:14]}", kind, upload.name, upload.mime_type, upload.data, *size
        )
        self._by_id[file.id] = file
        return file

    def find(self, file_id: str) -> File | None:
        """The file with this id, if it is known."""
        return self._by_id.get(file_id)

    def keep_photo(self, upload: Upload) -> list[File]:
        """Take a picture in: a small size first if it is larger than that, the full one last.

        Raises:
            ApiError: no picture, or one that Telegram does not take as a photo.
        """
        if len(upload.data) > LARGEST_PHOTO:
            reason = f"file of size {len(upload.data)} bytes is too big for a photo"
            refuse(f"{reason}; the maximum size is {LARGEST_PHOTO} bytes")
        size = picture_size(upload.data)
        if size is None:
            refuse("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > LONGEST_SIDES or max(size) > STEEPEST_RATIO * min(size):
            refuse("PHOTO_INVALID_DIMENSIONS")
        sizes = [size]
        if max(size) > _THUMBNAIL:
            scale = _THUMBNAIL / max(size)
            sizes.insert(0, (max(1, round(width * scale)), max(1, round(height * scale))))
        return [self.keep("photo", upload, each) for each in sizes]


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF or JPEG; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:  # noqa: PLR2004 - PNG's header
        width, height = struct.unpack(">II", data[16:24])
    elif data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:  # noqa: PLR2004 - GIF's header
        width, height = struct.unpack("<HH", data[6:10])
    elif data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    else:
        return None
    return (width, height) if width and height else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """The size in the first frame header; JPEG, ISO 10918-1, B.2."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - each segment's first byte
        marker = data[at + 1]
        if marker in range(0xC0, 0xD0) and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def plain_picture(width: int, height: int, shade: int = 0xB0) -> bytes:
    """A grey PNG, for people who send photos."""

    def chunk(name: bytes, body: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
