"""`tutorbot demo`: the real bot and the built-in simulator in one process; stores nothing.

Unless started empty, it has three cohorts of simulated learners with some weeks of history.
"""

import tempfile
from pathlib import Path

from pydantic import SecretStr

from bot import app, logs
from bot.actions.learner_state import Services
from bot.demo import chat_page, sample_world
from bot.demo.sample_cohorts import LearnerStatus
from bot.demo.sample_people import plan_learners
from bot.i18n import Translators
from bot.settings import Settings
from bot.signals import run_until_signal
from bot.terminal import print_errors, print_lines
from course.model import Course
from simulator.server import Simulator
from storage.store import Store


async def serve_demo(port: int, settings: Settings, course: Course, *, empty: bool = False) -> int:
    """Serve the chat page on `port` until stopped; returns the process's exit code.

    Args:
        empty: do not create sample data.
    """
    logs.configure(settings.log_level if settings.log_level != "INFO" else "WARNING")
    simulator = Simulator()
    try:
        await simulator.start(port=port)
    except OSError as error:
        print_errors(
            f"Cannot listen on port {port}: {error.strerror or error}."
            " Something else uses it; choose another port: tutorbot demo --port 8090"
        )
        return 1
    try:
        return await run_until_signal(_serve(simulator, settings, course, empty=empty))
    finally:
        await simulator.stop()


async def _serve(simulator: Simulator, settings: Settings, course: Course, *, empty: bool) -> int:
    def now() -> int:
        return int(simulator.world.clock.now() * 1000)

    demo = settings.model_copy(
        update={
            "token": SecretStr(simulator.token),
            "api_url": simulator.url,
            "admins": (*settings.admins, sample_world.ADMIN),
        }
    )
    print_lines(f"Open {simulator.url} in a browser and press Start. Stop with Ctrl+C.")
    with tempfile.TemporaryDirectory(prefix="tutorbot-demo-") as folder:
        store = await Store.open(f"sqlite:///{Path(folder) / 'demo.db'}", now())
        try:
            if not empty:
                await _populate(simulator, Services(course, store, frozenset(demo.admins)), now())
            chat_page.prepare_people(simulator.world, empty=empty)
            tried = chat_page.remind_everybody(course)
            async with app.run_bot(demo, tried, store, now) as tutor:
                chat_page.connect_time(simulator.world, tutor)
                await tutor.poll()
        finally:
            await store.close()
    return 0


async def _populate(simulator: Simulator, services: Services, now: int) -> None:
    plans = plan_learners(now)
    await sample_world.create_sample_world(services, Translators.load(), now, plans)
    for one in plans:
        has_blocked = one.status is LearnerStatus.BLOCKED
        simulator.world.unplayed(one.learner, one.name, blocked=has_blocked)
    print_lines(
        f"{len(plans)} simulated learners have some weeks behind them. Look at them as Farid,"
        " who facilitates two cohorts (/cohorts), or as Ada, the admin."
    )
