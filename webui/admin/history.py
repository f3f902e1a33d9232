"""Every change of the settings: who, when, what it was before and is now; read from the organisation's chain."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
from flask import render_template, request
from flask_babel import gettext as _

from db.queries import staff
from db.queries.staff import Change
from webui import language
from webui.admin.room import around, bp, page
from webui.doors import me, needs

LONGEST = 160
MOST_DATED = 2_000


class Line(NamedTuple):
    """One change for people."""

    row: Change
    kind: str
    what: str
    values: list[tuple[str, str, str]]  # name, before, after


def _groups() -> dict[str, tuple[str, tuple[str, ...]]]:
    """What can be filtered by, and the entries it stands for."""
    return {
        "unit": (_("Unit"), ("unit_added", "unit_changed", "unit_closed", "unit_opened", "unit_deleted")),
        "jabatan": (_("Jabatan"), ("office_added", "office_changed", "office_closed", "office_opened")),
        "pejabat": (_("Pejabat"), ("installed", "left_office", "appointed", "appointment_ended")),
        "berhalangan": (
            _("Berhalangan"),
            ("absence_proposed", "absence_approved", "absence_refused", "absence_withdrawn"),
        ),
        "orang": (_("Orang"), ("person_added", "person_changed")),
        "akun": (
            _("Akun"),
            ("account_added", "account_changed", "account_closed", "account_opened", "link_issued", "signed_out"),
        ),
        "instansi": (_("Instansi"), ("organisation_changed",)),
        "kalender": (_("Kalender"), ("calendar",)),
        "aturan": (_("Pengaturan"), ("setting", "numbering", "choice", "phrase", "letterhead", "text")),
    }


def _kinds() -> dict[str, str]:
    return {
        "unit_added": _("Unit ditambahkan"),
        "unit_changed": _("Unit diubah"),
        "unit_closed": _("Unit dinonaktifkan"),
        "unit_opened": _("Unit diaktifkan lagi"),
        "unit_deleted": _("Unit dihapus"),
        "office_added": _("Jabatan ditambahkan"),
        "office_changed": _("Jabatan diubah"),
        "office_closed": _("Jabatan dinonaktifkan"),
        "office_opened": _("Jabatan diaktifkan lagi"),
        "installed": _("Pejabat dicatat"),
        "left_office": _("Masa jabatan diakhiri"),
        "appointed": _("Pengganti dicatat"),
        "appointment_ended": _("Masa pengganti diakhiri"),
        "absence_proposed": _("Berhalangan diusulkan"),
        "absence_approved": _("Usul berhalangan disetujui"),
        "absence_refused": _("Usul berhalangan ditolak"),
        "absence_withdrawn": _("Usul berhalangan dicabut"),
        "person_added": _("Orang ditambahkan"),
        "person_changed": _("Data orang diubah"),
        "account_added": _("Akun dibuka"),
        "account_changed": _("Akun diubah"),
        "account_closed": _("Akun dinonaktifkan"),
        "account_opened": _("Akun diaktifkan lagi"),
        "link_issued": _("Tautan kata sandi dibuat"),
        "signed_out": _("Dikeluarkan dari semua perangkat"),
        "organisation_changed": _("Data instansi diubah"),
        "register": _("Data kependudukan diimpor"),
        "nik_disputed": _("NIK dinyatakan dipakai orang lain"),
        "nik_dispute_decided": _("Pemakaian NIK diputuskan"),
        "expired": _("Yang habis masa simpannya dihapus"),
        "memo_sent": _("Surat dinas dikirim"),
        "incidental_sent": _("Laporan insidentil dikirim"),
        "incidental_received": _("Laporan insidentil diterima"),
        "memo_read": _("Surat dinas dibuka"),
        "named": _("Pejabat ditetapkan pimpinannya"),
        "naming_ended": _("Penetapan pejabat diakhiri"),
        "roster": _("Penugasan tahunan dicatat"),
        "choice_proposed": _("Perubahan daftar diusulkan"),
        "choice_decided": _("Usul perubahan daftar diputuskan"),
        "calendar": _("Kalender diubah"),
        "setting": _("Pengaturan diubah"),
        "published": _("Proses diterbitkan"),
        "release": _("Proses diterbitkan"),
        "proposed": _("Usulan terbitan diajukan"),
        "approved": _("Usulan terbitan disahkan"),
        "refused": _("Usulan terbitan ditolak"),
        "withdrawn": _("Usulan terbitan dicabut"),
        "choice": _("Daftar pilihan diubah"),
        "classification": _("Klasifikasi arsip diubah"),
        "breach": _("Kegagalan pelindungan data dicatat"),
        "text": _("Teks surel diubah"),
        "phrase": _("Templat tanggapan diubah"),
        "blank_sheets": _("Lembar gangguan dicetak"),
        "verify_asked": _("Pemeriksaan jurnal diminta"),
        "verified": _("Jurnal diperiksa"),
        "incident": _("Insiden tercatat"),
        "incident_solved": _("Insiden selesai"),
    }


def _names() -> dict[str, str]:
    return {
        "name": _("nama"),
        "code": _("kode"),
        "kind": _("jenis"),
        "parent": _("unit induk"),
        "unit": _("unit"),
        "role": _("peran"),
        "superior": _("atasan"),
        "rank": _("urutan"),
        "active": _("aktif"),
        "holder": _("pejabat"),
        "absent": _("yang berhalangan"),
        "substitute": _("pengganti"),
        "letter": _("nomor surat"),
        "letter_date": _("tanggal surat"),
        "from": _("mulai"),
        "from_ms": _("mulai"),
        "until": _("sampai"),
        "until_ms": _("sampai"),
        "pangkat": _("pangkat"),
        "nip": _("NIP"),
        "email": _("surel"),
        "powers": _("wewenang"),
        "username": _("nama pengguna"),
        "sessions": _("sesi"),
        "timezone": _("zona waktu"),
        "sees_all": _("melihat semua berkas"),
        "sees_identity": _("melihat cara menghubungi pelapor"),
        "takes_in": _("mencatat laporan"),
        "keeps_archive": _("menata arsip"),
        "decides_archive": _("memutus penyusutan arsip"),
        "decides_erasure": _("memutus penghapusan data pribadi"),
        "erasure_years": _("lama data pribadi disimpan"),
        "keeps_breaches": _("mencatat kegagalan pelindungan data"),
        "statistics_minimum": _("banyaknya pengaduan paling sedikit agar angkanya ditayangkan"),
        "publishes_for": _("menarik dan meralat yang ditayangkan"),
        "names_officers": _("menunjuk petugas unitnya"),
        "yearly_roles": _("jabatan dengan surat keputusan setahun"),
        "sees_recaps": _("membuka rekap bulanan"),
        "keeps_identity": _("memeriksa pemakaian NIK"),
        "coordinates": _("mengoordinasi perangkat daerah"),
        "oversees": _("melihat antrean semua perangkat daerah"),
        "approved_lists": _("daftar yang perubahannya disetujui dahulu"),
        "memos": _("surat internal"),
        "sms": _("SMS"),
        "sms_years": _("masa simpan SMS"),
        "dispute_years": _("masa simpan pemberitahuan NIK"),
        "breach_years": _("masa simpan uraian kegagalan"),
        "report_years": _("masa simpan laporan insidentil"),
        "memo_years": _("masa simpan surat internal"),
        "reveal_reason": _("alasan membuka identitas"),
        "shows_sender": _("nama pengirim di halaman tugas"),
        "role_map": _("peran di diagram"),
        "deputies": _("wakil"),
        "numbering": _("penomoran"),
        "numbering_codes": _("kode pada nomor"),
        "klasifikasi": _("kode klasifikasi"),
        "instansi": _("kode instansi"),
        "label": _("tulisan"),
        "attrs": _("keterangan"),
        "process": _("proses"),
        "sop_number": _("nomor SOP"),
        "effective_on": _("tanggal efektif"),
        "revised_on": _("tanggal revisi"),
        "logo": _("logo"),
        "letterhead": _("kop surat"),
        "lines": _("baris kop"),
        "address": _("alamat"),
        "place": _("tempat"),
        "signature": _("atas nama"),
        "website": _("laman"),
        "whatsapp": _("WhatsApp"),
        "holidays": _("hari libur"),
        "periods": _("masa dengan jam sendiri"),
        "week": _("jam kerja pekanan"),
        **_days(),
    }


def _days() -> dict[str, str]:
    return {
        "mon": _("Senin"),
        "tue": _("Selasa"),
        "wed": _("Rabu"),
        "thu": _("Kamis"),
        "fri": _("Jumat"),
        "sat": _("Sabtu"),
        "sun": _("Minggu"),
    }


@bp.get("/pengaturan/riwayat")
@needs("admin")
def history() -> str:
    """Changes, the latest first, of one kind or of all."""
    groups, wanted = _groups(), request.args.get("jenis", "")
    chosen = groups[wanted][1] if wanted in groups else ()
    found, more = staff.changes(me().organisation_id, chosen, page())
    people = staff.names(me().organisation_id)
    return render_template(
        "admin/history.html",
        **around("riwayat"),
        groups=groups,
        wanted=wanted if wanted in groups else "",
        lines=[_line(row, people) for row in found],
        page=page(),
        more=more,
    )


def _line(row: Change, people: Mapping[int, str]) -> Line:
    facts = orjson.loads(row.facts)
    kind = str(_kinds().get(row.kind, row.kind.replace("_", " ")))
    what = str(facts.get("what") or _names().get(str(facts.get("name", "")), "") or row.office or "")
    return Line(row, kind, what, _values(facts, people))


def _values(facts: Mapping[str, Any], people: Mapping[int, str]) -> list[tuple[str, str, str]]:
    """Each value that changed; what an entry tells otherwise stands as what is now."""
    before, after = facts.get("before"), facts.get("after")
    if "before" in facts and not (isinstance(before, dict | None) and isinstance(after, dict | None)):
        return [("", _said("", before, people), _said("", after, people))]
    if "before" in facts or "after" in facts:
        old, new = before or {}, after or {}
    else:
        old, new = {}, {name: value for name, value in facts.items() if name in _names()}
    names = _names()
    apart = [(name, *_apart(old.get(name), new.get(name))) for name in sorted({*old, *new})]
    return [
        (str(names.get(name, name)), _said(name, was, people), _said(name, now, people))
        for name, was, now in apart
        if was != now
    ]


def _apart(old: Any, new: Any) -> tuple[Any, Any]:
    """Of two lists of days or periods only those that differ, each in a few words; anything else as it is."""
    if not (_dated(old) and _dated(new)) or len(old) + len(new) > MOST_DATED:
        return old, new
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    return [_in_words(one) for one in gone[:5]] or "", [_in_words(one) for one in come[:5]] or ""


def _dated(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and ("date" in one or "from" in one) for one in value)


def _in_words(one: Mapping[str, Any]) -> str:
    days = [language.written_date(str(one[name])) for name in ("date", "from", "to") if name in one]
    return f"{one.get('name', '')} ({' – '.join(days)})"


def _said(name: str, value: Any, people: Mapping[int, str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if name in ("from", "until", "from_ms", "until_ms") and isinstance(value, int):
        return language.short_moment(value)
    if name in ("holder", "absent", "substitute") and isinstance(value, int):
        return people.get(value, "—")
    if name == "logo":
        return str(_("ada"))
    text = _written(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def _written(value: Any) -> str:
    """Words and lists of words as they are; of anything deeper, how much there is of it."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, dict) and all(isinstance(one, str | list) for one in value.values()):
        names = _names()
        simple = [(names.get(key, key), _written(one)) for key, one in value.items()]
        return "; ".join(f"{key}: {words}" for key, words in simple)
    if isinstance(value, dict | list):
        return str(_("%(n)s butir", n=len(value)))
    return str(value)
