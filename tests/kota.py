"""Kota Mojokerto as in the demonstration, with time in its hands: what differs from the DPRD is data, not code."""

from typing import Any

import founded
from office import PASSWORD, RING, Outbox, ms

from db import sql
from db.connect import transaction
from engine import demo, jobs, vault, verbs
from engine.commands.start import Report, Reporter
from engine.demo.city import BODY, PEOPLE
from engine.held import hold

ANSWERS: dict[str, dict[str, Any]] = {
    "sunting_pengaduan": {
        "keputusan_tayang": "tayangkan",
        "judul_tayang": "Sampah menumpuk di Wates",
        "isi_tayang": "Sampah menumpuk seminggu di Kelurahan Wates.",
        "alasan": "Menyebut nama orang.",
    },
    "pilih_skpd": {"skpd_utama": "dkp"},
    "teruskan": {
        "hasil_penerusan": "teruskan",
        "alasan": "Ini urusan lingkungan hidup.",
        "dasar_usulan": "tidak_etis",
        "alasan_usulan": "Isinya hanya makian.",
        "surat_pengantar": "Kami teruskan pengaduan tentang dugaan pungutan liar.",
    },
    "alihkan": {"skpd_utama": "klh"},
    "putuskan_tidak_ditindaklanjuti": {"keputusan_pimpinan": "setuju", "alasan": "Pengaduan dinilai tidak etis."},
    "telaah": {
        "hasil_telaah": "lapor",
        "laporan_telaah": "Truk sampah rusak sejak Senin.",
        "pertanyaan": "Di gang berapa sampahnya?",
        "alasan": "Ini urusan pekerjaan umum.",
        "dasar_usulan": "sara",
        "alasan_usulan": "Menghina satu suku.",
        "surat_pengantar": "Kami teruskan pengaduan tentang dugaan pungutan liar.",
    },
    "arahkan": {"cara_penanganan": "sendiri", "arahan": "Angkut hari ini juga."},
    "beri_masukan": {"hasil_masukan": "masukan", "masukan": "Kami menyiapkan truk cadangan.", "alasan": "Tidak perlu."},
    "tindak_lanjuti": {
        "hasil_tindak_lanjut": "selesai",
        "tindakan": "Sampah diangkut dengan truk cadangan.",
        "permintaan": "Mohon truk cadangan.",
    },
    "catat_hasil": {"hasil_penyelesaian": "selesai", "catatan_hasil": "Sampah sudah diangkut."},
    "input_balasan": {"isi_balasan": "Sampah di Kelurahan Wates sudah diangkut hari ini."},
    "sunting_balasan": {
        "keputusan_redaktur": "publikasikan",
        "isi_balasan": "Sampah di Kelurahan Wates sudah diangkut. Terima kasih.",
        "catatan_redaktur": "Sebutkan kapan diangkut.",
    },
    "sampaikan_langsung": {"cara_sampai": "telepon", "sudah_dikirim": True},
    "catat_pembukaan": {"dibuka_kembali": True},
    "terima_pelimpahan": {"diterima_inspektorat": True},
    "minta_keterangan": {"keterangan": "Di gang 3."},
    "tanggapan_pelapor": {"penilaian": "5", "alasan_buka": "Sampahnya kembali."},
}
"""What an office (or the citizen) answers at each step when a test says nothing else; hidden questions are ignored."""


