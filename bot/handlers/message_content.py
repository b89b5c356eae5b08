"""The content of a message, unpacked from Telegram's: text, formatting, attachments, a contact."""

from dataclasses import dataclass

from telegram import Message

from course.model import LearnerId


@dataclass(frozen=True, slots=True)
class MessageContent:
    """One message; for a command only the text behind its name.

    Attributes:
        text: its text or caption.
        html: the same as Telegram's HTML, escaped.
        photo: the file id of a picture; `None` when there is none.
        document: the same of a file.
        has_other_attachment: whether it has something else besides words, such as a video.
        contact: the user id of a person whose contact was shared and who is on Telegram.
        contact_name: what the contact calls them; not escaped.
        chat: where it was said; the person's own chat unless that is a group.
    """

    text: str = ""
    html: str = ""
    photo: str | None = None
    document: str | None = None
    contact: LearnerId | None = None
    contact_name: str = ""
    chat: int = 0
    has_other_attachment: bool = False

    @property
    def has_attachment(self) -> bool:
        """Whether it has any attachment."""
        return self.photo is not None or self.document is not None or self.has_other_attachment

    @property
    def html_without_attachment(self) -> str:
        """Its HTML if it has no attachment, else ""."""
        return "" if self.has_attachment else self.html


def read_content(message: Message) -> MessageContent:
    """Read the content of a message; of a command the text behind it."""
    text = message.text or message.caption or ""
    html = message.text_html if message.text else message.caption_html if message.caption else ""
    if text.startswith("/"):
        text, html = _arguments(text), _arguments(html)
    shared = message.contact
    return MessageContent(
        text,
        html,
        photo=message.photo[-1].file_id if message.photo else None,
        document=message.document.file_id if message.document else None,
        contact=LearnerId(shared.user_id) if shared is not None and shared.user_id else None,
        contact_name=""
        if shared is None
        else f"{shared.first_name} {shared.last_name or ''}".strip(),
        chat=message.chat.id,
        has_other_attachment=message.effective_attachment is not None
        and not (message.photo or message.document),
    )


def command_name(text: str) -> str:
    """The command that `text` begins with, without its slash; "" if it begins with none."""
    if not text.startswith("/"):
        return ""
    return text.split(maxsplit=1)[0].lstrip("/").split("@")[0].lower()


def _arguments(command: str) -> str:
    return (*command.split(maxsplit=1), "")[1].strip()
