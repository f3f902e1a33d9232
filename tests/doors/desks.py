"""Desks, letters, recaps, coordination, appointments and absences."""

from doors.door import AUDIT, NO_RECAPS, OF_TASK, STAFF, Door

DOORS: dict[str, Door | None] = {
    "GET /tugas": STAFF,
    "GET /tugas/baru": STAFF,
    "GET /pantau": STAFF,
    "GET /pantau/disposisi": STAFF,
    "GET /tugas/pintasan": STAFF,
    "GET /koordinasi": AUDIT,  # and the roles in `oversees`: test_coordination
    "GET /koordinasi/papan": AUDIT,
    "GET /koordinasi/inventaris": AUDIT,
    "GET /koordinasi/inventaris.csv": AUDIT,
    "GET /koordinasi/inventaris.pdf": AUDIT,
    "GET /koordinasi/monev": AUDIT,
    "GET /koordinasi/monev.pdf": AUDIT,
    "GET /persetujuan": Door("surya", "sekar"),
    "GET /persetujuan/daftar": Door("admin", "sekar"),
    "POST /persetujuan/daftar/<int:proposal>": Door(
        "gatot", "sekar"
    ),  # the roles in `approved_lists`: test_list_approvals
    "GET /penugasan": AUDIT,
    "GET /penetapan": Door("surya", "inggit"),  # the roles in `names_officers`: test_yearly_roster
    "POST /penetapan": Door("surya", "sekar"),
    "POST /penetapan/<int:holding_id>/akhiri": Door("surya", "sekar"),
    "GET /rekap": NO_RECAPS,  # who sees which: test_recap_pages
    "GET /rekap/walikota": NO_RECAPS,
    "POST /rekap/walikota/terima": NO_RECAPS,
    "GET /rekap/<int:recap_id>": NO_RECAPS,
    "GET /rekap/<int:recap_id>.pdf": NO_RECAPS,
    "POST /rekap/<int:recap_id>/terima": NO_RECAPS,
    "GET /rekap/insidentil": NO_RECAPS,
    "POST /rekap/insidentil": NO_RECAPS,
    "GET /rekap/insidentil/baru": NO_RECAPS,
    "GET /rekap/insidentil/<int:report_id>": NO_RECAPS,
    "GET /rekap/insidentil/<int:report_id>/laporan.pdf": NO_RECAPS,
    "POST /rekap/insidentil/<int:report_id>/terima": NO_RECAPS,
    "GET /surat": STAFF,  # what their offices sent or got
    "POST /surat": Door("surya", "inggit"),  # the roles that sign a kind: test_coordination
    "GET /surat/baru": Door("surya", "sekar"),
    "GET /surat/<int:memo_id>": Door("surya", "sekar"),  # its signer and its addressees
    "GET /surat/<int:memo_id>.pdf": Door("surya", "sekar"),
    "POST /tugas/ambil": STAFF,  # tasks of other offices are as if they were not there
    "POST /saringan/<page>": STAFF,  # their own
    "POST /saringan/<int:filter_id>/hapus": Door("maya"),  # their own; anyone else's is not found
    "GET /pemberitahuan": STAFF,  # their own
    "POST /pemberitahuan": STAFF,
    "GET /tugas/<int:task_id>": OF_TASK,
    "POST /tugas/<int:task_id>": Door("hadi", "odi", {"putusan_untuk": "keputusan_kabag", "putusan": "teruskan"}),
    "POST /tugas/<int:task_id>/draf": OF_TASK,
    "POST /tugas/<int:task_id>/ambil": OF_TASK,
    "POST /tugas/<int:task_id>/lepas": OF_TASK,
    "POST /tugas/<int:task_id>/templat": OF_TASK,
    "GET /templat": STAFF,
    "POST /templat": Door("admin", "inggit", {"jabatan": "0"}),  # for everyone; an office's holders write its own
    "GET /templat/<int:phrase_id>": Door("sekar", "odi"),
    "POST /templat/<int:phrase_id>": Door("sekar", "odi"),
    "POST /tugas/<int:task_id>/tarik": OF_TASK,
    "POST /tugas/<int:task_id>/ambil-alih": Door("surya", "odi"),
    "POST /tugas/<int:task_id>/berkas": OF_TASK,
    "POST /tugas/<int:task_id>/berkas/<int:proof_id>/hapus": OF_TASK,
    "GET /berhalangan": STAFF,
    "POST /berhalangan": Door("hadi"),  # of their own office alone: test_absence_pages
    "POST /berhalangan/<int:absence_id>/setujui": Door("surya", "odi"),
    "POST /berhalangan/<int:absence_id>/tolak": Door("surya", "odi"),
    "POST /berhalangan/<int:absence_id>/cabut": Door("hadi", "odi"),
}
