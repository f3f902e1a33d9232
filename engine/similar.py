"""Open cases that speak of the same as a report, best first: by the words they share, the rarer the weightier.

Anyone who reports is shown only subjects that the office has worded itself, found by the words of those subjects alone:
whatever is typed, nothing can be learnt of what others told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any

from db.queries import similar as asked
from db.queries.similar import WIDE, Candidate, Span
from engine import expressions, search, vault
from engine.diagrams import releases
from engine.offices.intakes import Door

MOST = 5
TYPED = 16
"""Words of a report that are looked for."""
READ = 150
SHARED = 0.4
"""How much of the weight of a report's words a case must share."""
SAME, OTHER = 1.5, 0.5
"""What the same or another subject, the same or another place does to that weight (ours)."""
_COMMON = """
    ada adalah agar akan aku anda antara apa apabila atas atau bagi bahwa banyak baru beberapa begitu belum benar
    berada bisa boleh bukan dalam dan dapat dari dengan depan dekat di dia dua hanya harap harus hingga ingin ini itu
    jadi jangan jika juga kalau kami karena kepada ketika kini kita lagi lain lalu lama lebih maka masih mau melakukan
    menjadi mereka merupakan mohon nama namun oleh orang pada para paling pernah pihak pula saat saja sama sampai sangat
    saya sebab sebagai sebelum secara sedang sehingga sejak selalu selama semua sering serta setelah setiap sudah supaya
    tapi tahun telah tempat tentang terhadap terjadi tersebut terus tetapi tiap tidak tolong untuk waktu warga yaitu
    yang
    pak bu bapak ibu hari bulan minggu pagi siang malam desa dusun kecamatan kelurahan kabupaten laporan aduan
"""
_STOP = frozenset(_COMMON.split())
"""Words that stand in every report: of the language, and of reports."""


@dataclass(frozen=True)
class Similar:
    """An open case that is alike."""

    id: int
    number: str
    subject: str
    received_ms: int
    companions: int


@dataclass(frozen=True)
class Told:
    """What a report says, as it was typed."""

    subject: str
    where: str = ""
    story: str = ""
    topic: str = ""  # codes, where the process files its cases under such
    place: str = ""


def told(door: Door, answers: Mapping[str, Any], *, now: int) -> Told:
    """What a public form says so far, filed as its process would file it."""
    given = {name: str(answers.get(key, "")) for name, key in door.plan.report.items()}
    words = Told(given.get("subject", ""), given.get("where", ""), given.get("chronology", ""))
    facts = {name: answers.get(key) or None for name, key in door.plan.data.items()}
    start = releases.current(door.organisation_id, door.process, now).diagram.start.props if facts else {}
    return replace(words, topic=filed(start.get("kasus.subyek"), facts), place=filed(start.get("kasus.wilayah"), facts))


def filed(text: str | None, facts: Mapping[str, Any]) -> str:
    """The code a diagram's expression gives for these facts; "" where they are not enough for it."""
    wanted = text.removeprefix("=").strip() if text else ""
    if not wanted or not expressions.names(wanted) <= facts.keys():
        return ""
    return str(expressions.evaluate(wanted, dict(facts)) or "")


def for_anyone(told: Told, organisation: int, process: str) -> list[Similar]:
    """What is shown to someone who reports: cases whose worded subject their own words cover."""
    return _best(told, organisation, process, public=True, most=MOST)


def for_staff(told: Told, organisation: int, process: str, *, but: int = 0, most: int = MOST) -> list[Similar]:
    """What is shown to staff, by everything that was told; `but` is the case it is asked for."""
    return _best(told, organisation, process, public=False, most=most, but=but)


def shown(case: int, organisation: int, process: str) -> Similar | None:
    """A case that was offered to someone, as long as it may be."""
    found = asked.candidates([case], organisation, process, public=True)
    return Similar(*found[0][:5]) if found else None


