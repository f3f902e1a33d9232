"""Ask a ClamAV daemon about a file (protocol INSTREAM), when the office runs one."""

import socket
import struct
from pathlib import Path

CHUNK = 64 * 1024
PATIENCE_S = 60.0


class ScannerUnavailable(Exception):
    """The configured scanner does not answer, or not sensibly: nothing is known about the file, try again later."""


def scan(address: str, path: Path) -> str | None:
    """The signature found in the file, or None when it is clean; `address` is host:port or unix:/path."""
    try:
        with _connected(address) as line, path.open("rb") as file:
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                line.sendall(struct.pack(">I", len(chunk)) + chunk)
            line.sendall(struct.pack(">I", 0))
            return _verdict(_answer(line))
    except OSError as failed:
        raise ScannerUnavailable(str(failed)) from failed


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        return _local(address.removeprefix("unix:"))
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        raise ScannerUnavailable(f"not an address: {address}")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE_S)


def _local(path: str) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(PATIENCE_S)
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < 4096 and (more := line.recv(4096)):
        answer += more
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(answer: str) -> str | None:
    if answer == "stream: OK":
        return None
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerUnavailable(answer or "no answer")
