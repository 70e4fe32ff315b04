"""Counts for operators: how many requests, how they ended, how long they took. Never what was asked, or by whom."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 3.0)


class Meter:
    """One process's counters, as Prometheus reads them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "dxbot_requests_total",
            "Requests answered, by channel, handler and outcome",
            ("channel", "name", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "dxbot_request_seconds",
            "Seconds from request to reply, without the channel",
            ("channel",),
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def observe(self, channel: str, name: str, outcome: str, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(channel, name, outcome).inc()
        self._seconds.labels(channel).observe(seconds)

    def exposition(self) -> bytes:
        """Everything counted, in Prometheus' text format."""
        return generate_latest(self.registry)
