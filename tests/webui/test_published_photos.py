"""Photos of citizens on the site: only those chosen, painted over, never the original."""

import io
from pathlib import Path

from http_office import Browser, application
from kota import Kota
from PIL import Image
from public_site import public_id, shown

from db import connect, sql
from engine.commands import intake
from engine.files import Store


def photo_of(case: int, home: Path, seed: int = 1) -> tuple[int, bytes]:
    """A photo of a citizen, kept as the intake keeps it: noise, with EXIF in it."""
    raw = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "rahasia-exif"
    Image.effect_noise((400, 300), 90 + seed).convert("RGB").save(raw, "JPEG", exif=exif)
    kept = Store(home / "files", 0)
    checked = kept.inspect(kept.receive(io.BytesIO(raw.getvalue()), "foto.jpg", now=0).path, "foto.jpg")
    facts = {
        "name": "foto.jpg",
        "kind": "photo",
        "media_type": "image/jpeg",
        "size": checked.size,
        "draft": "",
        "reason": "",
    }
    more = {
        "received_hash": checked.sha256,
        "content_hash": checked.sha256,
        "state": "clean",
        "source": "pelapor",
        "at_ms": 0,
    }
    return sql.insert("attachment", case_file_id=case, **facts, **more), checked.path.read_bytes()


def test_only_photos_that_were_chosen_are_seen_painted_over_and_never_the_original(
    kota: Kota, sqlite: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    app = application(sqlite, kota, home)  # type: ignore[arg-type]  # as above
    anyone = app.test_client()
    case = kota.forwarded()
    chosen, original = photo_of(case, home)
    other, _bytes = photo_of(case, home, 2)
    rendra, petugas = Browser(sqlite, kota, "rendra", app), Browser(sqlite, kota, "petugas.dkp", app)
    base = f"/kasus/{case}/foto-tayang"
    assert petugas.opens(base).status_code == 403
    none = {"x": [""] * 4, "y": [""] * 4, "w": [""] * 4, "h": [""] * 4}
    assert rendra.posts(f"{base}/{chosen}", none).status_code == 422, "nothing painted and nothing said"
    for bad in (
        ("900", "0", "200", "10"),
        ("-5", "0", "20", "10"),
        ("a", "1", "2", "3"),
        ("0", "0", "0", "10"),
        ("1", "2", "3", ""),
    ):
        refused = rendra.posts(f"{base}/{chosen}", dict(zip("xywh", bad, strict=True)))
        assert refused.status_code == 422, bad
        assert "Setiap kotak perlu empat bilangan" in refused.get_data(as_text=True)
    boxes = {"x": ["250", ""], "y": ["250", ""], "w": ["500", ""], "h": ["500", ""]}
    assert rendra.posts(f"{base}/{chosen}", boxes).status_code == 302
    assert rendra.posts(f"{base}/999999", boxes).status_code == 404
    kota.acts(case, "sunting_pengaduan")
    one = public_id(case)
    assert base in rendra.opens(f"/kasus/{case}").get_data(as_text=True), "the way to the photos, once published"
    assert base not in petugas.opens(f"/kasus/{case}").get_data(as_text=True)
    page = shown(anyone, f"/aduan/{one}")
    assert page.count("<img ") == 1
    assert '<option value="walikota"' not in shown(anyone, "/aduan")
    assert '<option value="dkp"' in shown(anyone, "/aduan")
    seen = anyone.get(f"/aduan/{one}/foto/1").get_data()
    connect.open_()
    assert b"rahasia-exif" not in seen
    assert seen != original
    picture = Image.open(io.BytesIO(seen)).convert("RGB")
    inside = picture.crop((110, 90, 290, 210)).getextrema()
    assert all(high - low <= 6 for low, high in inside), "one colour, nothing of what lay there"
    assert picture.crop((0, 0, 60, 60)).getextrema()[0][1] > inside[0][1]
    assert anyone.get(f"/aduan/{one}/foto/2").status_code == 404
    assert anyone.get(f"/kasus/{case}/berkas/{chosen}").status_code == 302, "to the sign-in"
    assert anyone.get(f"/kasus/{case}/foto-tayang/{chosen}/hasil").status_code == 302
    store = Store(home / "files", 0)
    intake.sweep(store, now=10**14)  # ages later
    assert anyone.get(f"/aduan/{one}/foto/1").status_code == 200, "the night's sweep leaves what is published"
    connect.open_()
    assert rendra.posts(f"{base}/{chosen}/sembunyikan", {}).status_code == 302
    assert anyone.get(f"/aduan/{one}/foto/1").status_code == 404
    assert other
    connect.open_()
