"""What a notice about time or mail says: the sentence for its kind and facts."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from webui import language
from webui.message_names import name_of


def sentence(kind: str, facts: Mapping[str, Any], task: str = "") -> str:
    """The words for the kinds this room writes (belum_dibuka, segera, terlambat, surel_gagal); "" for any other.

    `task` is the name of the task; the office above reads that it is told as such.
    """
    when = language.moment(facts.get("until"))
    words = {
        "belum_dibuka": _(
            "Belum dibuka melewati waktu tunggu (%(when)s): %(task)s", when=when, task=language.say(task)
        ),
        "segera": _("Segera jatuh tempo, %(when)s: %(task)s", when=when, task=language.say(task)),
        "terlambat": _("Melewati batas %(when)s: %(task)s", when=when, task=language.say(task)),
        "surel_gagal": _(
            "%(message)s tidak sampai kepada pelapor lewat surel. Sampaikan dengan cara lain.",
            message=name_of(str(facts.get("message", ""))),
        ),
    }
    said = str(words.get(kind, ""))
    return f"{said} ({_('di bawah jabatan Anda')})" if said and facts.get("above") else said
