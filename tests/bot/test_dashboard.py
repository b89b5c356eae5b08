"""deploy/grafana-dashboard.json shows meters that exist, and all of them."""

import json
import re
from pathlib import Path
from typing import Any

from prometheus_client import generate_latest

from bot.metrics import Metrics

FILE = Path(__file__).parents[2] / "deploy" / "grafana-dashboard.json"
NAME = re.compile(r"\btutorbot_\w+")


def _shown() -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return shown


def _served() -> set[str]:
    """Every name at /metrics, of a process that has counted each thing once."""
    meters = Metrics()
    meters.updates.labels(kind="message", outcome="done").inc()
    for gauge in (meters.lane_length, meters.lane_sent, meters.lane_waited_seconds):
        gauge.labels(lane="answer").set(1)
    return set(NAME.findall(generate_latest(meters.registry).decode()))


def _asked(panel: dict[str, Any]) -> list[str]:
    return [name for target in panel["targets"] for name in NAME.findall(target["expr"])]


def test_every_panel_asks_for_meters_that_exist() -> None:
    served = _served()

    for panel in _shown()["panels"]:
        assert _asked(panel), panel["title"]
        assert set(_asked(panel)) <= served, panel["title"]


def test_every_meter_is_on_a_panel() -> None:
    asked = {name for panel in _shown()["panels"] for name in _asked(panel)}
    whole = {re.sub(r"_(total|bucket|sum|count)$", "", name) for name in asked}

    meters = {metric.name for metric in Metrics().registry.collect()}
    assert meters - whole == set()


def test_panels_do_not_lie_over_each_other() -> None:
    taken = [
        (x, y)
        for place in (panel["gridPos"] for panel in _shown()["panels"])
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]

    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24
