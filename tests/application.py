"""The whole application for a test: built anew each time, its templates and addresses compiled once."""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from webui.app import create_app
from webui.config import Config


class Remembered(BytecodeCache):
    """Compiled templates of this process, by their name and source."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


_TEMPLATES = Remembered()


class Address(Rule):
    """An address whose builder, the dearest part of a new application, is the one of an application before."""

    _builders: dict[tuple[Any, ...], Any] = {}  # noqa: RUF012  # of all of them

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        key = (self.rule, repr(self.defaults), *self._trace, append_unknown)
        if key not in self._builders:
            self._builders[key] = super()._compile_builder(append_unknown)
        return self._builders[key]


Flask.url_rule_class = Address


def application(config: Config, now: Callable[[], int]) -> Flask:
    """As `disposisi serve` builds it."""
    app = create_app(config, now=now)
    app.jinja_env.bytecode_cache = _TEMPLATES
    return app
