"""A person in a private chat with the bot: what they do, and what they see."""

from dataclasses import dataclass

from simulator.messages import Message
from tests.support.running import Stage

FORWARD = ("Next", "Continue", "Start", "Go on")


@dataclass(slots=True)
class Learner:
    """Somebody with a phone."""

    stage: Stage
    id: int = 1001

    async def says(self, text: str) -> None:
        """Type `text` and wait for what the bot does."""
        self.stage.simulator.world.say(self.id, text)
        await self.stage.settled()

    async def sends(self, kind: str, caption: str = "") -> None:
        """Send something that is not text."""
        self.stage.simulator.world.send_media(self.id, kind, caption=caption)
        await self.stage.settled()

    async def taps(self, label: str) -> None:
        """Press the button called `label` on the newest message that has it."""
        for message in reversed(self.messages):
            for button in (one for row in message.buttons for one in row):
                if button["text"] == label:
                    await self.presses(message.id, button["callback_data"])
                    return
        problem = f"no button {label!r} under any message; the newest has {self.labels}"
        raise AssertionError(problem)

    async def taps_forward(self) -> None:
        """Press the button of the newest message that goes on."""
        await self.taps(self.forward())

    def forward(self) -> str:
        """What the button that goes on is called, on the newest message."""
        for label in self.labels:
            if any(word in label for word in FORWARD):
                return label
        problem = f"nothing goes on from here: {self.labels} under {self.sees!r}"
        raise AssertionError(problem)

    async def presses(self, message: int, data: str) -> str:
        """Press a button by its data; gives the id of the query."""
        pressed = self.stage.simulator.world.press(self.id, message, data)
        await self.stage.settled()
        return pressed.query_id

    @property
    def messages(self) -> list[Message]:
        """The chat, oldest first."""
        return list(self.stage.simulator.world.chat(self.id))

    @property
    def newest(self) -> Message:
        """The newest message of the bot."""
        return next(message for message in reversed(self.messages) if message.from_bot)

    @property
    def sees(self) -> str:
        """The text of the newest message of the bot."""
        return self.newest.text

    @property
    def labels(self) -> list[str]:
        """The labels of the newest message's buttons."""
        return [button["text"] for row in self.newest.buttons for button in row]

    @property
    def toasts(self) -> list[str]:
        """What was shown for a moment after presses, oldest first."""
        calls = self.stage.simulator.world.calls
        return [
            str(call.params["text"])
            for call in calls
            if call.method.lower() == "answercallbackquery" and call.params.get("text")
        ]
