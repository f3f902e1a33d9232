"""Files from the citizen: read part by part off the wire into quarantine, checked, laid with the unsent form."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import Request, current_app
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData, Preamble
from wtforms.validators import ValidationError

from db.queries import public
from engine.commands import intake
from engine.files import LIMITS, MB, Batch, FileRefused, ScannerUnavailable, Store
from webui.config import Config

CHUNK = 64 * 1024
FIELD_BYTES = 256 * 1024
MAX_PARTS = 60
BODY_MB = 2 * LIMITS.total // MB
"""What is read at most, so that too much is refused by name and not by a broken connection."""
RESERVE_BYTES = 1024 * MB
Event = Field | File | Data | Epilogue


def store() -> Store:
    """Where this installation keeps its files."""
    kept: Store | None = current_app.extensions.get("files")
    if kept is None:
        reserve = int(current_app.config.get("DISK_RESERVE", RESERVE_BYTES))
        kept = current_app.extensions["files"] = store_of(current_app.config["OFFICE"], reserve)
    return kept


def store_of(office: Config, reserve: int = RESERVE_BYTES) -> Store:
    """The files of an installation, for those who work outside a request."""
    return Store(office.home / "files", reserve, clamav=office.clamav)


class Broken(BadRequest):
    """The body is no whole multipart form: the sender stopped, or never was a browser."""


class Body:
    """A multipart form as it arrives: iterate it for its files; what is not read of one is skipped.

    The form's token must come before the first file (CSRFError). Raises Broken for what cannot be read to its end.
    """

    def __init__(self, request: Request) -> None:
        boundary = request.mimetype_params.get("boundary", "")
        if request.mimetype != "multipart/form-data" or not boundary:
            raise Broken("no boundary")
        self._read = request.stream.read
        self._decoder = MultipartDecoder(boundary.encode("latin-1", "replace"), FIELD_BYTES, max_parts=MAX_PARTS)
        self._more = False
        self.fields: dict[str, list[str]] = {}

    def __iter__(self) -> Iterator["Part"]:
        while not isinstance(event := self._event(), Epilogue):
            if isinstance(event, Field):
                self.fields.setdefault(event.name, []).append(self._text())
            elif isinstance(event, File):
                yield from self._file(event)
        self._check_token()

    def _file(self, event: File) -> Iterator["Part"]:
        self._check_token()
        self._more = True
        if event.filename:
            yield Part(event.name, event.filename, self)
        while self._more:
            self.piece()

    def _check_token(self) -> None:
        try:
            validate_csrf((self.fields.get("csrf_token") or [""])[0])
        except ValidationError as refused:
            raise CSRFError(str(refused)) from refused

    def _text(self) -> str:
        """What is far too long is cut here; the form says that it is too long."""
        self._more, taken = True, bytearray()
        while self._more:
            taken += self.piece()[: max(0, FIELD_BYTES - len(taken))]
        return taken.decode("utf-8", "replace")

    def piece(self) -> bytes:
        """The next bytes of the part that is open."""
        event = self._event()
        if not isinstance(event, Data):
            raise Broken("a part without content")
        self._more = event.more_data
        return event.data

    @property
    def more(self) -> bool:
        """Whether the part that is open has bytes left."""
        return self._more

    def _event(self) -> Event:
        try:
            while isinstance(event := self._decoder.next_event(), NeedData | Preamble):
                if isinstance(event, NeedData):
                    self._decoder.receive_data(self._read(CHUNK) or None)
        except (ValueError, OSError, RequestEntityTooLarge) as trouble:
            raise Broken(str(trouble)) from trouble
        assert isinstance(event, Field | File | Data | Epilogue)
        return event


@dataclass
class Part:
    """One file of the form, readable once, as it arrives."""

    name: str
    filename: str
    body: Body
    _left: bytes = b""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""
        while not self._left and self.body.more:
            self._left = self.body.piece()
        taken, self._left = self._left[:size], self._left[size:]
        return taken


def fields_of(request: Request) -> dict[str, list[str]]:
    """The texts of a form whose files nobody wants; what cannot be read is left out."""
    found: dict[str, list[str]] = {}
    try:
        body = Body(request)
        found = body.fields
        for _part in body:
            pass
    except (Broken, CSRFError, OSError, HTTPException):
        drain(request)
    return found


def drain(request: Request) -> None:
    """Reads what still comes and forgets it: a browser hears an answer only once it has said everything."""
    try:
        while request.stream.read(CHUNK):
            pass
    except (OSError, HTTPException):
        return  # the sender is gone, or sends without measure


def too_much() -> str:
    """What is said of a body that is not even read."""
    most = LIMITS.total // MB
    return str(
        _("Kiriman ini terlalu besar: seluruh berkas paling banyak %(most)s MB. Pilihlah lebih sedikit.", most=most)
    )


@dataclass
class Taken:
    """What became of the files of one request: how many are kept, the sentences for the refused, the other fields."""

    kept: int = 0
    refused: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)


def take(request: Request, draft: str, *, now: int, added_by: int | None = None) -> Taken:
    """Takes every file of this form into the draft; each is kept or refused for itself. Raises Broken, CSRFError.

    What was kept before the line broke stays kept. `added_by`: the person of the office who scanned them.
    """
    try:
        return _take(request, draft, now, added_by)
    except (Broken, CSRFError):
        drain(request)
        raise


def _take(request: Request, draft: str, now: int, added_by: int | None) -> Taken:
    body, taken = Body(request), Taken()
    lying = public.proofs_of_draft(draft)
    batch = Batch(store(), count=len(lying), size=sum(proof.size for proof in lying))
    for part in body:
        try:
            _take_one(part, batch, draft, now, added_by)
            taken.kept += 1
        except FileRefused as refused:
            taken.refused.append(_(refused.msgid, **refused.facts))
        except ScannerUnavailable:
            taken.refused.append(_("“%(name)s” belum dapat diperiksa. Cobalah lagi sebentar lagi.", name=part.filename))
    taken.fields = body.fields
    return taken


def _take_one(part: Part, batch: Batch, draft: str, now: int, added_by: int | None) -> None:
    received = batch.receive(part, part.filename, now)
    try:
        checked = batch.store.inspect(received.path, received.name)
        intake.add_proof(draft, checked, received.sha256, now=now, added_by=added_by)
    except BaseException:
        batch.store.discard(received)
        batch.count, batch.size = batch.count - 1, batch.size - received.size
        raise
