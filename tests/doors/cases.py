"""Cases and the SMS some of them come from."""

from doors.door import ADMIN, ANYONE, OF_CASE, PUBLISHES, STAFF, TAKES_IN, Door

DOORS: dict[str, Door | None] = {
    "GET /kasus/<int:case_id>/foto-tayang": PUBLISHES,
    "GET /kasus/<int:case_id>/foto-tayang/<int:photo>": PUBLISHES,
    "POST /kasus/<int:case_id>/foto-tayang/<int:photo>": PUBLISHES,
    "POST /kasus/<int:case_id>/foto-tayang/<int:photo>/sembunyikan": PUBLISHES,
    "GET /kasus/<int:case_id>/foto-tayang/<int:photo>/hasil": PUBLISHES,
    "POST /kasus/<int:case_id>/buka-kembali": Door("surya", "odi"),  # the roles in `coordinates`: test_reopening
    "GET /kasus": STAFF,
    "GET /kasus/baru": TAKES_IN,
    "POST /kasus/baru/<kunci>": TAKES_IN,
    "POST /kasus/baru/<kunci>/simpan": TAKES_IN,
    "POST /kasus/baru/<kunci>/hapus": TAKES_IN,
    "POST /kasus/baru/<kunci>/buang": TAKES_IN,
    "GET /kasus/baru/<kunci>/jadi": TAKES_IN,
    "GET /kasus/baru/<kunci>/tanda-terima.pdf": TAKES_IN,
    "GET /kasus/tumpukan": TAKES_IN,
    "GET /kasus/impor": Door("admin", "hadi"),
    "POST /kasus/impor": Door("sekar", "hadi"),
    "GET /kasus/impor/<int:run_id>": TAKES_IN,
    "GET /kasus/impor/<int:run_id>/keliru.csv": TAKES_IN,
    "POST /kasus/impor/<int:run_id>/kolom": TAKES_IN,
    "POST /kasus/impor/<int:run_id>/mulai": TAKES_IN,
    "POST /kasus/impor/<int:run_id>/batal": TAKES_IN,
    "POST /kasus/cetak": Door("sekar", "odi", {"laporan": "1", "lembar": "kartu-kendali"}),
    "GET /kasus/<int:case_id>": OF_CASE,
    "GET /kasus/<int:case_id>/riwayat": OF_CASE,
    "GET /kasus/<int:case_id>/serupa": OF_CASE,
    "POST /kasus/<int:case_id>/serupa": OF_CASE,
    "GET /kasus/<int:case_id>/percakapan": OF_CASE,
    "POST /kasus/<int:case_id>/percakapan": Door("hadi", "odi", {"teks": "Mohon dicek."}),
    "GET /kasus/<int:case_id>/unit-pembantu": Door("hadi", "odi"),  # of the unit that handles it: test_helping
    "POST /kasus/<int:case_id>/unit-pembantu": Door("hadi", "odi"),
    "POST /kasus/<int:case_id>/unit-pembantu/<unit>/lepas": Door("hadi", "odi"),
    "GET /kasus/<int:case_id>/tembusan": OF_CASE,
    "POST /kasus/<int:case_id>/tembusan": OF_CASE,
    "POST /kasus/<int:case_id>/identitas": Door("sekar", "hadi"),
    "POST /kasus/<int:case_id>/cabut": Door("sekar", "hadi", {"diminta": "ya"}),
    "GET /kasus/<int:case_id>/berkas/<int:proof_id>": OF_CASE,
    "GET /kasus/<int:case_id>/lembar/<kind>.pdf": OF_CASE,
    "GET /sms/masuk/<key>": ANYONE,  # a provider, by an address nobody guesses
    "POST /sms/masuk/<key>": ANYONE,
    "GET /sms": ADMIN,  # and who looks after SMS: test_sms_pages, where there are any
    "GET /sms/<int:sms_id>": Door("yanti", "sekar"),
    "POST /sms/<int:sms_id>/jadikan": Door("yanti", "sekar"),
    "POST /sms/<int:sms_id>/lengkapi": Door("yanti", "sekar"),
    "POST /sms/<int:sms_id>/selesai": Door("yanti", "sekar"),
    "POST /sms/<int:sms_id>/selesai-pengirim": Door("yanti", "sekar"),
    "POST /sms/<int:sms_id>/selesai-asing": Door("yanti", "sekar"),
}
