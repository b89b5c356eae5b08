"""Whatever real buttons somebody presses, old and new, in any order: they always get on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from course.learning.next_step import Finished, next_step
from course.model import LearnerId
from tests.conftest import Lend
from tests.conversations.audit import audit
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.running import staged

AMINA = LearnerId(1001)

TYPED = (
    "a", "B", "ac", "next", "back", "/continue", "/start", "/modules", "/progress", "/settings",
    "/deletemydata", "what?",
)  # fmt: skip

# Mostly the newest button; else any that was ever shown; else something typed.
DEEDS = st.one_of(
    st.tuples(st.just("newest"), st.integers(0, 5)),
    st.tuples(st.just("newest"), st.integers(0, 5)),
    st.tuples(st.just("any"), st.integers(0, 10_000)),
    st.tuples(st.just("twice"), st.integers(0, 10_000)),
    st.tuples(st.just("typed"), st.sampled_from(range(len(TYPED)))),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(DEEDS, min_size=10, max_size=45), st.sampled_from([0.0, 4.0, 40.0]))
async def test_any_taps_in_any_order_lose_nothing_and_leave_a_way_on(
    lent_store: Lend, deeds: list[tuple[str, int]], pause: float
) -> None:
    async with lent_store() as url, staged(url, SMALL) as on:
        learner = Careful(on)
        learner.pause = pause
        shown: dict[tuple[int, str], None] = {}
        await learner.says("/start")
        for deed in deeds:
            before = (await on.store.fetch_history(AMINA)).progress
            await does(learner, deed, shown)
            after = (await on.store.fetch_history(AMINA)).progress
            for asked in SMALL.questions():
                assert after.has_passed(asked.id) >= before.has_passed(asked.id)
                assert before.first_attempt(asked.id) in (None, after.first_attempt(asked.id))

        await gets_to_the_end(learner)
        progress = (await on.store.fetch_history(AMINA)).progress
        assert isinstance(next_step(SMALL, progress), Finished)
        audit(on.simulator.world)


async def does(learner: Careful, deed: tuple[str, int], shown: dict[tuple[int, str], None]) -> None:
    """One thing somebody may do; nobody here confirms that everything is to be deleted."""
    shown.update(dict.fromkeys(b for b in learner.buttons() if b[1] != "x:forget:1"))
    kind, number = deed
    if kind == "typed" or not shown:
        await learner.says(TYPED[number % len(TYPED)])
        return
    newest = [b for b in shown if b[0] == learner.newest.id]
    among = newest if kind == "newest" and newest else list(shown)
    button = among[number % len(among)]
    if kind == "twice":
        await learner.presses_at_once(button, button)
    else:
        await learner.presses(*button)


async def gets_to_the_end(learner: Careful) -> None:
    """Press what goes on, answering right, until nothing is left."""
    learner.pause = 30
    await learner.says("/continue")
    for _ in range(60):
        if learner.sees.startswith("You have done everything"):
            return
        await learner.goes_on()
    problem = f"stuck at {learner.sees!r}"
    raise AssertionError(problem)