def _best(told: Told, organisation: int, process: str, *, public: bool, most: int, but: int = 0) -> list[Similar]:
    typed = significant(told)
    within = asked.span(organisation)
    if not typed or not within.cases:
        return []
    tokens = [_tokens(word, public=public) for word in typed]
    bearers = [[case for case in found if case != but] for found in asked.bearers(tokens, within)]
    weights = [_weight(found, within) for found in bearers]
    first = _ranked(bearers, weights)[:READ]
    found = asked.candidates(first, organisation, process, public=public)
    scored = [
        (_near(case, told, public) * _score(case, told, tokens, weights, public), case.id, case) for case in found
    ]
    best = sorted((score for score in scored if score[0]), reverse=True)[:most]
    return [Similar(*case[:5]) for _, _, case in best]


def significant(told: Told) -> list[str]:
    """The words worth looking for: of the subject, of the place, then the longest of the story."""
    parts = [_worth(told.subject), _worth(told.where), sorted(_worth(told.story), key=len, reverse=True)]
    return list(dict.fromkeys(word for part in parts for word in part))[:TYPED]


def _worth(text: str) -> list[str]:
    return [word for word in map(_stem, search.words(text)) if len(word) > 2 and word not in _STOP and word.isalpha()]


def _stem(word: str) -> str:
    """The word without the -nya that stands behind half of all nouns; nothing more is taken off."""
    return word.removesuffix("nya") if len(word) > 6 else word


def _tokens(word: str, *, public: bool) -> list[str]:
    """The tokens that answer a word: in the subject; for staff also in what was told."""
    return [search.of_subject(word)] + ([] if public else [search.of_story(word), search.of_story(f"{word}nya")])


def _weight(found: Sequence[int], within: Span) -> float:
    """How much a shared word tells: nothing where every open case has it."""
    count = float(len(found))
    if count >= WIDE - 1:  # only the newest were read: as common as in their span
        count *= (within.last - within.first + 1) / (found[0] - found[-1] + 1)
    return log(max(1.0, (within.cases + 1) / count)) + 0.1 if count else 0.0


def _ranked(bearers: Sequence[Sequence[int]], weights: Sequence[float]) -> list[int]:
    """Every case that holds any of the words, the weightiest first, then the newest."""
    sums: dict[int, float] = {}
    for cases, weight in zip(bearers, weights, strict=True):
        for case in cases:
            sums[case] = sums.get(case, 0.0) + weight
    return sorted(sums, key=lambda case: (sums[case], case), reverse=True)


def _near(case: Candidate, told: Told, public: bool) -> float:
    """How much nearer the same subject and place bring a case, how much farther another; to the public, out of sight.

    What is not known of either tells nothing.
    """
    near = 1.0
    for wanted, has in ((told.topic, case.topic), (told.place, case.place)):
        if wanted and has:
            near *= SAME if wanted == has else 0.0 if public else OTHER
    return near


def _score(
    case: Candidate, told: Told, tokens: Sequence[Sequence[str]], weights: Sequence[float], public: bool
) -> float:
    """The weight of what is shared; 0 where that is too little to speak of the same.

    Staff see a case of the same subject and place by half of the words that another must share.
    """
    held = {*case.plain.split(), *(() if public else case.words.split())}
    shared = [weight for them, weight in zip(tokens, weights, strict=True) if not held.isdisjoint(them)]
    there = bool(told.topic and told.place) and (told.topic, told.place) == (case.topic, case.place)
    least, enough = (1, SHARED / 2) if there else (2, SHARED)
    much = not public and len(shared) >= least and sum(shared) >= enough * sum(weights)
    return sum(shared) if much or _covers(case, tokens) else 0.0


def _covers(case: Candidate, tokens: Sequence[Sequence[str]]) -> bool:
    """Whether the words have half of the subject, and two of its words where it has two."""
    plain = set(case.plain.split())
    worded, count = len(_worth(case.subject)), sum(subject in plain for subject, *_ in tokens)
    return bool(count) and count >= min(2, worded) and 2 * count >= worded


# -- what was offered --------------------------------------------------------------------------------------------------


def offer(draft: str, case: int) -> str:
    """What stands in the address of a case that was offered to this form; nobody else makes one up."""
    return f"{case}-{_sign(draft, case)}"


def offered(draft: str, reference: str) -> int | None:
    """The case that was offered to this form under that reference, if any was."""
    number, _, sign = reference.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 12 and sign.isascii()):
        return None
    return int(number) if vault.same(sign, _sign(draft, int(number))) else None


def _sign(draft: str, case: int) -> str:
    return vault.mark("serupa", draft, str(case))[:20]
