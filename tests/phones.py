"""Slow phones, as a process of their own: each uploads a long video little by little until told to stop.

python phones.py URL COUNT     says "ready" once all of them are sending; ends with its standard input
"""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from visitor import WHAT, WHO, Visitor

MB = 1024 * 1024
SIZE = 100 * MB
PIECE, PAUSE = 32 * 1024, 0.04  # about 0.8 MB a second
HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
LINE = "----telepon-lambat"


@contextmanager
def uploading(url: str, count: int) -> Iterator[None]:
    """So many phones, all of them sending when it begins, their lines cut when it ends."""
    command = [sys.executable, __file__, url, str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == b"ready\n"
        yield
        process.stdin.close()
        assert process.wait(30) == 0


def main(url: str, count: int) -> None:
    """Until standard input ends."""
    stop = threading.Event()
    ready = threading.Barrier(count + 1)
    phones = [threading.Thread(target=upload, args=(url, stop, ready), daemon=True) for _ in range(count)]
    for phone in phones:
        phone.start()
    ready.wait(60)
    print("ready", flush=True)
    sys.stdin.read()
    stop.set()
    for phone in phones:
        phone.join(10)


def upload(url: str, stop: threading.Event, ready: threading.Barrier) -> None:
    """One phone: the steps before, then its video; the line is cut when it should stop."""
    citizen = Visitor(lambda: url)
    page = citizen.get("/lapor/siapmas")
    citizen.post("/lapor/siapmas/siapa", {"csrf_token": page.token, **WHO})
    citizen.post("/lapor/siapmas/peristiwa", {"csrf_token": page.token, "perihal": "Video", **WHAT})
    where = urlsplit(url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        line.sendall(_begin(citizen, page.token))
        ready.wait(60)
        sent = len(HEAD)
        while sent < SIZE and not stop.wait(PAUSE):
            line.sendall(bytes(PIECE))
            sent += PIECE


def _begin(citizen: Visitor, token: str) -> bytes:
    """The head of the request, its token, and the first bytes of the file."""
    field = f'--{LINE}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    file = f'--{LINE}\r\nContent-Disposition: form-data; name="bukti"; filename="jalan.mp4"\r\n\r\n'
    body = (field + file).encode()
    end = len(f"\r\n--{LINE}--\r\n")
    head = [
        "POST /lapor/siapmas/bukti HTTP/1.1",
        "Host: localhost",
        "Cookie: " + "; ".join(f"{name}={value}" for name, value in citizen.cookies.items()),
        f"Content-Type: multipart/form-data; boundary={LINE}",
        f"Content-Length: {len(body) + SIZE + end}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body + HEAD


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
