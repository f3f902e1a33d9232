"""The months of the demonstration's city: its roster and register, its complaints, its reports."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from db import sql
from db.queries.recaps import of_month
from engine.commands import breaches, disputes, intake, memos, recaps, scheduled
from engine.commands.breaches import Told
from engine.commands.disputes import Claim
from engine.commands.memos import Letter
from engine.commands.population import import_register
from engine.commands.roster import Post, enter_roster
from engine.demo import actor
from engine.demo import people as demo_people
from engine.demo.acts import Story, live, step, token_of
from engine.demo.city_cases import ANSWERED
from engine.demo.city_more import everyday
from engine.demo.city_open import OPEN
from engine.demo.city_today import TODAY
from engine.demo.city_unusual import UNUSUAL
from engine.demo.days import City, Thread, play
from engine.diagrams.schedules import month_after, month_before, month_of
from engine.files import Store
from engine.jobs import Handler
from engine.offices import settings

WIB = ZoneInfo("Asia/Jakarta")


def since(now: int) -> int:
    """When the city's days begin: the first of the month before the last, so that two months are reported on."""
    first = datetime.fromtimestamp(now / 1000, WIB).date().replace(day=1)
    begin = month_before(month_before(first))
    return int(datetime(begin.year, begin.month, begin.day, 8, 0, tzinfo=WIB).timestamp() * 1000)


def live_through(organisation: int, *, now: int, handlers: Mapping[str, Handler], files: Store) -> City:
    """Plays the city's days up to `now`; gives what came of them."""
    city = City(organisation, settings.calendar(organisation), since(now), now, handlers, files)
    import_register(lambda: BytesIO(demo_people.register()), organisation, clock=lambda: city.since)
    threads = [_appoints(city), *_months(city), *(live(story, city) for story in _stories(city)), *_office(city)]
    play(threads, now, city.between)
    return city


def _stories(city: City) -> list[Story]:
    return [*ANSWERED, *OPEN, *UNUSUAL, *TODAY, *everyday(len(city.working_days()))]


# --- who serves this year ---


def _appoints(city: City) -> Thread:
    """The Petugas serve by the Walikota's letter of each year, which comes in the December before."""
    first, last = (city.calendar.date_of(at).year for at in (city.since, city.now))
    for year in range(first, last + 2):
        at = max(city.since, city.instant(_signed(year), "07.00"))
        yield at
        enter_roster(year, _posts(city, year), by=actor("admin.kota"), now=at)


def _posts(city: City, year: int) -> list[Post]:
    text = (
        "SELECT o.id, a.person_id FROM office o JOIN unit u ON u.id = o.unit_id"
        " JOIN account a ON a.username = 'petugas.' || u.code WHERE o.organisation_id = ? AND o.role = 'petugas'"
        " ORDER BY o.id"
    )
    letter = (f"188.45/{year % 100 + 12}/417.104/{year}", _signed(year).isoformat())
    return [Post("", int(office), int(person), *letter) for office, person in sql.rows(text, (city.organisation,))]


def _signed(year: int) -> date:
    return date(year - 1, 12, 21)


# --- what is reported every month ---


def _months(city: City) -> list[Thread]:
    """The schedule on the first of each month, then every unit and the city itself."""
    first, found = month_after(city.calendar.date_of(city.since).replace(day=1)), list[Thread]()
    last = city.calendar.date_of(city.now).replace(day=1)
    while first <= last:
        found += [
            _begins(city, first),
            *_units(city, first, older=first < last),
            _whole(city, first, older=first < last),
        ]
        first = month_after(first)
    return found


def _begins(city: City, first: date) -> Thread:
    at = city.instant(first, "07.30")
    yield at
    scheduled.begin_due(at)


def _units(city: City, first: date, *, older: bool) -> list[Thread]:
    text = (
        "SELECT u.code FROM office o JOIN unit u ON u.id = o.unit_id WHERE o.organisation_id = ? AND o.role = 'petugas'"
    )
    codes = [str(code) for (code,) in sql.rows(text + " ORDER BY o.id", (city.organisation,))]
    return [_unit(city, first, code, place, older=older) for place, code in enumerate(codes)]


