"""Prometheus metrics of the process, served at /metrics. No ids, no texts."""

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_REPLY_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
_COMMIT_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5)
_BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 500)


class Metrics:
    """All metrics; one instance per process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        counter = partial(Counter, namespace="tutorbot", registry=self.registry)
        gauge = partial(Gauge, namespace="tutorbot", registry=self.registry)
        histogram = partial(Histogram, namespace="tutorbot", registry=self.registry)
        self.updates = counter("updates", "Updates handled.", ["kind", "outcome"])
        self.repeated_updates = counter("repeated_updates", "Updates that came a second time.")
        self.flooded_updates = counter(
            "flooded_updates", "Updates held off, one person's too many."
        )
        self.retries = counter("retries", "Times an update was put off to be tried again.")
        self.failures = counter("failures", "Times handling an update failed.")
        self.set_aside_updates = counter("set_aside_updates", "Updates given up after three tries.")
        self.wrong_counters = counter("wrong_counters", "Counters that a recount found wrong.")
        told = "From receiving an update to its answer being out."
        self.reply_seconds = histogram("reply_seconds", told, buckets=_REPLY_SECONDS)
        told = "One transaction, synced."
        self.commit_seconds = histogram("commit_seconds", told, buckets=_COMMIT_SECONDS)
        self.batch_size = histogram(
            "batch_size", "Writers that share a commit.", buckets=_BATCH_SIZES
        )
        self.inbox_length = gauge("inbox_length", "Updates in hand or waiting.")
        self.inbox_age_seconds = gauge("inbox_age_seconds", "Age of the oldest of them.")
        self.lane_length = gauge("lane_length", "Messages waiting to go.", ["lane"])
        self.lane_sent = gauge("lane_sent", "Messages that had their turn.", ["lane"])
        told = "Seconds that they waited for it, in all."
        self.lane_waited_seconds = gauge("lane_waited_seconds", told, ["lane"])
        self.too_many_requests = gauge("too_many_requests", "429 answers of Telegram so far.")
        self.poll_age_seconds = gauge("poll_age_seconds", "Since Telegram last answered a poll.")


METRICS = Metrics()
