"""What the office writes to a reporter, in the language they reported in."""

SUBJECTS = {
    "id": {
        "minta_kelengkapan": "Laporan {number}: mohon dilengkapi",
        "ditutup_tidak_lengkap": "Laporan {number} ditutup",
        "tidak_dilanjutkan": "Laporan {number} tidak dilanjutkan",
        "jawaban": "Jawaban atas laporan {number}",
        "": "Kabar tentang laporan {number}",
    },
    "en": {
        "minta_kelengkapan": "Report {number}: please complete it",
        "ditutup_tidak_lengkap": "Report {number} was closed",
        "tidak_dilanjutkan": "Report {number} is not carried on",
        "jawaban": "Answer to report {number}",
        "": "News about report {number}",
    },
}
BODIES = {
    "id": {
        "minta_kelengkapan": "Laporan Anda perlu dilengkapi sebelum dapat diteruskan:\n\n{text}\n\n"
        "Lengkapilah di {base}/lacak dengan nomor laporan dan PIN Anda.",
        "ditutup_tidak_lengkap": "Laporan Anda kami tutup karena belum dilengkapi sampai batas waktunya.\n"
        "Anda dapat mengirim laporan baru di {base}.",
        "tidak_dilanjutkan": "Laporan Anda tidak dapat kami lanjutkan, dengan alasan:\n\n{text}\n\n"
        "Riwayatnya ada di {base}/lacak.",
        "jawaban": "{text}\n\nRiwayat laporan Anda ada di {base}/lacak.",
        "": "Ada kabar baru tentang laporan Anda. Bacalah di {base}/lacak dengan nomor laporan dan PIN Anda.",
    },
    "en": {
        "minta_kelengkapan": "Your report needs to be completed before it can go on. The office asks:\n\n{text}\n\n"
        "Please complete it at {base}/lacak with your report number and PIN.",
        "ditutup_tidak_lengkap": "We closed your report because it was not completed in time.\n"
        "You may send a new report at {base}.",
        "tidak_dilanjutkan": "We cannot carry your report on. The reason:\n\n{text}\n\nIts history is at {base}/lacak.",
        "jawaban": "{text}\n\nThe history of your report is at {base}/lacak.",
        "": "There is news about your report. Read it at {base}/lacak with your report number and PIN.",
    },
}
FRAMES = {
    "id": "Yth. {name},\n\n{body}\n\nNomor laporan: {number}\n{organisation}\n",
    "en": "Dear {name},\n\n{body}\n\nReport number: {number}\n{organisation}\n",
}


def words(
    message: str, language: str, *, number: str, name: str, organisation: str, text: str, base: str
) -> tuple[str, str]:
    """Subject and body of one message; one that has no words of its own says that there is news."""
    spoken = language if language in FRAMES else "id"
    blanks = {"number": number, "text": text, "base": base}
    subject = SUBJECTS[spoken].get(message, SUBJECTS[spoken][""]).format(**blanks)
    body = BODIES[spoken].get(message, BODIES[spoken][""]).format(**blanks)
    return subject, FRAMES[spoken].format(name=name, body=body, number=number, organisation=organisation)
