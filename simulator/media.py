"""What people send besides text, with enough in it to look real."""

from collections.abc import Callable

from simulator.chats import Person
from simulator.errors import DrivingError
from simulator.files import Files, Upload, plain_picture
from simulator.wire import Json


def media_content(files: Files, kind: str, sender: Person, now: int) -> Json:
    """The fields of Bot API's Message for one thing of `kind`.

    Raises:
        DrivingError: there is no such kind.
    """
    if kind not in _KINDS:
        reason = f"There is nothing called {kind!r} to send; there are {', '.join(sorted(_KINDS))}."
        raise DrivingError(reason)
    return _KINDS[kind](files, sender, now)


def _photo(files: Files, sender: Person, _: int) -> Json:
    picture = Upload("photo.png", "image/png", plain_picture(320, 240, sender.id % 256))
    return {"photo": [file.as_photo_size() for file in files.keep_photo(picture)]}


def _document(files: Files, sender: Person, _: int) -> Json:
    upload = Upload("notes.txt", "text/plain", f"Notes of {sender.first_name}\n".encode())
    return {"document": files.keep("document", upload).as_document()}


def _voice(files: Files, _: Person, __: int) -> Json:
    file = files.keep("voice", Upload("voice.oga", "audio/ogg", b"OggS" + bytes(60)))
    return {"voice": file.wire() | {"duration": 3, "mime_type": "audio/ogg"}}


def _video(files: Files, _: Person, __: int) -> Json:
    file = files.keep("video", Upload("video.mp4", "video/mp4", bytes(64)))
    return {"video": file.wire() | {"width": 320, "height": 240, "duration": 5}}


def _animation(files: Files, _: Person, __: int) -> Json:
    upload = Upload("animation.mp4", "video/mp4", bytes(65))
    file = files.keep("animation", upload)
    moving = file.wire() | {"width": 320, "height": 240, "duration": 2}
    # Bot API, Message.animation: "the document field will also be set".
    return {"animation": moving, "document": file.as_document()}


def _sticker(files: Files, _: Person, __: int) -> Json:
    file = files.keep("sticker", Upload("sticker.webp", "image/webp", b"RIFF" + bytes(32)))
    shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": file.wire() | shape | {"type": "regular", "emoji": "\N{THUMBS UP SIGN}"}}


def _location(_: Files, __: Person, ___: int) -> Json:
    return {"location": {"latitude": -1.286389, "longitude": 36.817223}}


def _contact(_: Files, sender: Person, __: int) -> Json:
    number = {"phone_number": "+254000000000", "first_name": sender.first_name}
    return {"contact": number | {"user_id": sender.id}}


def _dice(_: Files, __: Person, now: int) -> Json:
    return {"dice": {"emoji": "\N{GAME DIE}", "value": now % 6 + 1}}


def _poll(_: Files, sender: Person, now: int) -> Json:
    options = [
        {"persistent_id": f"{index}", "text": text, "voter_count": 0}
        for index, text in enumerate(("Yes", "No"))
    ]
    return {
        "poll": {
            "id": f"{sender.id}{now}",
            "question": "Shall we meet on Monday?",
            "options": options,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }


_KINDS: dict[str, Callable[[Files, Person, int], Json]] = {
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "video": _video,
    "animation": _animation,
    "sticker": _sticker,
    "location": _location,
    "contact": _contact,
    "dice": _dice,
    "poll": _poll,
}
