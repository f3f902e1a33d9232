"""Documents and videos are kept as they came, or refused when they act, hide or break something."""

import zlib

import pytest
from attached import DOCX, MB, ODT, RELS, TEMPLATE, XLSX, box, check, film, open_with_script, packed, pdf, refusal
from pypdf.generic import NameObject, TextStringObject


def test_documents_are_kept_as_they_are(store):
    sent = pdf()
    kept = check(store, sent, "surat.pdf")
    assert kept.path.read_bytes() == sent
    assert (kept.kind, kept.size) == ("document", len(sent))
    for entries, ending in ((DOCX, "docx"), (XLSX, "xlsx"), (ODT, "odt")):
        assert check(store, packed(entries), f"surat.{ending}").extension == ending


def test_a_document_without_ending_gets_the_right_one(store):
    assert check(store, pdf(), "surat").name == "surat.pdf"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (open_with_script, "active"),
        (lambda writer: writer.add_attachment("a.exe", b"MZ"), "active"),
        (lambda writer: writer.encrypt("rahasia", algorithm="RC4-128"), "locked"),
    ],
)
def test_a_pdf_that_acts_or_is_locked_is_refused(store, change, code):
    assert refusal(store, pdf(change=change), "surat.pdf") == code


def test_a_pdf_that_hides_its_script_in_odd_letters_or_in_a_stream_is_refused(store):
    odd = pdf().replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /J#61vaScr#69pt /JS (app.alert(1)) >>")
    assert refusal(store, odd, "surat.pdf") == "active"
    inner = zlib.compress(b"7 0 << /S /JavaScript /JS (app.alert(1)) >>")
    hidden = (
        b"9 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + inner + b"\nendstream endobj\n"
    )
    assert refusal(store, pdf().replace(b"xref", hidden + b"xref", 1), "surat.pdf") == "active"


@pytest.mark.parametrize("inside", [b"", zlib.compress(b"0" * 2 * MB)])
def test_a_pdf_that_would_take_long_to_look_through_is_refused(store, inside):
    times = 60_000 if not inside else 600
    assert refusal(store, pdf().replace(b"xref", (b"stream\n" + inside) * times + b"xref", 1), "surat.pdf") == "bomb"


def test_a_pdf_that_only_speaks_of_scripts_is_taken(store):
    def title(writer):
        writer.add_metadata({NameObject("/Title"): TextStringObject("Kursus JavaScript dan Launching")})

    assert check(store, pdf(change=title), "surat.pdf").kind == "document"


def test_a_pdf_that_was_cut_off_is_refused(store):
    assert refusal(store, pdf()[:700], "surat.pdf") == "broken"


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({**DOCX, "word/vbaProject.bin": "x"}, "active"),
        ({**DOCX, "word/embeddings/oleObject1.bin": "x"}, "active"),
        ({**DOCX, "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}, "active"),
        ({**DOCX, RELS: TEMPLATE.replace("…", "https://jahat.example/x.dotm")}, "active"),
        ({**DOCX, RELS: TEMPLATE.replace("…", "file:///\\\\server\\x.dotm")}, "active"),
        ({**DOCX, "../../etc/cron.d/x": "x"}, "broken"),
        ({**DOCX, "/etc/passwd": "x"}, "broken"),
        ({**DOCX, "word/media/a.bmp": "0" * 300 * MB}, "bomb"),
        ({**DOCX, "word/media/a.bmp": "0" * 30 * MB}, "bomb"),
        ({**DOCX, **{f"a{number}": "" for number in range(2001)}}, "bomb"),
        ({**ODT, "Basic/Standard/Module1.xml": "x"}, "active"),
    ],
)
def test_office_documents_with_something_inside_are_refused(store, entries, code):
    assert refusal(store, packed(entries), "surat.odt" if "mimetype" in entries else "surat.docx") == code


def test_a_letter_written_on_a_template_of_the_authors_own_disk_is_taken(store):
    letter = packed({**DOCX, RELS: TEMPLATE.replace("…", "file:///C:/Users/sekar/Kop.dotx")})
    assert check(store, letter, "surat.docx").extension == "docx"


def test_an_office_document_with_a_damaged_part_is_refused(store):
    data = bytearray(packed({**DOCX, "word/media/a.bin": bytes(range(256)) * 40}))
    data[data.find(b"a.bin") + 20] ^= 0xFF
    assert refusal(store, bytes(data), "surat.docx") == "broken"
    assert refusal(store, packed(DOCX)[:150], "surat.docx") == "broken"


# --- videos


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (film(), "kejadian.mp4", "video/mp4"),
        (film(b"qt  "), "kejadian.MOV", "video/quicktime"),
        (film(b"3gp5"), "kejadian.3gp", "video/3gpp"),
        (b"\x1aE\xdf\xa3\x93\x42\x82\x84webm" + b"\0" * 100, "rekam.webm", "video/webm"),
    ],
)
def test_videos_of_phones_are_taken(store, data, name, media_type):
    kept = check(store, data, name)
    assert (kept.kind, kept.media_type, kept.path.read_bytes()) == ("video", media_type, data)


@pytest.mark.parametrize("data", [film()[:-100], film()[:30], film() + b"<script>", box(b"ftyp", b"isom") + b"\0" * 9])
def test_a_video_whose_boxes_do_not_add_up_is_refused(store, data):
    assert refusal(store, data, "kejadian.mp4") == "broken"
