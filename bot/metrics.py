"""Prometheus metrics of the process, served at /metrics. No ids, no texts."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """All metrics; one instance per process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "tutorbot_updates", "Updates handled.", ["kind", "outcome"], registry=self.registry
        )
        self.repeated_updates = self._counter(
            "repeated_updates", "Updates that came a second time."
        )
        self.flooded_updates = self._counter(
            "flooded_updates", "Updates held off, one person's too many."
        )
        self.retries = self._counter("retries", "Times an update was put off to be tried again.")
        self.failures = self._counter("failures", "Times handling an update failed.")
        self.set_aside_updates = self._counter(
            "set_aside_updates", "Updates given up after three tries."
        )
        self.wrong_counters = self._counter(
            "wrong_counters", "Counters that a recount found wrong."
        )
        self.reply_seconds = self._histogram(
            "reply_seconds",
            "From receiving an update to its answer being out.",
            (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
        )
        self.commit_seconds = self._histogram(
            "commit_seconds",
            "One transaction, synced.",
            (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5),
        )
        self.batch_size = self._histogram(
            "batch_size", "Writers that share a commit.", (1, 2, 4, 8, 16, 32, 64, 128, 256, 500)
        )
        self.inbox_length = self._gauge("inbox_length", "Updates in hand or waiting.")
        self.inbox_age_seconds = self._gauge("inbox_age_seconds", "Age of the oldest of them.")
        self.lane_length = Gauge(
            "tutorbot_lane_length", "Messages waiting to go.", ["lane"], registry=self.registry
        )
        self.lane_sent = Gauge(
            "tutorbot_lane_sent", "Messages that had their turn.", ["lane"], registry=self.registry
        )
        self.lane_waited_seconds = Gauge(
            "tutorbot_lane_waited_seconds",
            "Seconds that they waited for it, in all.",
            ["lane"],
            registry=self.registry,
        )
        self.too_many_requests = self._gauge("too_many_requests", "429 answers of Telegram so far.")
        self.poll_age_seconds = self._gauge(
            "poll_age_seconds", "Since Telegram last answered a poll."
        )

    def _counter(self, name: str, what: str) -> Counter:
        return Counter(f"tutorbot_{name}", what, registry=self.registry)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(f"tutorbot_{name}", what, registry=self.registry)

    def _histogram(self, name: str, what: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"tutorbot_{name}", what, buckets=buckets, registry=self.registry)


METRICS = Metrics()
