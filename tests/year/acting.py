"""What people do, done in the simulated Telegram; and what they get there, written down."""

from dataclasses import dataclass, field

from bot.callback_data import (
    Continue,
    FinishItem,
    Press,
    SetPreference,
    Snooze,
    SubmitAnswer,
    ToggleSetting,
    pack,
    unpack,
)
from simulator.messages import Message
from simulator.server import Simulator
from simulator.state import Event
from tests.year.lives import Lives, Plan
from tests.year.record import Act, Did, Got, Record
from tests.year.working import COURSE, FIRST_LINE

FINISHED = f"Idea of {list(COURSE.questions())[-1].id}."
"""What stands below the last answer: all answers of these people are right."""
BROADCASTS = {"broadcast": "News", "urgent": "Urgent news"}
"""The first words of every broadcast, by its kind."""

_TYPED = {Act.COMES: "/start", Act.STARTS: "/start", Act.STOPS: "/stop"}


@dataclass(slots=True)
class Acting:
    """The people of `lives` before the simulated Telegram."""

    simulator: Simulator
    lives: Lives
    record: Record
    _finished: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for person in self.lives.people:
            self.simulator.world.person(person, f"Learner {person}")
        self.simulator.world.listen(self._happens)

    @property
    def now(self) -> int:
        """By the simulator's clock."""
        return round(self.simulator.world.clock.now() * 1000)

    def does(self, plan: Plan) -> bool:
        """Do it, if it makes sense now; whether it did."""
        world, person = self.simulator.world, self.lives.people[plan.learner]
        if plan.act is Act.COMES:
            world.say(person.id, "/start")
        elif not person.is_here or (person.is_blocking and plan.act is not Act.UNBLOCKS):
            return False
        elif plan.act is Act.BLOCKS:
            world.block(person.id)
        elif plan.act is Act.UNBLOCKS:
            if not person.is_blocking:
                return False
            world.unblock(person.id)
        elif plan.act in _TYPED:
            world.say(person.id, _TYPED[plan.act])
        elif plan.act is Act.JOINS:
            return False  # by a link: see `tests.year.leading`
        else:
            newest = self._newest(person.id)
            world.press(person.id, newest.id, pack(self._press(plan, newest)))
        return True

    def noted(self, plan: Plan) -> None:
        """The bot has heard of it."""
        self.record.did.append(Did(self.now, plan.learner, plan.act, plan.value))
        self.lives.did(plan)

    def finished(self) -> None:
        """Note who has answered the last question."""
        for learner in self._finished:
            person = self.lives.people[learner]
            if not person.has_finished:
                person.has_finished = True
                self.record.did.append(Did(self.now, learner, Act.FINISHES))
        self._finished.clear()

    def _press(self, plan: Plan, newest: Message) -> Press:
        match plan.act, plan.value:
            case Act.LEARNS, _:
                return self._forward(newest)
            case Act.PAUSES, _:
                return ToggleSetting("reminders", on=False)
            case Act.RESUMES, _:
                return ToggleSetting("reminders", on=True)
            case Act.SNOOZES, str(until):
                return Snooze(until)
            case ((Act.ZONE | Act.HOUR | Act.QUIET | Act.REST | Act.PACE), str(value)):
                return SetPreference(plan.act.value, value)
            case _:
                problem = f"nothing to press for {plan}"
                raise AssertionError(problem)

    def _forward(self, newest: Message) -> Press:
        """One step of the course, if the newest message has one; else have it shown."""
        found = [unpack(button["callback_data"]) for row in newest.buttons for button in row]
        choices = [press for press in found if isinstance(press, SubmitAnswer)]
        onward = next((press for press in found if isinstance(press, FinishItem)), Continue())
        if not choices:
            return onward
        question = COURSE.question(choices[0].question)
        assert question is not None, "it is of this course"
        return next(press for press in choices if press.chosen == question.correct)

    def _newest(self, learner: int) -> Message:
        history = self.simulator.world.history(learner)
        return next(message for message in reversed(history.values()) if message.from_bot)

    def _happens(self, event: Event) -> None:
        if event.message is None or event.kind not in ("message", "edit"):
            return
        learner, text = event.message.chat.id, event.message.text
        if learner not in self.lives.people or not event.message.from_bot:
            return
        if FINISHED in text:
            self._finished.append(learner)
        got = _unasked(self.now, learner, text.partition("\n")[0])
        if got is not None and event.kind == "message":
            self.record.got.append(got)
            if got.kind not in BROADCASTS:
                self.lives.reminded(learner, self.now)


def _unasked(at: int, learner: int, opening: str) -> Got | None:
    """The message that begins so, if it is one that nobody asked for."""
    if opening.startswith(f"{FIRST_LINE} ("):
        kind, _, _wording = opening.removeprefix(f"{FIRST_LINE} (").partition(",")
        return Got(at, learner, kind, opening=opening)
    for kind, words in BROADCASTS.items():
        if opening.startswith(f"{words} "):
            return Got(at, learner, kind, about=opening.rsplit(maxsplit=1)[-1])
    return None
