"""A learner at the chat page: what they press, and what they see, in a real browser."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from course.model import Question
from tests.support.running import Stage

AMINA = 1001
FORWARD = ("Next", "Continue", "Start")
IN_VIEW = """(node) => {
  const log = document.getElementById("log").getBoundingClientRect();
  const { top } = node.getBoundingClientRect();
  return log.top <= top && top < log.bottom;
}"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody in front of the chat page, with the real bot behind it.

    Attributes:
        id: whose chat it is; Amina's unless it is told.
    """

    stage: Stage
    page: Page
    id: int = AMINA

    @property
    def newest(self) -> Locator:
        """The message that stands last."""
        return self.page.get_by_test_id("message").last

    async def catches_up(self) -> None:
        """Wait until the bot has answered everything and the page shows it.

        What tells of progress changes meanwhile; then it is what it has become that counts.
        """
        while True:
            await self.stage.settled()
            before = self._last()
            try:
                await self._shows(*before)
            except AssertionError:
                if self._last() == before:
                    raise
            else:
                return

    def _last(self) -> tuple[str, str, list[str]]:
        """The last message as it stands in the chat now: its id, its first line, its buttons."""
        message = self.stage.simulator.world.chat(self.id)[-1]
        labels = [str(button["text"]) for row in message.buttons for button in row]
        return str(message.id), message.text.split("\n")[0], labels

    async def _shows(self, number: str, line: str, labels: list[str]) -> None:
        await expect(self.newest).to_have_attribute("data-message-id", number)
        await expect(self.newest.locator(".words")).to_contain_text(line)
        await expect(self.newest.get_by_test_id("inline-button")).to_have_text(labels)

    async def sees(self, words: str) -> None:
        """`words` stand in the newest message, once the bot has answered everything."""
        await self.catches_up()
        await expect(self.newest.locator(".words")).to_contain_text(words)

    async def sees_first(self, words: str) -> None:
        """The newest message begins with `words`, and its beginning is in view."""
        await self.sees(words)
        text = self.newest.locator(".words")
        assert (await text.inner_text()).startswith(words)
        assert await text.evaluate(IN_VIEW), f"{words!r} is out of view"

    async def labels(self) -> list[str]:
        """The buttons below the newest message."""
        await self.catches_up()
        return await self.newest.get_by_test_id("inline-button").all_inner_texts()

    async def offers(self, *labels: str) -> None:
        """The newest message has these buttons, in this order."""
        await self.catches_up()
        await expect(self.newest.get_by_test_id("inline-button")).to_have_text(labels)

    async def taps(self, label: str) -> None:
        """Press the button of the newest message called `label`."""
        await self.catches_up()
        async with self.page.expect_response("**/control/press"):
            await self.newest.get_by_role("button", name=label, exact=True).click()
        await self.catches_up()

    async def says(self, text: str) -> None:
        """Type `text` and send it."""
        field = self.page.get_by_test_id("composer-input")
        await field.fill(text)
        async with self.page.expect_response("**/control/say"):
            await field.press("Enter")
        await expect(field).to_have_value("")
        await self.catches_up()

    async def begins(self) -> None:
        """Open the page and press START."""
        await self.opens()
        await self.starts()
        await expect(self.page.get_by_test_id("message")).to_have_count(2)

    async def starts(self) -> None:
        """Press START, and wait until the bot has begun to answer."""
        await self.page.get_by_test_id("start-button").click()
        await expect(self.page.get_by_test_id("message").nth(1)).to_be_visible()

    async def opens(self, payload: str = "") -> None:
        """Open the page as this person; with what a link to the bot brings along."""
        behind = f"&start={payload}" if payload else ""
        await self.page.goto(f"{self.stage.simulator.url}?as={self.id}{behind}")

    async def question(self) -> Question | None:
        """The open question, if the newest message is one."""
        await self.catches_up()
        words = await self.newest.locator(".words").inner_text()
        if "\nQuestion " not in words and not words.startswith("Question again"):
            return None
        return await self.question_of_reminder()

    async def question_of_reminder(self) -> Question:
        """The question whose text stands in the newest message, below whatever words."""
        words = await self.newest.locator(".words").inner_text()
        questions = self.stage.course.modules[0].questions()
        return next(asked for asked in questions if asked.text.strip() in words)

    async def goes_on(self) -> None:
        """Press the button that goes forward."""
        label = next(one for one in await self.labels() if any(word in one for word in FORWARD))
        await self.taps(label)

    async def goes_to_question(self) -> Question:
        """Go forward until a question is open."""
        while (asked := await self.question()) is None:
            await self.goes_on()
        return asked

    async def answers(self, asked: Question, letters: list[str]) -> None:
        """Answer by buttons."""
        for letter in letters:
            await self.taps(letter)
        if asked.has_several_answers:
            await self.taps(f"Continue with {', '.join(letters)}")


def right(asked: Question) -> list[str]:
    """The letters of the right answers."""
    return [asked.letter(option.id) for option in asked.options if option.correct]


def wrong(asked: Question) -> list[str]:
    """The letter of one wrong answer."""
    return [asked.letter(option.id) for option in asked.options if not option.correct][:1]
