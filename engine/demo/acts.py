"""What happens to a complaint of the demonstration, act by act: by the offices, by whoever complained."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import forms
from db import sql
from engine.commands import citizen, helping, intake, photos, work
from engine.commands.start import start
from engine.demo import actor
from engine.demo import people as demo_people
from engine.demo.days import City, Thread
from engine.offices import intakes
from engine.offices.entries import Entry

PROCESS = "pengaduan"
DAY = 450
"""Office minutes of a working day."""
KECAMATAN = {one.code: str(one.attrs.get("kecamatan", "")) for one in forms.default_lists(PROCESS)["kelurahan"]}


@dataclass(frozen=True)
class Act:
    """One act, opened `after` office minutes and done `took` office minutes later.

    `what` is a step of the diagram, or one of OTHERS; `unit` says whose, where a step waits for several units.
    """

    what: str
    answers: Mapping[str, Any]
    after: int = 40
    took: int = 12
    unit: str = ""


@dataclass(frozen=True)
class Story:
    """One complaint and what became of it; it stands `days_ago` working days before today (0.5: minutes ago)."""

    key: str
    subject: str
    text: str
    topic: tuple[str, str, str]  # subyek, bagian_subyek, kelurahan
    where: str
    days_ago: float
    at: str = "09.10"
    acts: Sequence[Act] = ()
    who: int = 0
    kind: str = "keluhan"
    channel: str = "web"
    entered_by: str = ""
    by_mail: bool = False
    home_phone: str = ""  # that takes no SMS
    known: bool = True  # whether the population register knows them
    pictures: Sequence[str] = ()
    supervised: bool = False  # ticked as one for the Inspektorat
    sms: str = ""  # as written, where it came by SMS
    natural: bool = False  # what would lie in the future is left out, instead of being done by now


def live(story: Story, city: City) -> Thread:
    """A complaint from its first instant on."""
    at = _begins(story, city)
    yield at
    city.cases[story.key] = _sent(story, city, at)
    for act in story.acts:
        opened = city.calendar.add_minutes(at, act.after)
        at = city.calendar.add_minutes(opened, act.took)
        if story.natural and at > city.now:
            return
        at = min(at, city.now)
        yield at
        _do(act, story, city, min(opened, at), at)


def _begins(story: Story, city: City) -> int:
    if story.days_ago < 1:
        return city.now - round(story.days_ago * 600) * 60_000
    days = city.working_days()
    before = [day for day in days if day < city.calendar.date_of(city.now)]
    return city.on(before[-min(round(story.days_ago), len(before))] if before else days[-1], story.at)


# --- how it came ---


def _sent(story: Story, city: City, at: int) -> int:
    if story.sms:
        return _texted(story, city, at)
    return _by_form(story, city, at) if story.channel == "web" else _at_counter(story, at)


def _answers(story: Story) -> dict[str, Any]:
    """The complaint as the public form takes it down."""
    subyek, part, kelurahan = story.topic
    who = demo_people.reporter(story.who, by_mail=story.by_mail, known=story.known)
    return {
        "jenis_aduan": story.kind,
        "subyek": subyek,
        "bagian_subyek": part,
        "wilayah": kelurahan,
        "kecamatan": KECAMATAN.get(kelurahan, ""),
        "perihal": story.subject,
        "uraian": story.text,
        "lokasi": story.where,
        "berkadar_pengawasan": story.supervised,
        "nik": who.nik,
        "nama_ibu": who.mother,
        "telepon": story.home_phone or who.phone,
        "surel": who.email,
    }


def _by_form(story: Story, city: City, at: int) -> int:
    token = token_of(story.key)
    for name in story.pictures:
        _picture(token, name, city, at)
    return intake.send(token, intakes.door(PROCESS), _answers(story), now=at, source=story.key).case_id


def token_of(key: str) -> str:
    """What the form of a story is known by."""
    return f"contoh-{key}"


def _picture(token: str, name: str, city: City, at: int) -> None:
    found = city.files.receive(BytesIO(demo_people.picture(name)), f"{name}.jpg", now=at)
    checked = city.files.inspect(found.path, found.name)
    intake.add_proof(intake.draft_of(token), checked, found.sha256, now=at)


def _at_counter(story: Story, at: int) -> int:
    found = intakes.door(PROCESS)
    who, told = intakes.told(found.plan, _answers(story))
    return start(
        PROCESS,
        organisation=found.organisation,
        reporter=who,
        report=told,
        send_key=token_of(story.key),
        channel=story.channel,
        by=actor(story.entered_by),
        entry=Entry(),
        now=at,
    ).case_id


def _texted(story: Story, city: City, at: int) -> int:
    nik, mother = demo_people.nik(story.who), demo_people.mother(story.who)
    city.texted(demo_people.phone(story.who), story.sms.format(nik=nik, ibu=mother), at)
    return int(sql.value("SELECT MAX(id) FROM case_file WHERE channel = 'sms'"))


# --- what is done ---


def _do(act: Act, story: Story, city: City, opened: int, at: int) -> None:
    other = OTHERS.get(act.what)
    if other is not None:
        other(act, story, city, at)
    else:
        step(city.cases[story.key], act.what, act.answers, opened, at, act.unit)


_WAITS = """
SELECT t.id, t.kind, a.username FROM task t LEFT JOIN office o ON o.id = t.office_id
LEFT JOIN unit u ON u.id = o.unit_id LEFT JOIN holding h ON h.office_id = t.office_id AND h.from_ms <= ?
AND (h.until_ms IS NULL OR h.until_ms > ?) LEFT JOIN account a ON a.person_id = h.person_id
WHERE t.case_file_id = ? AND t.element = ? AND t.state = 'open' AND (? = '' OR u.code = ?) ORDER BY t.id LIMIT 1
"""


def step(case: int, element: str, answers: Mapping[str, Any], opened: int, at: int, unit: str = "") -> None:
    """Whoever a step waits for does it; raises LookupError where it does not wait."""
    found = sql.row(_WAITS, (at, at, case, element, unit, unit))
    if found is None:
        raise LookupError(f"{element} does not wait in case {case}")
    task, kind, username = int(found[0]), str(found[1]), str(found[2])
    if kind == "receive":
        citizen.deliver(task, case_id=case, answers=answers, now=at)
        return
    work.open_task(task, by=actor(username), now=opened)
    work.complete(task, by=actor(username), answers=answers, now=at)


def _shows(act: Act, story: Story, city: City, at: int) -> None:
    """The Redaktur lets the first photo be seen, with these boxes painted over."""
    case = city.cases[story.key]
    photo = sql.value("SELECT MIN(id) FROM attachment WHERE case_file_id = ? AND kind = 'photo'", (case,))
    boxes = act.answers.get("kotak", ())
    photos.choose(case, int(photo), boxes, city.files, by=actor("rendra"), now=at, nothing=not boxes)


def _withdraws(_act: Act, story: Story, city: City, at: int) -> None:
    citizen.withdraw(city.cases[story.key], now=at)


def _texts(act: Act, story: Story, city: City, at: int) -> None:
    text = str(act.answers["teks"]).format(nomor=city.number(story.key))
    city.texted(demo_people.phone(story.who), text, at)


def _asks(act: Act, story: Story, city: City, at: int) -> None:
    """The Pejabat asks one more unit while the others are at it."""
    helping.add_helper(city.cases[story.key], act.unit, by=actor(str(act.answers["oleh"])), now=at)


OTHERS: Mapping[str, Callable[[Act, Story, City, int], None]] = {
    "foto": _shows,
    "cabut": _withdraws,
    "sms": _texts,
    "tambah_unit": _asks,
}
"""Acts that are no step of the diagram."""