MISSING, LATE = "disporabudpar", "bag_kesra"
"""Which unit has not sent its recap of the older month, and which sent it after the tenth."""
WAITING = {"dkp": 0, "dinsos": 0, "rsud": 1, "klh": 1, "diknas": 2, "satpolpp": 2}
"""How far some units have come with the latest month: how many of its three steps are done."""


def _unit(city: City, first: date, unit: str, place: int, *, older: bool) -> Thread:
    """Printed by the Petugas, checked by the Pejabat, signed by the Pimpinan."""
    steps = (
        ("cetak_rekap", {"catatan": ""}),
        ("periksa_rekap", {"keputusan_periksa_rekap": "setuju"}),
        ("tanda_tangani", {"keputusan_tanda_tangan": "setuju"}),
    )
    done = (0 if unit == MISSING else 3) if older else WAITING.get(unit, 3)
    at = city.calendar.add_minutes(city.instant(first, "07.30"), 60 + place * 45)
    if older and unit == LATE:
        at = city.calendar.add_minutes(city.instant(first.replace(day=11), "08.00"), 240)
    for element, answers in steps[:done]:
        at = city.calendar.add_minutes(at, 210)
        yield at
        step(_report(city, first), element, answers, at, at, unit)


def _whole(city: City, first: date, *, older: bool) -> Thread:
    """The Koordinator's recap, checked by the Penanggung Jawab, taken in by the Walikota."""
    at = city.calendar.add_minutes(city.instant(first.replace(day=11), "00.05"), 150)
    for element, answers in (
        ("rekap_kota", {"catatan": "Unit yang belum mengirim tercatat terlambat."}),
        ("periksa_rekap_kota", {"keputusan_rekap_kota": "setuju"}),
        ("terima_rekap_kota", {"catatan": "Yang terlambat supaya diingatkan."}),
    )[: 3 if older else 1]:
        yield at
        step(_report(city, first), element, answers, at, at)
        at = city.calendar.add_minutes(at, 300)
    if older:
        yield at
        _takes_in(city, first, at)


def _takes_in(city: City, first: date, at: int) -> None:
    """The Walikota marks what the units have sent him as received."""
    for one in of_month(city.organisation, "laporan_bulanan", month_of(month_before(first))):
        if one.unit and one.sent_ms is not None:
            recaps.receive_recap(one.id, by=actor("walikota"), now=at)


def _report(city: City, first: date) -> int:
    month = month_of(month_before(first))
    text = "SELECT case_file_id FROM recap WHERE organisation_id = ? AND unit = '' AND month = ?"
    return int(sql.value(text, (city.organisation, month)))


# --- what the offices write and decide besides ---


def _office(city: City) -> list[Thread]:
    days = city.working_days()
    said = (
        (_directs, 12, "09.00"),
        (_reminds, 1, "10.00"),
        (_tells_ahead, 6, "13.30"),
        (_drills, 15, "08.30"),
        (_disputes, 4, "10.00"),
        (_texts, 1, "12.10"),
    )
    return [one(city, city.on(days[-min(before + 1, len(days))], clock)) for one, before, clock in said]


def _directs(city: City, at: int) -> Thread:
    """Directions of the Penanggung Jawab to all, and the Ketua Tim's report to him."""
    yield at
    text = (
        "Semua unit supaya meneruskan pengaduan pada hari yang sama dan menjawab sebelum hari kerja ketujuh. "
        "Bila memerlukan unit lain, tetapkan koordinasi sejak arahan pertama."
    )
    letter = memos.send_memo(Letter("arahan", "Menjaga batas waktu pengaduan", text), by=actor("gatot"), now=at)
    at = city.later(at, 300)
    yield at
    for reader in ("harini", "rendra", "petugas.dpu", "pejabat.dpu", "pimpinan.dpu", "petugas.klh", "pejabat.klh"):
        memos.read_memo(letter, by=actor(reader), now=at)
    told = "Terlampir keadaan semua antrean. Dua unit memerlukan perhatian karena petugasnya sedang cuti."
    memos.send_memo(Letter("laporan_tim", "Keadaan antrean pengaduan", told), by=actor("ketut"), now=at)


