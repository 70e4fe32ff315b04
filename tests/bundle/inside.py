"""Runs in a network namespace of its own: installs the bundle, asks, serves. Only the standard library is at hand.

python inside.py BUNDLE PLACE → one JSON object: what was seen.
"""

import contextlib
import fcntl
import json
import os
import re
import socket
import struct
import subprocess
import sys
import urllib.request
from pathlib import Path

OUTSIDE = ("192.0.2.1", 443)
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
QUESTION = "RPAとは何ですか"


def bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        told = fcntl.ioctl(sock, SIOCGIFFLAGS, struct.pack("16sH14x", b"lo", 0))
        flags = struct.unpack("16sH14x", told)[1] | IFF_UP
        fcntl.ioctl(sock, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags))


def reaches_outside() -> bool:
    try:
        with socket.create_connection(OUTSIDE, timeout=2):
            return True
    except OSError:
        return False


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main(bundle: Path, place: Path) -> None:
    bring_up_loopback()
    seen: dict[str, object] = {"outside": reaches_outside()}
    seen["installed"] = run("sh", str(bundle / "install.sh"), str(place), cwd=Path("/"))
    seen["again"] = run("sh", str(bundle / "install.sh"), str(place), cwd=Path("/"))
    dxbot = str(place / "current" / "bin" / "dxbot")
    run(dxbot, "migrate", cwd=place)
    seen["doctor"] = run(dxbot, "doctor", "--offline", cwd=place)
    seen["asked"] = json.loads(run(dxbot, "ask", "--json", QUESTION, cwd=place))
    os.environ["PORT"] = "0"
    with subprocess.Popen([dxbot, "serve"], cwd=place, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        with contextlib.suppress(StopIteration):
            line = next(line for line in serving.stdout if "http://" in line)
            address = re.search(r"http://[\d.:]+", line)
            assert address is not None, line
            for path in ("/", "/readyz"):
                with urllib.request.urlopen(address[0] + path, timeout=20) as response:
                    seen[path] = response.status
        serving.terminate()
        seen["serve"] = serving.wait(30)
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
