"""What machines ask: is the process alive, can it answer, what did it count. No person, no content."""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web

from bot.handlers.backups import look_at_backups
from bot.handlers.digest.lateness import lateness
from bot.services import Services

log = logging.getLogger(__name__)


def add_health_routes(app: web.Application, services: Services) -> None:
    """Add /healthz, /readyz and /metrics."""
    health = Health(services)
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", health.metrics)


class Health:
    """Answers probes about one Services."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def alive(self, _request: web.Request) -> web.Response:
        """200 while the event loop turns."""
        return web.Response(text="ok\n")

    async def ready(self, _request: web.Request) -> web.Response:
        """200 when the database, the knowledge base and the channels are ready, else 503 with the part that is not."""
        for name, check in (("database", self._count_outbox), ("knowledge", self._count_entries)):
            try:
                await asyncio.to_thread(check)
            except Exception:
                log.exception("not ready: %s", name)
                return web.Response(status=503, text=f"not ready: {name}\n")
        for name, is_ready in self._services.readiness.items():
            if not is_ready():
                log.warning("not ready: %s", name)
                return web.Response(status=503, text=f"not ready: {name}\n")
        late = await asyncio.to_thread(lateness, self._services)
        if late is not None:  # the web process itself is well: it stays in rotation, and tells
            log.warning("the digest of %s is late", late.week)
            return web.Response(text=f"ready\nlate: digest {late.week}\n")
        return web.Response(text="ready\n")

    async def metrics(self, _request: web.Request) -> web.Response:
        """Counters in Prometheus' text format, with what waits in the outbox."""
        gauges = await asyncio.to_thread(self._gauges)
        body = self._services.meter.exposition() + gauges.encode()
        return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    def _count_outbox(self) -> dict[str, int]:
        return dict(self._services.stores.outbox.counts())

    def _count_entries(self) -> int:
        return len(self._services.knowledge.whole.entries)

    def _gauges(self) -> str:
        lines = ["# HELP dxbot_articles Articles that can be found", "# TYPE dxbot_articles gauge"]
        lines.append(f"dxbot_articles {self._count_entries()}")
        lines += ["# HELP dxbot_outbox_messages Messages by state", "# TYPE dxbot_outbox_messages gauge"]
        lines += [
            f'dxbot_outbox_messages{{state="{state}"}} {n}'
            for state, n in sorted(self._count_outbox().items())
        ]
        late = lateness(self._services)
        lines += [
            "# HELP dxbot_digest_late 1 when this week's digest did not go out",
            "# TYPE dxbot_digest_late gauge",
        ]
        lines.append(f"dxbot_digest_late {int(late is not None)}")
        lines += [
            "# HELP dxbot_backups_wrong 1 when something is to be done about the daily backups",
            "# TYPE dxbot_backups_wrong gauge",
        ]
        lines.append(f"dxbot_backups_wrong {int(not look_at_backups(self._services).right)}")
        return "\n".join(lines) + "\n"