def _reminds(city: City, at: int) -> Thread:
    """The Koordinator reminds a unit that is late, by a nota dinas."""
    yield at
    text = "Pengaduan terlampir telah melewati 7 hari kerja. Mohon diselesaikan dan dilaporkan hari ini."
    letter = Letter(
        "nota_dinas", "Pengaduan yang melewati batas waktu", text, ["pimpinan"], ["dinsos"], [city.cases["bansos"]]
    )
    memos.send_memo(letter, by=actor("harini"), now=at)


def _tells_ahead(city: City, at: int) -> Thread:
    """A report to the Walikota outside the monthly one, taken in by him."""
    yield at
    number = recaps.report_incident(
        "Genangan di tiga kelurahan sesudah hujan lebat",
        "Hujan dua jam menyebabkan genangan setinggi 20 cm. Pompa dikerahkan; air surut dalam tiga jam. "
        "Pengerukan selokan kami percepat.",
        cases=[city.number("selokan")],
        send_key="contoh",
        by=actor("pejabat.dpu"),
        now=at,
    )
    at = city.later(at, 120)
    yield at
    recaps.receive_incident(number, by=actor("walikota"), now=at)


def _drills(city: City, at: int) -> Thread:
    """An exercise in the register of breaches, marked as one, from discovery to its end."""
    yield at
    told = Told(
        at - 3_600_000,
        ["kontak"],
        0,
        "LATIHAN. Lembar pengaduan tertinggal di mesin fotokopi (peristiwa rekaan untuk melatih tim).",
        "LATIHAN. Lembar diamankan; petugas diingatkan mengambil cetakan seketika.",
        "LATIHAN. Cetak dengan kartu pengenal.",
    )
    number = breaches.register(told, by=actor("yanti"), now=at)
    at = city.later(at, 240)
    yield at
    breaches.told_agency(number, "LATIHAN (tidak dikirim)", at, by=actor("yanti"), now=at)
    breaches.close(number, by=actor("gatot"), now=at)


def _disputes(city: City, at: int) -> Thread:
    """Somebody's NIK was used by another: looked at and upheld; a second claim waits."""
    yield at
    who = demo_people.reporter(22, by_mail=False)
    claim = Claim(who.nik, who.mother, "Saya tidak pernah mengirim pengaduan tentang pungutan pasar.", who.phone)
    number = disputes.dispute(city.organisation, claim, send_key="contoh-1", source="contoh", now=at)
    at = city.later(at, 200)
    yield at
    answer = "Terima kasih. Pengaduan itu kami tandai; NIK Anda tidak lagi dianggap milik pengirimnya."
    cases = [city.cases["sengketa"]]
    disputes.decide(number, uphold=True, cases=cases, answer=answer, by=actor("yanti"), now=at)
    at = city.later(at, 900)
    yield at
    other = demo_people.reporter(9, by_mail=True)
    text = "Ada SMS balasan untuk saya, padahal saya tidak mengirim apa-apa."
    claim = Claim(other.nik, other.mother, text, email=other.email)
    disputes.dispute(city.organisation, claim, send_key="contoh-2", source="contoh", now=at)


def _texts(city: City, at: int) -> Thread:
    """SMS that are no whole complaint: one asks how, one lacks its parts, one nobody understands."""
    for place, text in enumerate(("INFO", "ADU#LAMPU#Jalan Pemuda gelap", "pak tolong sampahnya diangkut dong")):
        at = city.later(at, 25)
        yield at
        city.texted(demo_people.phone(200 + place), text, at)


def receipt(city: City, key: str) -> tuple[str, str]:
    """Number and PIN of one of the complaints, as its citizen has them."""
    sent = intake.sent(token_of(key))
    if sent is None:
        raise LookupError(key)
    return sent.number, sent.pin
