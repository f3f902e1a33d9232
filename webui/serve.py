"""The web server in this process: gunicorn with threads, and the worker beside it."""

import socket
import struct
import sys
from collections.abc import Callable, Iterable
from typing import Any

from gunicorn.app.base import BaseApplication

from webui.config import Config
from webui.supervise import Guard

PROCESSES = 2
THREADS = 32  # twelve slow uploads in one process leave twenty for the desk (DECISIONS.md, 3)
HEADERS = 5.0  # seconds of silence before the headers of a request are whole: browsers send them at once
SILENCE = 30.0  # seconds a sender may say nothing before its connection is given up

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def impatient(app: Wsgi) -> Wsgi:
    """Gives up connections that stay silent in mid-request: a lost phone does not keep a thread."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        connection = environ.get("gunicorn.socket")
        if connection is not None:
            connection.settimeout(SILENCE)
        return app(environ, start_response)

    return answer


def mute_ends(listening: socket.socket, seconds: float = HEADERS) -> None:
    """Connections taken from here end when they stay silent before their request is whole.

    Until the application is called gunicorn waits for headers without end; accepted sockets inherit this (Linux).
    """
    listening.setsockopt(
        socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", int(seconds), int(seconds % 1 * 1e6))
    )


class Server(BaseApplication):
    """gunicorn as a library: everything it needs is said here, nothing is read from its own files."""

    def __init__(self, config: Config, *, worker: bool) -> None:
        self._config, self._guard = config, Guard() if worker else None
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings().items():
            self.cfg.set(name, value)

    def load(self) -> Wsgi:
        from webui.app import create_app

        return impatient(create_app(self._config))

    def _settings(self) -> dict[str, Any]:
        config = self._config
        return {
            "bind": f"{config.host}:{config.port}",
            "worker_class": "gthread",
            "workers": PROCESSES,
            "preload_app": True,  # imported and built once, before the fork: whoever takes a request is ready for it
            "threads": THREADS,
            "keepalive": 5,
            "timeout": 60,
            "graceful_timeout": 10,
            "control_socket_disable": True,
            "accesslog": None,  # the application writes its own, without personal data
            "loglevel": "warning",
            "forwarded_allow_ips": "",  # whom to believe is decided by DISPOSISI_TRUSTED_PROXIES, in the application
            "proc_name": "disposisi",
            "when_ready": self._ready,
            "on_exit": self._exit,
        }

    def _ready(self, arbiter: Any) -> None:
        for listener in arbiter.LISTENERS:
            mute_ends(listener.sock)
        if self._guard is not None:
            self._guard.start()
        sys.stdout.write(greeting(self._config))
        sys.stdout.flush()

    def _exit(self, _arbiter: Any) -> None:
        if self._guard is not None:
            self._guard.stop()


def greeting(config: Config) -> str:
    """What the terminal shows when the office is open: the address, and the demo's sign-ins where there is a demo."""
    demo = config.home / "demo.txt"
    return f"\nDisposisi: {config.base_url}\n" + (demo.read_text() if demo.exists() else "") + "Ctrl-C stops it.\n"


def serve(config: Config, *, worker: bool = True) -> None:
    """Serves until it is told to stop; returns never (gunicorn exits the process, 0 after Ctrl-C or SIGTERM)."""
    Server(config, worker=worker).run()
