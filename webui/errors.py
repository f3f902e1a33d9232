"""What went wrong, as a page: one table from the office's errors to words people can act on."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from db import connect
from engine.errors import (
    FormInvalid,
    NotAllowed,
    NotFound,
    OfficeError,
    ProcessBroken,
    SlowDown,
    TaskAlreadyDone,
    WorkflowChanged,
)
from webui import doors, kept, language
from webui.clock import now_ms
from webui.logs import log, places

RETRY_S = 15


@dataclass(frozen=True)
class Words:
    """A page about an error: what happened, and what to do now."""

    title: Any
    text: Any


OFFICE: dict[type[OfficeError], Words] = {
    NotFound: Words(
        later("Tidak ditemukan"),
        later("Halaman atau berkas ini tidak ada, atau bukan untuk Anda. Periksa kembali alamatnya."),
    ),
    NotAllowed: Words(later("Bukan wewenang Anda"), later("Anda tidak dapat melakukan ini.")),
    TaskAlreadyDone: Words(later("Tugas ini sudah dikerjakan"), later("Tidak ada yang perlu Anda lakukan lagi.")),
    WorkflowChanged: Words(
        later("Berkas baru saja berubah"),
        later("Rekan Anda menyimpan sesuatu pada berkas ini di saat yang sama. Muat ulang halaman, lalu coba lagi."),
    ),
    FormInvalid: Words(later("Isian belum lengkap"), later("Kembali ke formulir dan perbaiki isian yang disebutkan.")),
    SlowDown: Words(later("Tunggu sebentar"), later("Terlalu banyak percobaan.")),
    ProcessBroken: Words(
        later("Proses terhenti"),
        later("Sistem tidak dapat melanjutkan berkas ini. Isian Anda tersimpan, dan administrator sudah diberi tahu."),
    ),
    OfficeError: Words(later("Tidak dapat dilakukan"), later("Permintaan ini tidak dapat dilakukan.")),
}

HTTP: dict[int, Words] = {
    400: Words(later("Permintaan tidak dapat dibaca"), later("Kembali ke halaman sebelumnya, lalu coba lagi.")),
    401: Words(later("Sesi Anda berakhir"), later("Masuk kembali untuk melanjutkan.")),
    403: OFFICE[NotAllowed],
    404: OFFICE[NotFound],
    405: Words(later("Alamat ini tidak dibuka langsung"), later("Kembali ke halaman sebelumnya.")),
    413: Words(
        later("Kiriman terlalu besar"),
        later("Kurangi jumlah atau ukuran berkas, lalu kirim lagi. Tidak ada yang tersimpan."),
    ),
    415: Words(later("Jenis kiriman tidak didukung"), later("Kembali ke halaman sebelumnya, lalu coba lagi.")),
    429: OFFICE[SlowDown],
    503: Words(
        later("Sistem sedang tidak dapat menyimpan"),
        later("Yang Anda kirim belum diproses, dan tidak ada yang tersimpan sebagian. Coba lagi sebentar lagi."),
    ),
    500: Words(later("Ada kesalahan pada sistem"), later("Ini bukan kesalahan Anda. Coba lagi sebentar lagi.")),
}


def words_of(error: OfficeError) -> Words:
    """The words of the error's own kind, or of the nearest kind above it."""
    return next(OFFICE[kind] for kind in type(error).__mro__ if kind in OFFICE)


def detail_of(error: OfficeError) -> str:
    """The facts of this error as a sentence, where it has any."""
    if isinstance(error, NotAllowed):
        return language.say(error.why)
    if isinstance(error, SlowDown):
        return str(_("Coba lagi sesudah pukul %(until)s.", until=language.clock_time(error.until)))
    if isinstance(error, TaskAlreadyDone) and error.at is not None:
        return done_by(error)
    return ""


def done_by(error: TaskAlreadyDone) -> str:
    """Who was first, as what and when."""
    kinds = {"definitif": _("pejabat definitif"), "plt": "Plt.", "plh": "Plh.", "wakil": _("wakil")}
    facts = {"who": error.by, "kind": kinds.get(error.kind, error.kind), "when": language.moment(error.at)}
    if error.by:
        return str(_("Sudah dikerjakan oleh %(who)s sebagai %(kind)s, %(when)s.", **facts))
    return str(_("Tidak lagi terbuka sejak %(when)s.", **facts))


def page(status: int, words: Words, detail: str = "", **more: Any) -> Response:
    """The page, or its facts for a script that asked for them."""
    if request.accept_mimetypes.best == "application/json":
        answer = jsonify(error=str(words.title), detail=detail or str(words.text))
        answer.status_code = status
        return answer
    if request.headers.get("HX-Request"):  # a part of a page asked: it gets a sentence, not a page
        return make_response(render_template("error_part.html", words=words, detail=detail), status)
    base = "base.html" if g.get("me") else "public_base.html"
    facts = {"status": status, "words": words, "detail": detail, "frame": base, "code": g.get("request_id", "")}
    return make_response(render_template("error.html", **facts, **more), status)


def _office(error: OfficeError) -> Response:
    if isinstance(error, ProcessBroken):
        log.error("incident", id=g.get("request_id"), process=error.process, element=error.element)
    answer = page(error.status, words_of(error), detail_of(error))
    return waiting(answer, error.until) if isinstance(error, SlowDown) else answer


def waiting(answer: Response, until: int) -> Response:
    """An answer that tells programs too when to come back."""
    answer.headers["Retry-After"] = str(max(1, -(-(until - now_ms()) // 1000)))
    return answer


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    if status == 500:
        _log_cause(getattr(error, "original_exception", None) or error)
        g.bare = True  # whatever broke may break the frame of the page as well
    return page(status, HTTP.get(status, HTTP[400 if status < 500 else 500]))


def _unavailable(trouble: Exception) -> Response:
    """The database is gone, locked or full: said plainly, without asking it for more; what was typed can be resent."""
    _log_cause(trouble)
    g.bare = True
    typed = [] if doors.marked("streams") else _typed()
    answer = page(503, HTTP[503], typed=typed, again=request.path)
    answer.headers["Retry-After"] = str(RETRY_S)
    return answer


def _log_cause(cause: BaseException) -> None:
    """Where it broke, by file and line; never the message, which may quote what someone typed."""
    log.error("broken", id=g.get("request_id"), kind=type(cause).__name__, places=places(cause))


def _old_token(_error: CSRFError) -> Any:
    """The form's token is too old or missing: the page again, with everything typed and a sentence."""
    redraw = doors.marked("redraws")
    if redraw is not None and request.view_args is not None:
        try:
            return redraw(**request.view_args)
        except OfficeError as refused:  # what the form was about is not there, or not for them
            return _office(refused)
    words = Words(
        _("Halaman ini terlalu lama terbuka"),
        _("Demi keamanan, kiriman belum diproses. Isian Anda ada di bawah; periksa, lalu kirim sekali lagi."),
    )
    return page(400, words, typed=_typed(), again=request.path)


def _typed() -> list[tuple[str, str]]:
    return [(name, text) for name, texts in kept.typed().items() for text in texts]


def register(app: Flask) -> None:
    """One handler table for everything."""
    app.logger.disabled = True  # it would quote the message of an exception; `_log_cause` says where it broke
    app.register_error_handler(CSRFError, _old_token)
    app.register_error_handler(OfficeError, _office)
    app.register_error_handler(HTTPException, _http)
    for kind in connect.UNAVAILABLE:
        app.register_error_handler(kind, _unavailable)
