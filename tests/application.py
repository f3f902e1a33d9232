"""The whole application for a test: built anew each time, its templates compiled once."""

from collections.abc import Callable

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from webui.app import create_app
from webui.config import Config


class Remembered(BytecodeCache):
    """Compiled templates of this process, by their name and source."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


_TEMPLATES = Remembered()


def application(config: Config, now: Callable[[], int]) -> Flask:
    """As `disposisi serve` builds it."""
    app = create_app(config, now=now)
    app.jinja_env.bytecode_cache = _TEMPLATES
    return app
