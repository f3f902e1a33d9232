"""What leaves the building: messages to the reporter, by mail, after the act that wanted them is committed."""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

from db import sql
from engine import news, store, vault
from engine.jobs import Call, Handler, Undeliverable

TIMEOUT_S = 30
PERMANENT = 500

# Which text of which form a message carries: the latest one written in the same part of the case.
FIELDS = {"minta_kelengkapan": "yang_kurang", "tidak_dilanjutkan": "alasan", "jawaban": "isi_balasan"}


@dataclass(frozen=True)
class Post:
    """How mail leaves: `smtp://user:password@host:port`, `smtps://…`, or `folder:///path` (one .eml file each)."""

    url: str
    sender: str
    base_url: str


def handlers(post: Post) -> dict[str, Handler]:
    """What is done for each topic a diagram may name on a service task."""
    return {
        "balas_pelapor": lambda call: _answer(call, post),
        "kabari_pelapor": lambda call: _tell(call, post),
    }


def _answer(call: Call, post: Post) -> Mapping[str, Any]:
    """The answer itself: not deliverable by mail means a person must bring it."""
    return _mail(call, post, "jawaban")


def _tell(call: Call, post: Post) -> Mapping[str, Any]:
    """News about the case: it stands on the tracking page in any case, so that no address is no failure."""
    try:
        return _mail(call, post, call.message)
    except Undeliverable as refused:
        return {"delivered": False, "reason": refused.reason, "message": call.message}


@dataclass(frozen=True)
class _Letter:
    number: str
    organisation: str
    name: str
    email: str
    language: str


def _mail(call: Call, post: Post, message: str) -> Mapping[str, Any]:
    letter = _addressee(call.case_id)
    if not letter.email:
        raise Undeliverable("pelapor tidak memberi alamat surel")
    if not post.url:
        raise Undeliverable("surel belum diatur di pemasangan ini")
    text = text_of(call.case_id, FIELDS.get(message, ""), call.instance)
    subject, body = news.words(
        message,
        letter.language,
        number=letter.number,
        name=letter.name,
        organisation=letter.organisation,
        text=text,
        base=post.base_url,
    )
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["From"] = post.sender
    _address(mail, letter.email)
    mail["Message-ID"] = f"<{sha256(call.name.encode()).hexdigest()[:32]}@{post.sender.rpartition('@')[2]}>"
    mail.set_content(body)
    send(mail, post.url)
    return {"delivered": True, "by": "email", "message": message}


def _address(mail: EmailMessage, email: str) -> None:
    """To this one address. Raises Undeliverable for what a header would read as another, or as several."""
    try:
        mail["To"] = email
        found = [one.addr_spec for one in mail["To"].addresses]
    except ValueError:
        found = []
    if found != [email]:
        raise Undeliverable("alamat surel tidak dapat dipakai")


def _addressee(case_id: int) -> _Letter:
    found = sql.row(
        "SELECT c.number, g.name, r.id, r.sealed, c.language FROM case_file c"
        " JOIN organisation g ON g.id = c.organisation_id JOIN reporter r ON r.id = c.reporter_id WHERE c.id = ?",
        (case_id,),
    )
    if found is None or found[3] is None:
        raise Undeliverable("identitas pelapor sudah dihapus")
    who = vault.unseal(found[3], f"reporter:{found[2]}")
    return _Letter(found[0], found[1], who["name"], who["email"], found[4])


def text_of(case_id: int, name: str, instance: str = "") -> str:
    """The latest text of that name written in this part of the case, else ""."""
    found = sql.rows(
        "SELECT s.task_id, s.sealed FROM submission s JOIN task t ON t.id = s.task_id"
        " WHERE s.case_file_id = ? AND t.instance = ? ORDER BY s.id DESC",
        (case_id, instance),
    )
    texts = (store.texts_of(task_id, sealed).get(name) for task_id, sealed in found)
    return next((str(text) for text in texts if text), "")


def send(mail: EmailMessage, url: str) -> None:
    """Hands one message over. Raises Undeliverable when it is refused for good, OSError when it may go later."""
    parts = urlsplit(url)
    senders: dict[str, Callable[[EmailMessage, Any], None]] = {
        "smtp": _by_smtp,
        "smtps": _by_smtp,
        "folder": _to_folder,
    }
    senders[parts.scheme](mail, parts)


def _to_folder(mail: EmailMessage, parts: Any) -> None:
    folder = Path(unquote(parts.path))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = sha256(str(mail["Message-ID"]).encode()).hexdigest()[:32]
    (folder / f"{name}.eml").write_bytes(mail.as_bytes())


def _by_smtp(mail: EmailMessage, parts: Any) -> None:
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(parts.hostname, parts.port or 0, timeout=TIMEOUT_S) as server:
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        _told_no("alamat surel", min((code for code, _ in refused.recipients.values()), default=0), refused)
    except smtplib.SMTPResponseException as refused:
        _told_no("surel", refused.smtp_code, refused)


def _told_no(what: str, code: int, refused: Exception) -> NoReturn:
    """For good, or for now: by its number alone, as mail servers quote addresses in what they say."""
    if code >= PERMANENT:
        raise Undeliverable(f"{what} ditolak ({code})") from refused
    raise ConnectionError(f"{what} ditunda ({code})") from None
