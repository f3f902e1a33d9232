"""What a printed sheet's QR says: which paper it was, when it was printed, whether the case has gone on since."""

from flask import Blueprint, make_response, render_template
from flask_babel import lazy_gettext as later
from werkzeug.wrappers import Response

from db.queries import public as questions
from webui.doors import public

bp = Blueprint("verify", __name__)

KINDS = {
    "lembar-disposisi": later("Lembar disposisi"),
    "kartu-kendali": later("Kartu kendali surat masuk"),
    "buku-agenda": later("Buku agenda"),
    "tindak-lanjut": later("Laporan tindak lanjut"),
    "surat-balasan": later("Surat balasan"),
    "surat-pengantar": later("Surat pengantar"),
    "formulir-sop": later("Formulir pelaksanaan SOP"),
    "lembar-kosong": later("Lembar kosong bernomor, untuk saat gangguan"),
    "rekap": later("Rekapitulasi hasil penanganan pengaduan"),
    "receipt": later("Tanda terima"),
    "tanda-terima": later("Tanda terima"),
}


@bp.get("/verifikasi/<code>")
@public
def sheet(code: str) -> Response:
    """The paper behind a code, without personal data; an unknown code is said plainly."""
    found = questions.sheet(code[:40].lower())
    kind = KINDS.get(found.kind, found.kind.replace("-", " ").capitalize()) if found else ""
    page = render_template(
        "public/verifikasi.html", found=found, kind=kind, organisation=found.organisation if found else None, section=""
    )
    return make_response(page, 200 if found else 404)
