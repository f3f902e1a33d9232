"""Files that people attach, made in memory: photos, documents, videos, good and hostile; a store that checks them."""

import io
import struct
import zipfile

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen import canvas

from engine.files import FileRefused

NOW = 1_795_000_000_000
MB = 1024**2


def left_over(store):
    return list(store.quarantine.iterdir())


def check(store, data, name):
    got = store.receive(io.BytesIO(data), name, now=NOW)
    return store.inspect(got.path, got.name)


def refusal(store, data, name):
    with pytest.raises(FileRefused) as refused:
        check(store, data, name)
    assert name in refused.value.sentence
    assert left_over(store) == []
    assert not list(store.kept.rglob("*.*"))
    return refused.value.code


def photo(size=(640, 480), form="JPEG", **more):
    picture = Image.new("RGB", size, (200, 30, 30))
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(20, 30, 200))
    held = io.BytesIO()
    picture.save(held, form, **more)
    return held.getvalue()


def with_place(size=(640, 480), orientation=1):
    exif = Image.Exif()
    exif[0x010F] = "TELEPON-RAHASIA"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 28.0, 12.0), 3: "E", 4: (112.0, 26.0, 1.0)})
    return photo(size, exif=exif)


def pdf(text="Jalan rusak", change=None):
    held = io.BytesIO()
    drawn = canvas.Canvas(held)
    drawn.drawString(72, 700, text)
    drawn.save()
    if change is None:
        return held.getvalue()
    writer = PdfWriter(clone_from=io.BytesIO(held.getvalue()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def open_with_script(writer):
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)


def packed(entries, **more):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held.getvalue()


DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
RELS = "word/_rels/settings.xml.rels"
TEMPLATE = (
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'attachedTemplate" Target="…" TargetMode="External"/></Relationships>'
)
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}


def box(kind, content=b""):
    return struct.pack(">I", 8 + len(content)) + kind + content


def film(brand=b"isom", size=1000):
    return box(b"ftyp", brand + b"\0\0\2\0" + brand) + box(b"moov", b"\0" * 50) + box(b"mdat", b"\1" * size)
