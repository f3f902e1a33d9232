"""The answer to whoever said that their NIK was used by others: by mail, or by SMS where only a telephone was given."""

from collections.abc import Mapping
from typing import Any

from db import sql
from engine import mailing, vault
from engine.errands import Call, Undeliverable
from engine.letters import greeted
from engine.mail import blanks, wordings
from engine.mail.catalogue import Text
from engine.mail.transport import Post, letter, send
from engine.sms import citizens as short
from engine.sms import numbers, outgoing, rules

MESSAGE = "jawaban_nik"
LANGUAGE = "id"


def reached(claim: Mapping[str, Any], organisation: int) -> str:
    """By which way they can be answered without a call: `surel`, `sms`, or "" for neither."""
    if claim["email"]:
        return "surel"
    return "sms" if rules.of(organisation) is not None and numbers.mobile(str(claim["phone"])) else ""


def order(organisation: int, dispute: int, claim: Mapping[str, Any], now: int) -> None:
    """Inside the decision's transaction: the answer leaves once, where there is a way."""
    if reached(claim, organisation):
        mailing.order(f"sengketa:{dispute}", MESSAGE, now, organisation=organisation, dispute=dispute)


def tell(call: Call, post: Post) -> Mapping[str, Any]:
    """Sends it. Raises NotNow while an SMS is on its way, Undeliverable."""
    text = (
        "SELECT d.id, d.organisation_id, g.name, d.sealed, d.sealed_answer FROM nik_dispute d"
        " JOIN organisation g ON g.id = d.organisation_id WHERE d.id = ?"
    )
    found = sql.row(text, (call.facts["dispute"],))
    if found is None:
        raise Undeliverable("pemberitahuan ini sudah tidak ada")
    ident, organisation, name, sealed, answer = found
    claim = vault.unseal(str(sealed), f"nik_dispute:{ident}")
    values = {"nama": greeted("", LANGUAGE), "instansi": str(name)}
    values["isi"] = str(vault.unseal(str(answer), f"nik_dispute:{ident}:answer"))
    by = rules.of(int(organisation))
    if reached(claim, int(organisation)) == "sms" and by is not None and post.sms:
        words, number = outgoing.worded(by, f"sms_{MESSAGE}", values), numbers.mobile(str(claim["phone"]))
        return short.deliver(call, f"sms_{MESSAGE}", lambda: words, number, by)
    if not claim["email"]:
        raise Undeliverable("yang memberitahukan tidak memberi alamat surel")
    if not post.url:
        raise Undeliverable("surel belum diatur di pemasangan ini")
    wording = wordings.in_force(int(organisation), MESSAGE, LANGUAGE)
    written = Text(blanks.subject(wording.subject, values), blanks.fill(wording.body, values))
    send(letter(post, call.name, claim["email"], written), post.url)
    return {"delivered": True, "by": "email", "message": MESSAGE}
