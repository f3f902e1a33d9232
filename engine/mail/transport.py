"""How one message leaves the building, and whether the mail server can be reached at all."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

from engine.errands import Undeliverable
from engine.mail.catalogue import Text

TIMEOUT_S = 30
LOOK_S = 5
PERMANENT = 500


class Postponed(ConnectionError):
    """The mail server wants it later, or does not want it from us: nothing the addressee can do about."""

    def __init__(self, code: int) -> None:
        super().__init__(f"postponed ({code})")
        self.smtp_code = code


@dataclass(frozen=True)
class Post:
    """How mail leaves: `smtp://user:password@host:port`, `smtps://…`, or `folder:///path` (one .eml file each)."""

    url: str
    sender: str
    base_url: str
    sms: bool = False  # whether a gateway takes SMS


def letter(post: Post, name: str, to: str, text: Text) -> EmailMessage:
    """A mail to one address; the same `name` always gives the same Message-ID. Raises Undeliverable for no address."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = text.subject
    mail["From"] = post.sender
    _address(mail, to)
    mail["Message-ID"] = f"<{sha256(name.encode()).hexdigest()[:32]}@{post.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: absence notes do not answer it
    mail.set_content(text.body)
    return mail


def _address(mail: EmailMessage, email: str) -> None:
    """To this one address. Raises Undeliverable for what a header would read as another, or as several."""
    try:
        mail["To"] = email
        found = [one.addr_spec for one in mail["To"].addresses]
    except ValueError:
        found = []
    if found != [email]:
        raise Undeliverable("alamat surel tidak dapat dipakai")


def send(mail: EmailMessage, url: str) -> None:
    """Hands one message over. Raises Undeliverable when it is refused for good, OSError when it may go later."""
    parts = urlsplit(url)
    senders: dict[str, Callable[[EmailMessage, SplitResult], None]] = {
        "smtp": _by_smtp,
        "smtps": _by_smtp,
        "folder": _to_folder,
    }
    senders[parts.scheme](mail, parts)


def _to_folder(mail: EmailMessage, parts: SplitResult) -> None:
    folder = Path(unquote(parts.path))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = sha256(str(mail["Message-ID"]).encode()).hexdigest()[:32]
    (folder / f"{name}.eml").write_bytes(mail.as_bytes())


def _by_smtp(mail: EmailMessage, parts: SplitResult) -> None:
    try:
        with _greeted(parts, TIMEOUT_S) as server:
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        _told_no("alamat surel", min((code for code, _ in refused.recipients.values()), default=0), refused)
    except smtplib.SMTPDataError as refused:
        _told_no("surel", refused.smtp_code, refused)
    except smtplib.SMTPAuthenticationError:
        raise  # our own password: whoever keeps this installation mends it, then the mail goes
    except smtplib.SMTPResponseException as refused:
        raise Postponed(refused.smtp_code) from None  # of the sender or the greeting: not the addressee's doing


@contextmanager
def _greeted(parts: SplitResult, seconds: float) -> Iterator[smtplib.SMTP]:
    """A connection that has said who it is: encrypted where the server can, signed in where the address says so."""
    context = ssl.create_default_context()
    kind: Any = smtplib.SMTP
    more: dict[str, Any] = {}
    if parts.scheme == "smtps":
        kind, more = smtplib.SMTP_SSL, {"context": context}
    with kind(parts.hostname, parts.port or 0, timeout=seconds, **more) as server:
        server.ehlo_or_helo_if_needed()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _told_no(what: str, code: int, refused: Exception) -> NoReturn:
    """For good, or for now: by its number alone, as mail servers quote addresses in what they say."""
    if code >= PERMANENT:
        raise Undeliverable(f"{what} ditolak ({code})") from refused
    raise Postponed(code) from None


def reachable(url: str) -> str:
    """What is wrong with the mail server of this address, as a sentence; "" when it greets us and takes our password.

    Nothing is sent; no password is told; it waits five seconds for each answer.
    """
    parts = urlsplit(url)
    if parts.scheme == "folder":
        return ""
    try:
        with _greeted(parts, LOOK_S) as server:
            server.noop()
    except (OSError, ValueError) as trouble:  # every trouble of smtplib and ssl is an OSError
        return _words(trouble).format(place=f"{parts.hostname}:{parts.port or 25}")
    return ""


def _words(trouble: Exception) -> str:
    """What is wrong, for whoever keeps the installation."""
    known: dict[type[Exception], str] = {
        smtplib.SMTPAuthenticationError: "peladen surat {place} menolak nama atau kata sandi",
        smtplib.SMTPNotSupportedError: "peladen surat {place} tidak menerima cara masuk ini",
        smtplib.SMTPServerDisconnected: "peladen surat {place} memutus sambungan",
        ssl.SSLCertVerificationError: "sertifikat peladen surat {place} tidak dapat dipercaya",
        ssl.SSLError: "sambungan tersandi ke peladen surat {place} gagal",
        ConnectionRefusedError: "peladen surat {place} menolak sambungan",
        TimeoutError: "peladen surat {place} tidak menjawab dalam 5 detik",
    }
    found = next((words for kind, words in known.items() if isinstance(trouble, kind)), None)
    return found or f"peladen surat {{place}} tidak dapat dipakai ({type(trouble).__name__})"
