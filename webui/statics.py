"""Scripts and styles under /static/: hashed names kept for a year, packed once at build time."""

import json
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request, send_from_directory

from webui.doors import public

DIRECTORY = Path(__file__).parent / "static" / "dist"
A_YEAR = 31_536_000
_TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".webp": "image/webp"}

statics = Blueprint("statics", __name__)


@lru_cache(maxsize=1)
def _manifest() -> dict[str, str]:
    names: dict[str, str] = json.loads((DIRECTORY / "manifest.json").read_text())
    return names


def asset(name: str) -> str:
    """The address of a built file: `app.js` → `/static/app-4e24914b28.js`; KeyError for a name nobody built."""
    return f"/static/{_manifest()[name]}"


@statics.get("/static/<name>")
@public
def file(name: str) -> Response:
    """Public: nothing in here is about anyone."""
    if name not in _manifest().values():
        abort(404)
    answer = _sent(name)
    answer.cache_control.immutable = True
    return answer


def built(name: str) -> Response:
    """A built file under an address of its own, for a year unless the caller says otherwise."""
    return _sent(_manifest()[name])


def _sent(name: str) -> Response:
    packed = request.accept_encodings["gzip"] > 0 and (DIRECTORY / f"{name}.gz").exists()
    answer = send_from_directory(DIRECTORY, f"{name}.gz" if packed else name, mimetype=_type(name), max_age=A_YEAR)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    return answer


def _type(name: str) -> str:
    return _TYPES.get(Path(name).suffix, "image/png")


def register(app: Flask) -> None:
    """Serves the files and gives templates `asset('app.js')`. The app is made with `static_folder=None`."""
    app.register_blueprint(statics)
    app.add_template_global(asset, "asset")
