"""Teams messages a second: answered by `dxbot serve`, against an echo by the SDK's own adapter, in one run.

Ours checks the token, keeps a durable receipt, answers a member of staff from the pack and posts a card with a token
of its own; the stock adapter checks nothing and echoes.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from time import perf_counter

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from bench.answering import questions
from bench.harness import DXBOT, ROOT, Result, city, run, some_address

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "99999999-8888-7777-6666-555555555555"
ROUNDS = 5
CONNECTIONS = 16
MESSAGES = {"stock": 300, "ours": 3000}
NUMBERS = count()
QUESTIONS = questions()


def measure() -> Result:
    """Interleave ROUNDS of each; the median of each."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        keys = Path(folder) / "keys.json"
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        keys.write_text(json.dumps({"keys": [public | {"kid": "k", "endorsements": ["msteams"]}]}))
        environment = city(Path(folder), plan=False)
        run(["demo", "--staff", "20", "--seed", "1"], environment)
        connector = running.enter_context(peer("connector", str(keys), some_address(environment)))
        url = f"http://127.0.0.1:{connector}"
        ports = {
            "stock": running.enter_context(peer("stock")),
            "ours": running.enter_context(ours(environment, url)),
        }
        bearer = token(key, url)
        rates: dict[str, list[float]] = {name: [] for name in ports}
        for port in ports.values():
            asyncio.run(rate(port, url, bearer, 50))
        for _ in range(ROUNDS):
            for name, port in ports.items():
                rates[name].append(asyncio.run(rate(port, url, bearer, MESSAGES[name])))
    stock = statistics.median(rates["stock"])
    rows = tuple(
        (
            label,
            MESSAGES[name],
            statistics.median(rates[name]),
            min(rates[name]),
            max(rates[name]),
            statistics.median(rates[name]) / stock,
        )
        for name, label in (("stock", "stock CloudAdapterBase, echo"), ("ours", "dxbot serve, answered"))
    )
    columns = ("way", "messages a round", "messages/s", "min", "max", "x stock")
    return Result(
        "teams",
        f"Teams messages answered ({ROUNDS} interleaved rounds, {CONNECTIONS} at once)",
        columns,
        rows,
    )


async def rate(port: int, service_url: str, bearer: str, messages: int) -> float:
    """Post `messages` over CONNECTIONS connections; how many a second. Raises RuntimeError for any status but 200."""
    requests = iter([request(service_url, bearer, next(NUMBERS)) for _ in range(messages)])

    async def post() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for wanted in requests:
            writer.write(wanted)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.decode("latin-1"))
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length or b"0"))
        writer.close()

    began = perf_counter()
    await asyncio.gather(*(post() for _ in range(CONNECTIONS)))
    return messages / (perf_counter() - began)


def request(service_url: str, bearer: str, number: int) -> bytes:
    """One message of its own id, as the bytes of an HTTP request."""
    activity = {
        "type": "message",
        "id": f"{time.time_ns()}-{number}",
        "timestamp": "2026-11-22T10:00:00.000Z",
        "serviceUrl": service_url,
        "channelId": "msteams",
        "from": {"id": "29:u", "name": "n", "aadObjectId": "aad"},
        "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": "a:1"},
        "recipient": {"id": f"28:{APP_ID}", "name": "bot"},
        "text": QUESTIONS[number % len(QUESTIONS)],
        "channelData": {"tenant": {"id": TENANT}},
    }
    body = json.dumps(activity).encode()
    head = (
        "POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: {bearer}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def token(key: rsa.RSAPrivateKey, service_url: str) -> str:
    """The bearer of every request."""
    now = int(time.time())
    claims = {
        "iss": "https://api.botframework.com",
        "aud": APP_ID,
        "exp": now + 3600,
        "serviceurl": service_url,
    }
    return "Bearer " + jwt.encode(claims, key, algorithm="RS256", headers={"kid": "k"})


@contextmanager
def ours(environment: Mapping[str, str], service_url: str) -> Iterator[int]:
    """`dxbot serve` for the fake platform; its port."""
    told = {
        "TEAMS_APP_ID": APP_ID,
        "TEAMS_APP_PASSWORD": "bench",
        "TEAMS_APP_TENANT_ID": TENANT,
        "TEAMS_SERVICE_URLS": service_url,
        "TEAMS_LOGIN_URL": f"{service_url}/login",
        "TEAMS_OPENID_URL": f"{service_url}/openid/metadata",
    }
    with _process([str(DXBOT), "serve"], {**environment, **told}) as line:
        yield int(line.rstrip().rpartition(":")[2])


@contextmanager
def peer(*arguments: str) -> Iterator[int]:
    """One of bench.teams_peers; its port."""
    with _process([sys.executable, "-m", "bench.teams_peers", *arguments], None) as line:
        yield int(line)


@contextmanager
def _process(command: list[str], environment: Mapping[str, str] | None) -> Iterator[str]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        yield process.stdout.readline()
    finally:
        process.terminate()
        process.communicate(timeout=30)
