"""`tutorbot demo`: the real bot and the built-in simulator in one process; keeps nothing."""

import sys
import tempfile
from pathlib import Path

from pydantic import SecretStr

from bot import app, logs
from bot.settings import Settings
from bot.signals import until_told
from course.model import Course
from simulator.server import Simulator
from storage.store import Store


async def serve_demo(port: int, settings: Settings, course: Course) -> int:
    """Serve the chat page on `port` until stopped; returns the process's exit code."""
    logs.configure(settings.log_level if settings.log_level != "INFO" else "WARNING")
    simulator = Simulator()
    try:
        await simulator.start(port=port)
    except OSError as error:
        sys.stderr.write(
            f"Cannot listen on port {port}: {error.strerror or error}."
            " Something else uses it; choose another port: tutorbot demo --port 8090\n"
        )
        return 1
    try:
        return await until_told(_serve(simulator, settings, course))
    finally:
        await simulator.stop()


async def _serve(simulator: Simulator, settings: Settings, course: Course) -> int:
    def now() -> int:
        return int(simulator.world.clock.now() * 1000)

    demo = settings.model_copy(
        update={"token": SecretStr(simulator.token), "api_url": simulator.url}
    )
    with tempfile.TemporaryDirectory(prefix="tutorbot-demo-") as folder:
        store = await Store.open(f"sqlite:///{Path(folder) / 'demo.db'}", now())
        try:
            async with app.running(demo, course, store, now) as tutor:
                sys.stdout.write(
                    f"Open {simulator.url} in a browser and press Start. Stop with Ctrl+C.\n"
                )
                sys.stdout.flush()
                await tutor.poll()
        finally:
            await store.close()
    return 0
