"""A forward proxy: CONNECT to anywhere, and plain HTTP by absolute address; it notes what passes, or refuses it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

_END = b"\r\n\r\n"


class Proxy:
    """`seen` holds the method and the host with port of every request; `refuse` is a status to answer instead."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.refuse: int | None = None
        self.url = ""

    @property
    def hosts(self) -> set[str]:
        """Where requests went."""
        return {host for _, host in self.seen}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client. Plain requests go one a connection, so that each is seen."""
        with suppress(asyncio.IncompleteReadError, OSError):
            head = await reader.readuntil(_END)
            method, target, _ = head.decode("latin-1").split(" ", 2)
            where = urlsplit(f"//{target}" if method == "CONNECT" else target)
            self.seen.append((method, where.netloc))
            if self.refuse is not None:
                writer.write(f"HTTP/1.1 {self.refuse} Refused\r\nContent-Length: 0\r\n\r\n".encode())
            else:
                await self._pass_on(head, method, where.hostname or "", where.port or 80, reader, writer)
        writer.close()

    async def _pass_on(
        self,
        head: bytes,
        method: str,
        host: str,
        port: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        far_reader, far_writer = await asyncio.open_connection(host, port)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            far_writer.write(_alone(head))
        outward = asyncio.create_task(_pump(reader, far_writer))
        await _pump(far_reader, writer)
        outward.cancel()
        await asyncio.gather(outward, return_exceptions=True)
        far_writer.close()


def _alone(head: bytes) -> bytes:
    """The head of a plain request that ends its connection, as the server behind the proxy expects it."""
    first, *lines = head.removesuffix(_END).decode("latin-1").split("\r\n")
    method, target, version = first.split(" ", 2)
    parts = urlsplit(target)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    upgrades = any(line.lower().startswith("upgrade:") for line in lines)
    kept = [line for line in lines if upgrades or not line.lower().startswith("connection:")]
    closing = [] if upgrades else ["Connection: close"]
    return "\r\n".join([f"{method} {path} {version}", *kept, *closing]).encode("latin-1") + _END


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await source.read(65536):
            sink.write(chunk)
            await sink.drain()


@asynccontextmanager
async def proxying() -> AsyncIterator[Proxy]:
    """A proxy on a free port of this machine."""
    proxy = Proxy()
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield proxy
