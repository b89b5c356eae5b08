"""A learner who minds, after everything they do, that the bot keeps its manners."""

from bot.callback_data import SelectOptions, SubmitAnswer, unpack
from course.model import LearnerId, Question
from course.reminders.preferences import Preferences
from tests.support.people import Learner
from tests.support.running import Stage

MOST_AT_A_TIME = 2

HOUR, DAY = 3600.0, 24 * 3600.0
"""In seconds, as `Careful.waits` takes them."""


class Careful(Learner):
    """Counts the messages that follow from one thing done, and knows the course's answers.

    Attributes:
        pause: seconds between two things they do.
    """

    pause = 4.0

    async def says(self, text: str) -> None:
        """Type `text`; it must be answered, by two messages at most."""
        self.waits(self.pause)
        before = self.heard
        await super().says(text)
        assert 1 <= self.heard - before <= MOST_AT_A_TIME, f"{text!r} was met with silence or noise"

    async def presses(self, message: int, data: str) -> str:
        """Press a button; the press must be answered, by two messages at most."""
        self.waits(self.pause)
        before = self.heard
        query = await super().presses(message, data)
        assert self.heard - before <= MOST_AT_A_TIME, f"{data!r} made too many messages"
        assert self.stage.simulator.world.query(query).answered, f"{data!r} still turns"
        return query

    async def presses_at_once(self, *presses: tuple[int, str]) -> None:
        """Press several buttons before the bot can answer any of them."""
        self.waits(self.pause)
        world = self.stage.simulator.world
        queries = [world.press(self.id, message, data).query_id for message, data in presses]
        await self.stage.settled()
        assert all(world.query(query).answered for query in queries)

    def button(self, label: str) -> tuple[int, str]:
        """The button called `label` of the newest message that has it: message and data."""
        return next(
            (message.id, button["callback_data"])
            for message in reversed(self.messages)
            for row in message.buttons
            for button in row
            if button["text"] == label and "callback_data" in button
        )

    def waits(self, seconds: float) -> None:
        """Let time pass."""
        self.stage.simulator.world.clock.advance(seconds)

    @property
    def heard(self) -> int:
        """How many messages the bot has sent so far."""
        return sum(message.from_bot for message in self.messages)

    @property
    def has_question(self) -> bool:
        """Whether the newest message is an open question."""
        return self._asked() is not None

    @property
    def question(self) -> Question:
        """The question of the newest message."""
        asked = self._asked()
        assert asked is not None, f"no question in {self.sees!r}"
        found = self.stage.course.question(asked.question)
        assert found is not None, f"{asked} is not of this course"
        return found

    def letters(self, *, right: bool = True) -> list[str]:
        """The letters to choose at the open question."""
        asked = self.question
        options = [o for o in asked.options if o.correct is right]
        if not right:
            options = options[:1]
        return [asked.letter(option.id) for option in options]

    async def answers(self, *, right: bool = True) -> None:
        """Answer the open question by its buttons."""
        several = self.question.has_several_answers
        letters = self.letters(right=right)
        for letter in letters:
            await self.taps(letter)
        if several:
            await self.taps(f"Continue with {', '.join(letters)}")

    async def types_answer(self, *, right: bool = True) -> None:
        """Answer the open question by typing its letters."""
        await self.says("".join(self.letters(right=right)))

    async def goes_on(self, *, right: bool = True) -> None:
        """Do the next thing, whatever it is, by buttons."""
        if self.has_question:
            await self.answers(right=right)
        else:
            await self.taps_forward()

    async def goes_to_question(self) -> None:
        """Go on by buttons until a question is open."""
        while not self.has_question:
            await self.taps_forward()

    async def misses(self, times: int) -> None:
        """Miss the question that comes next so often, and pass every other one."""
        await self.goes_to_question()
        asked = self.question.id
        missed = 0
        while missed < times:
            wrong = self.has_question and self.question.id == asked
            missed += wrong
            await self.goes_on(right=not wrong)

    async def goes_to_end(self) -> None:
        """Go on by buttons, all right, until a module is done."""
        while not self.sees.startswith("Module") or " done." not in self.sees.splitlines()[0]:
            await self.goes_on()

    def buttons(self) -> list[tuple[int, str]]:
        """Every button under any message of the chat as it is now: message and data."""
        return [
            (message.id, button["callback_data"])
            for message in self.messages
            for row in message.buttons
            for button in row
            if "callback_data" in button
        ]

    @property
    def toast(self) -> str:
        """What was shown for a moment after the last press; empty when nothing was."""
        calls = [
            call
            for call in self.stage.simulator.world.calls
            if call.method.lower() == "answercallbackquery"
        ]
        return str(calls[-1].params.get("text", "")) if calls else ""

    def _asked(self) -> SubmitAnswer | SelectOptions | None:
        for row in self.newest.buttons:
            for button in row:
                press = unpack(button.get("callback_data", ""))
                if isinstance(press, SubmitAnswer | SelectOptions):
                    return press
        return None


async def wishes(stage: Stage) -> Preferences:
    """What Amina has set about reminders."""
    kept = (await stage.store.fetch_history(LearnerId(1001))).learner
    assert kept is not None
    return kept.preferences
