"""Backups: which lie here, how old, read back or not; one more now; what a restore held back."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.backups.shelf import LATE_MS, Shelf
from engine.commands import restored
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.config import BACKUP_PASSPHRASE
from webui.doors import me, needs
from webui.shelves import shelf_of


def _shelf() -> Shelf:
    return shelf_of(current_app.config["OFFICE"])


@bp.get("/pengaturan/cadangan")
@needs("admin")
def backups() -> str:
    """The list; the files themselves never leave by the web."""
    shelf, now = _shelf(), now_ms()
    last = shelf.last()
    since = last.at_ms if last else shelf.since
    return render_template(
        "admin/backups.html",
        **around("cadangan"),
        rows=shelf.all(),
        last=last,
        late=since < now - LATE_MS,
        asked=shelf.asked(),
        underway=shelf.underway(now),
        trouble=shelf.trouble(),
        folder=shelf.folder,
        passphrase=shelf.folder.parent / "keys" / BACKUP_PASSPHRASE,
        held=restored.held(me().organisation_id),
    )


@bp.post("/pengaturan/cadangan")
@needs("admin")
def ask_backup() -> Response:
    """Wishes for one now; the worker makes it."""
    _shelf().ask(now_ms())
    flash(_("Cadangan diminta. Pekerja membuatnya dalam satu menit; muat ulang halaman ini untuk melihat kemajuannya."))
    return redirect(url_for("admin.backups"))


@bp.post("/pengaturan/cadangan/kirim")
@needs("admin")
def send_held() -> Response:
    """Lets go what a restore held back."""
    count = restored.send_held(by=me().actor, now=now_ms())
    flash(_("%(n)s kabar yang ditahan dimasukkan lagi ke antrean.", n=count))
    return redirect(url_for("admin.backups"))
