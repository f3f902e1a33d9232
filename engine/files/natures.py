"""The kinds of file the office takes."""

from typing import NamedTuple


class Nature(NamedTuple):
    """A kind the office takes: `kind` is photo, document or video."""

    kind: str
    media_type: str
    extension: str


_OOXML = "application/vnd.openxmlformats-officedocument"
JPEG, PNG, WEBP = (
    Nature("photo", f"image/{name}", end) for name, end in (("jpeg", "jpg"), ("png", "png"), ("webp", "webp"))
)
PDF = Nature("document", "application/pdf", "pdf")
DOCX = Nature("document", f"{_OOXML}.wordprocessingml.document", "docx")
XLSX = Nature("document", f"{_OOXML}.spreadsheetml.sheet", "xlsx")
ODT = Nature("document", "application/vnd.oasis.opendocument.text", "odt")
MP4, WEBM = Nature("video", "video/mp4", "mp4"), Nature("video", "video/webm", "webm")
THREE_GP, MOV = Nature("video", "video/3gpp", "3gp"), Nature("video", "video/quicktime", "mov")