class Kota:
    """The city, each office held by one person, with time in its hands."""

    def __init__(self, now: str = "2026-03-13 09.00") -> None:
        vault.use(RING)
        self.now = ms(now)
        self.outbox = Outbox([])
        whole = {"now": self.now, "since": self.now, "body": BODY, "people": PEOPLE}
        self.organisation = founded.once(("kota", self.now), lambda: founded.office(PASSWORD, **whole))
        self.people = {office: demo.actor(named[0]) for named in PEOPLE for office in named[4]}
        """Who acts, by the code of an office they hold."""

    def declined(self) -> int:
        """A complaint that was decided not to be followed up, and so has ended."""
        case = self.complaint()
        for element in ("sunting_pengaduan", "pilih_skpd"):
            self.acts(case, element)
        self.acts(case, "teruskan", hasil_penerusan="tidak_ditindaklanjuti")
        self.acts(case, "putuskan_tidak_ditindaklanjuti")
        self.works_off_jobs()
        return case

    def complaint(self, *, key: str = "", channel: str = "web", reporter: Reporter | None = None, **data: Any) -> int:
        """A complaint as the city takes it in; `data` are facts of the case (subyek, wilayah, …)."""
        begun = verbs.start(
            "pengaduan",
            organisation=BODY.code,
            reporter=reporter or Reporter("Sri", email="sri@contoh.id"),
            report=Report("Sampah menumpuk.", "Seminggu", "Kelurahan Wates", "Sampah", data=data),
            send_key=key or f"kota-{self.now}",
            now=self.now,
            channel=channel,
        )
        return begun.case_id

    def at(self, moment: str) -> "Kota":
        """Later, on this day and hour (WIB)."""
        self.now = ms(moment)
        return self

    def waits(self, case: int) -> list[str]:
        text = "SELECT element FROM task WHERE case_file_id = ? AND state = 'open' ORDER BY element, instance"
        return [row[0] for row in sql.rows(text, (case,))]

    def offices(self, case: int, element: str) -> list[str]:
        """The offices for which a step waits."""
        text = (
            "SELECT o.code FROM task t JOIN office o ON o.id = t.office_id"
            " WHERE t.case_file_id = ? AND t.element = ? AND t.state = 'open' ORDER BY o.code"
        )
        return [row[0] for row in sql.rows(text, (case, element))]

    def does(self, who: str, case: int, element: str, **answers: Any) -> None:
        """An office completes its task, with the usual answers but for those given; nobody else's task is found."""
        text = (
            "SELECT t.id, t.key FROM task t JOIN office o ON o.id = t.office_id"
            " WHERE t.case_file_id = ? AND t.element = ? AND t.state = 'open' AND o.code = ?"
        )
        task = sql.row(text, (case, element, who))
        assert task is not None, f"{element} does not wait for {who}; open: {self.waits(case)}"
        known = {"perlu_koordinasi": self.data(case, task[1]).get("perlu_koordinasi")}  # as the page proposes it
        filled = {**known, **ANSWERS.get(element, {}), **answers}
        verbs.complete(int(task[0]), by=self.people[who], answers=filled, now=self.now)

    def acts(self, case: int, element: str, **answers: Any) -> None:
        """Whoever a step waits for does it."""
        for office in self.offices(case, element) or [f"nobody of {self.waits(case)}"]:
            self.does(office, case, element, **answers)

    def forwarded(self, unit: str = "dkp", **data: Any) -> int:
        """A complaint that the petugas of a unit has passed on to their pejabat."""
        case = self.complaint(**data)
        if "pilih_skpd" in self.waits(case):
            self.acts(case, "pilih_skpd", skpd_utama=unit)
        self.acts(case, "teruskan")
        return case

    def answered(self, case: int, decision: str = "publikasikan") -> None:
        """The pejabat acts and notes the outcome, the petugas enters the answer, the redaktur decides."""
        for element in ("tindak_lanjuti", "catat_hasil", "input_balasan"):
            self.acts(case, element)
        self.acts(case, "sunting_balasan", keputusan_redaktur=decision)

    def data(self, case: int, key: str) -> dict[str, Any]:
        """What the case knows where a task waits."""
        with transaction():
            return hold(case).running.data_of(key)

    def citizen(self, case: int, element: str, **answers: Any) -> None:
        text = "SELECT id FROM task WHERE case_file_id = ? AND element = ? AND state = 'open'"
        task = int(sql.value(text, (case, element)))
        verbs.deliver(task, case_id=case, answers={**ANSWERS.get(element, {}), **answers}, now=self.now)

    def works_off_jobs(self) -> None:
        """What leaves by itself is sent, and drawn timers that ran out go off, until nothing is due any more."""
        while jobs.run_due(self.now, {"balas_pelapor": self.outbox.handler, "kabari_pelapor": self.outbox.handler}):
            pass

    def state(self, case: int) -> str:
        return str(sql.value("SELECT state FROM case_file WHERE id = ?", (case,)))

    def due(self, case: int) -> int | None:
        found: int | None = sql.value("SELECT due_ms FROM case_file WHERE id = ?", (case,))
        return found

    def outcome(self, case: int) -> str:
        return str(sql.value("SELECT outcome FROM case_file WHERE id = ?", (case,)))
