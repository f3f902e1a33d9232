"""Imports of old lists, as the web and the worker share them: where uploaded lists lie, who carries them out."""

from collections.abc import Callable, Mapping

from engine.commands import import_runs
from engine.errands import Handler
from engine.imports.kept import Shelf
from webui.config import Config


def shelf_of(config: Config) -> Shelf:
    """Where this installation keeps lists that are being imported."""
    return Shelf(config.home / "impor")


def handlers(config: Config, now: Callable[[], int]) -> Mapping[str, Handler]:
    """What the worker does for imports."""
    return {import_runs.KIND: import_runs.worker(shelf_of(config), now)}
