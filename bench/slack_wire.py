"""Both ends of a Slack measure, as light as they can be: signed events out, chat.postMessage in."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.fakes.slack_client import direct, event, signed

CONNECTIONS = 32
USER = "U0BENCH"
_END = b"\r\n\r\n"


@dataclass
class Answers(asyncio.Protocol):
    """Slack's Web API that says yes to everything and counts the messages posted."""

    count: list[int]
    email: str
    wanted: list[int] = field(default_factory=lambda: [0])
    done: asyncio.Event = field(default_factory=asyncio.Event)
    buffer: bytes = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(_END)) >= 0:
            head = self.buffer[:end]
            size = end + len(_END) + _content_length(head)
            if len(self.buffer) < size:
                return
            self.buffer = self.buffer[size:]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        body: dict[str, object] = {"ok": True, "ts": "1.1", "channel": "D0BENCH"}
        if b"/auth.test " in head:
            body |= {"user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T0CITY"}
        elif b"/users.info" in head:
            body["user"] = {"id": USER, "profile": {"email": self.email}}
        elif b"/chat.postMessage " in head:
            self.count[0] += 1
            if self.count[0] == self.wanted[0]:
                self.done.set()
        raw = json.dumps(body).encode()
        header = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
        self.transport.write(header.encode() + raw)


class Slack:
    """The stand-in on a port of its own."""

    def __init__(self, email: str) -> None:
        self._email = email
        self._count = [0]
        self._wanted = [0]
        self._done = asyncio.Event()

    async def start(self) -> str:
        """Listen, and return the Web API's address."""

        def protocol() -> Answers:
            return Answers(self._count, self._email, self._wanted, self._done)

        self._server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/api/"

    def expect(self, more: int) -> asyncio.Event:
        """Set once `more` further messages were posted."""
        self._done.clear()
        self._wanted[0] = self._count[0] + more
        return self._done

    @property
    def posted(self) -> int:
        """How many messages were posted."""
        return self._count[0]

    def close(self) -> None:
        """Stop listening."""
        self._server.close()


async def ask(port: int, slack: Slack, questions: Sequence[str]) -> float:
    """Deliver every question at once over CONNECTIONS connections; seconds until the last answer was posted."""
    done = slack.expect(len(questions))
    waiting = iter([_request(text) for text in questions])
    began = time.perf_counter()
    async with asyncio.timeout(120):
        await asyncio.gather(*(_deliver(port, waiting) for _ in range(CONNECTIONS)))
        await done.wait()
    return time.perf_counter() - began


def _request(text: str) -> bytes:
    body = json.dumps(event(direct(USER, text))).encode()
    headers = signed(body) | {"Host": "127.0.0.1", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{lines}\r\n".encode() + body


async def _deliver(port: int, waiting: Iterator[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:
        writer.write(request)
        head = await reader.readuntil(_END)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode().splitlines()[0])
        await reader.readexactly(_content_length(head))
    writer.close()
    await writer.wait_closed()


def _content_length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"content-length:")
    return int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
