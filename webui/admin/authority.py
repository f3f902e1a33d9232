"""Who may what here: who sees all files or addresses, who enters letters, who deputises, who has which role."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import admin, seats
from db.queries import releases as published
from engine import verbs
from engine.commands.authority import FLAGS, LISTS, NUMBERS, figure
from engine.diagrams import releases
from engine.errors import NotFound
from engine.offices import settings
from webui import language
from webui.admin.doing import carried
from webui.admin.room import around, bp
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale

Problems = Mapping[str, list[str]]


def _questions() -> dict[str, tuple[str, str]]:
    return {
        "sees_all": (
            _("Siapa boleh melihat semua berkas"),
            _("Di luar yang pernah melewati mejanya sendiri; berkas rahasia tidak termasuk."),
        ),
        "sees_identity": (
            _("Siapa boleh melihat cara menghubungi pelapor"),
            _("Setiap kali dibuka tercatat siapa dan kapan."),
        ),
        "takes_in": (
            _("Siapa mencatat laporan yang datang lewat surat, telepon, atau loket"),
            _("Mereka mendapat tombol untuk memasukkan laporan atas nama pelapor."),
        ),
        "keeps_identity": (
            _("Siapa memeriksa pemberitahuan bahwa NIK dipakai orang lain"),
            _("Mereka melihat laporan mana yang memakai NIK itu dan memutuskan; setiap pembukaan dicatat."),
        ),
        "coordinates": (
            _("Siapa mengoordinasi perangkat daerah"),
            _("Mereka mengingatkan dengan nota dinas dan membuka kembali yang tidak ditindaklanjuti."),
        ),
        "oversees": (
            _("Siapa melihat antrean dan angka semua perangkat daerah"),
            _("Halaman Koordinasi: tenggat, papan, inventaris, monitoring, penugasan."),
        ),
        "sees_recaps": (
            _("Siapa membuka halaman rekap bulanan"),
            _("Rekap unit mana yang dilihat mengikuti jabatan dan unitnya."),
        ),
        "yearly_roles": (
            _("Jabatan mana yang dipegang dengan surat keputusan setahun"),
            _("Penugasannya habis 31 Desember; peringatan tampil sejak 1 Desember."),
        ),
        "keeps_archive": (
            _("Siapa menata arsip"),
            _("Mereka membuka berkas, memasukkan laporan yang selesai, dan mengusulkan penyusutan."),
        ),
        "decides_archive": (
            _("Siapa memutus penyusutan arsip"),
            _("Musnah, permanen, atau disimpan lagi, dengan surat keputusan."),
        ),
        "decides_erasure": (
            _("Siapa memutus penghapusan dan pembatasan data pribadi"),
            _("Atas permintaan pelapor dalam 3×24 jam, atau menurut jadwal retensi."),
        ),
        "keeps_breaches": (
            _("Siapa mencatat kegagalan pelindungan data pribadi"),
            _("Mereka memberi tahu pelapor dan lembaga dalam 3×24 jam."),
        ),
    }


def _publishing() -> dict[str, str]:
    return {
        "tarik": str(_("Siapa boleh menarik pengaduan yang sudah ditayangkan")),
        "ralat": str(_("Siapa boleh meralat pengaduan yang sudah ditayangkan")),
    }


def _numbers() -> dict[str, tuple[str, str]]:
    return {
        "erasure_years": (
            _("Masa simpan data pribadi, dalam tahun"),
            _("Dihitung dari akhir tahun selesainya laporan; sesudah itu diusulkan untuk dihapus. 0: tidak diusulkan."),
        ),
        "sms_years": (
            _("Masa simpan isi SMS, dalam tahun"),
            _("Sesudah itu isi dan nomornya dihapus sendiri; waktunya tetap. 0: tidak dihapus."),
        ),
        "dispute_years": (
            _("Masa simpan pemberitahuan NIK dipakai orang lain, dalam tahun"),
            _("Dihitung sejak diputuskan."),
        ),
        "breach_years": (
            _("Masa simpan uraian kegagalan pelindungan data, dalam tahun"),
            _("Dihitung sejak ditutup; nomor dan waktunya tetap."),
        ),
        "report_years": (_("Masa simpan isi laporan insidentil, dalam tahun"), _("Dihitung sejak diterima.")),
        "memo_years": (
            _("Masa simpan isi nota dinas dan arahan, dalam tahun"),
            _("Nomor, tujuan, dan daftar pengaduannya tetap."),
        ),
        "statistics_minimum": (
            _("Banyaknya pengaduan paling sedikit agar angkanya ditayangkan"),
            _("Di bawah ini hanya banyaknya yang tampil, supaya tidak ada orang yang dikenali."),
        ),
    }


def _flags() -> dict[str, tuple[str, str]]:
    return {
        "shows_sender": (
            _("Sebut nama pengirim pada halaman tugas dan kertas kerja"),
            _("Tanpa centang tertulis “(identitas dilindungi)”."),
        ),
        "reveal_reason": (
            _("Tanyakan untuk apa identitas dibuka"),
            _("Jawabannya dicatat bersama siapa dan kapan."),
        ),
    }


def _figures(organisation: int) -> dict[str, Any]:
    """Numbers and flags as they are, or as they were typed just now."""
    sent = request.form if request.method == "POST" and (request.view_args or {}).get("name") == "angka" else None
    numbers = {name: str(figure(organisation, name)) for name in NUMBERS}
    up = {name for name in FLAGS if figure(organisation, name)}
    if sent is not None:
        numbers = {name: sent.get(name, "")[:10] for name in NUMBERS}
        up = set(sent.getlist("ya")) & set(FLAGS)
    return {"numbers": _numbers(), "flags": _flags(), "typed": numbers, "up": up}


def _page(problems: Problems | None = None) -> str:
    organisation = me().organisation_id
    roles = seats.roles(organisation)
    chosen = {name: set(settings.setting(organisation, name)) for name in LISTS}
    mapped: dict[str, str] = settings.setting(organisation, "role_map")
    deputies: dict[str, list[str]] = settings.setting(organisation, "deputies")
    publishers: dict[str, list[str]] = settings.setting(organisation, "publishes_for") or {}
    offices = admin.office_names(organisation)
    extra = {name: sorted(found - {role for role, _names in roles}) for name, found in chosen.items()}
    return render_template(
        "admin/authority.html",
        said={name: _said(roles, chosen[name], [offices.get(role, role) for role in extra[name]]) for name in LISTS},
        publishing=_publishing(),
        publishers={act: {role for role, acts in publishers.items() if act in acts} for act in _publishing()},
        naming=settings.setting(organisation, "names_officers"),
        figures=_figures(organisation),
        **around("kewenangan"),
        questions=_questions(),
        roles=roles,
        role_names=dict(roles),
        extra=extra,
        chosen=chosen,
        mapped=mapped,
        drawn=_drawn(organisation),
        offices=offices,
        deputies=deputies,
        problems=problems or {},
    )


def _said(roles: Sequence[tuple[str, str]], chosen: Container[str], more: Iterable[str]) -> str:
    """In words what was decided, as it stands while its form is shut."""
    return "; ".join([*(names for role, names in roles if role in chosen), *more])


@bp.get("/pengaturan/kewenangan")
@needs("admin")
def authority() -> str:
    """Every setting of who may what, as a question."""
    return _page()


def _again(name: str) -> Response:
    say_stale()
    return make_response(_page(), 400)


@bp.post("/pengaturan/kewenangan/<name>")
@needs("admin")
@redraws(_again)
def decide_authority(name: str) -> Response:
    """Decides one of them."""
    said, back = _("Pengaturan disimpan."), url_for("admin.authority")
    return carried(lambda: _decide(name), said, back, _page)


def _decide(name: str) -> None:
    who: dict[str, Any] = {"by": me().actor, "now": now_ms()}
    if name in LISTS:
        verbs.decide_roles(name, _short(request.form.getlist("role")), **who)
    elif name == "role_map":
        verbs.decide_role_map(_map(), **who)
    elif name == "deputies":
        verbs.decide_deputies(_deputies(), **who)
    elif name == "angka":
        verbs.decide_figures({key: request.form.get(key, "") for key in NUMBERS}, request.form.getlist("ya"), **who)
    elif name == "penayangan":
        verbs.decide_publishers({act: _short(request.form.getlist(act)) for act in _publishing()}, **who)
    elif name == "penunjukan":
        verbs.decide_naming(request.form.get("of", "").strip()[:63], _short(request.form.getlist("role")), **who)
    else:
        raise NotFound("setting", name)


def _short(found: list[str]) -> list[str]:
    return [text.strip()[:63] for text in found[:200]]


def _drawn(organisation: int) -> dict[str, str]:
    """What the roles that diagrams name do there: the words of their lanes, else the steps drawn for them."""
    lanes: dict[str, str] = {}
    steps: dict[str, dict[str, None]] = {}
    for release in published.every(organisation):
        diagram = releases.closure(release.id, release.fingerprint).diagram
        lanes |= {code: language.say(words) for code, words in diagram.lanes.items()}
        for element in diagram.elements.values():
            for code in element.groups:
                steps.setdefault(code, {})[language.say(element.name)] = None
    return {code: "; ".join(names) for code, names in steps.items()} | lanes


def _map() -> dict[str, str]:
    """The rows of the table, and the row for another role."""
    roles, offices = _short(request.form.getlist("role")), _short(request.form.getlist("office"))
    return {role: office for role, office in zip(roles, offices, strict=False) if role}


def _deputies() -> dict[str, list[str]]:
    """What stays as it is but for the role the form is about."""
    kept: dict[str, list[str]] = dict(settings.setting(me().organisation_id, "deputies"))
    role = request.form.get("of", "").strip()[:63]
    return kept | ({role: _short(request.form.getlist("role"))} if role else {})
