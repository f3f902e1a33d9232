"""Tarik kembali: what nobody has opened yet is taken back, and done again it is as if done once."""

from random import Random

import pytest
import siapmas_days as day
from agreement import disagreements
from office import Office

from db import sql
from engine import verbs
from engine.commands import counting
from engine.diagrams import releases
from engine.errors import FormInvalid, NotAllowed
from engine.papers.acts import acts
from engine.runtime import Running

WHY = "Catatan saya keliru."


def last_done(case: int) -> int:
    text = "SELECT task FROM journal WHERE case_file = ? AND kind = 'completed' ORDER BY seq DESC LIMIT 1"
    return int(sql.value(text, (case,)))


def recalls(office: Office, who: str, case: int, reason: str = WHY) -> int:
    return verbs.recall(last_done(case), by=getattr(office, who).actor, reason=reason, now=office.now)


def stands(case: int) -> object:
    """Where a case stands, without the keys and the times of its steps."""
    text = (
        "SELECT w.state, r.id, r.fingerprint, c.state, c.subject, c.urgency, c.secrecy, c.due_ms FROM case_file c"
        " JOIN workflow w ON w.case_file_id = c.id JOIN release r ON r.id = c.release_id WHERE c.id = ?"
    )
    blob, release, fingerprint, *head = sql.row(text, (case,)) or ()
    running = Running.restore(releases.closure(release, fingerprint).diagram, bytes(blob))
    waiting = sorted(
        (w.element.id, w.kind, w.instance or "", sorted(w.data.items(), key=repr)) for w in running.waiting
    )
    books = sql.rows("SELECT book, year, number FROM agenda WHERE case_file_id = ? ORDER BY id", (case,))
    return [head, repr(waiting), repr(running.data), books]


def test_what_nobody_has_opened_is_taken_back_with_what_was_answered(office: Office) -> None:
    case = office.report()
    day.to_kasubag(office, case)
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan", catatan="Berkas lengkap.")
    done = last_done(case)
    due = sql.value("SELECT due_ms FROM task WHERE id = ?", (done,))
    again = recalls(office.after(minutes=3), "wulan", case)
    assert office.waits(case) == ["teliti_kasubag"]
    assert sql.row("SELECT cycle, due_ms FROM task WHERE id = ?", (again,)) == (2, due), "it wins no time"
    assert sql.value("SELECT 1 FROM draft WHERE name = ?", (f"task:{again}:{office.wulan.actor.account_id}",))
    told = [kind for (kind,) in sql.rows("SELECT kind FROM journal WHERE case_file = ? ORDER BY seq", (case,))]
    assert told[-4:] == ["commented", "recalled", "cancelled", "offered"]
    assert WHY not in str(sql.rows("SELECT facts FROM journal")), "why is told in the talk, sealed"
    assert done not in [act.task for act in acts(case)], "no paper tells of it; the journal does"
    assert disagreements() == []


def test_a_month_that_is_over_is_counted_anew_once_an_act_of_it_is_taken_back(office: Office) -> None:
    case = office.at("2026-04-30 14.00").report()
    day.to_kasubag(office, case)
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan", catatan="Berkas lengkap.")
    assert counting.count_steps(office.at("2026-05-04 08.00").now) == 1
    recalls(office, "wulan", case)
    assert counting.count_steps(office.now) == 1


def test_it_is_too_late_once_opened_or_done_by_someone_else_or_over(office: Office) -> None:
    case = office.report()
    day.to_kasubag(office, case)
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    with pytest.raises(NotAllowed, match="orang yang mengerjakannya"):
        recalls(office, "hadi", case)
    with pytest.raises(FormInvalid):
        recalls(office, "wulan", case, reason="  ")
    office.hadi.opens(case, "teliti_kabag")
    with pytest.raises(NotAllowed, match="sudah dibuka"):
        recalls(office, "wulan", case)
    first = sql.value("SELECT MIN(id) FROM task WHERE case_file_id = ? AND state = 'done'", (case,))
    with pytest.raises(NotAllowed, match="hal lain"):
        verbs.recall(first, by=office.sekar.actor, reason=WHY, now=office.now)
    assert disagreements() == []
    verbs.withdraw(case, now=office.now)
    with pytest.raises(NotAllowed, match="selesai"):
        recalls(office, "wulan", case)
    assert sql.value("SELECT COUNT(*) FROM last_act WHERE case_file_id = ?", (case,)) == 0


def test_news_that_has_left_cannot_be_taken_back(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, hasil_verifikasi="tidak_lengkap", yang_kurang="Foto jalan.")
    office.works_off_jobs()
    if office.outbox.calls:
        with pytest.raises(NotAllowed, match="hal lain"):
            recalls(office, "sekar", case)
    assert disagreements() == []


def test_a_disposition_to_two_committees_is_taken_back_as_one(office: Office) -> None:
    case = office.report()
    day.to_ketua(office, case)
    day.ketua_disposes(office, case, "komisi_1", "komisi_3")
    recalls(office, "bima", case)
    assert office.waits(case) == ["disposisikan_ketua"]
    day.ketua_disposes(office, case, "komisi_2")
    day.distributes(office, case)
    assert [part for _, part in office.open_tasks(case)] == ["komisi_2"]
    assert disagreements() == []


def _sekwan(office: Office, case: int) -> None:
    given = {"keputusan_sekwan": "teruskan", "instruksi_sekwan": ["koordinasikan"]}
    office.surya.does(case, "disposisikan_sekwan", **given)


def _staf_answers(office: Office, case: int) -> None:
    office.sekar.does(case, "susun_balasan", "komisi_3", isi_balasan=day.ANSWER, saluran_balasan="email")


STEPS = [
    ("sekar", day.to_kasubag),
    ("wulan", lambda o, c: o.wulan.does(c, "teliti_kasubag", keputusan_kasubag="teruskan", catatan="Lengkap.")),
    ("hadi", lambda o, c: o.hadi.does(c, "teliti_kabag", keputusan_kabag="teruskan")),
    ("surya", _sekwan),
    ("bima", lambda o, c: day.ketua_disposes(o, c, "komisi_1", "komisi_3")),
    ("surya", lambda o, c: o.surya.does(c, "cermati_disposisi", keputusan_cermati="lanjut")),
    ("sekar", lambda o, c: o.sekar.does(c, "catat_distribusikan", dicatat="y")),
    ("yoga", lambda o, c: day.follows_up(o, c, "yoga", "komisi_3")),
    ("lilik", lambda o, c: day.follows_up(o, c, "lilik", "komisi_1")),
    ("sekar", _staf_answers),
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_taken_back_at_random_and_done_again_is_the_same_as_done_once(office: Office, seed: int) -> None:
    chance, once, often = Random(seed), office.report(), office.report()
    sql.execute("UPDATE case_file SET received_ms = ? WHERE id IN (?, ?)", (office.now, once, often))
    for who, act in STEPS:
        act(office, once)
        act(office, often)
        for _ in range(chance.randrange(3)):
            again = recalls(office, who, often)
            assert sql.value("SELECT state FROM task WHERE id = ?", (again,)) == "open"
            act(office, often)
        ours, theirs = stands(once), stands(often)
        assert str(ours[1:3]) == str(theirs[1:3])
        assert ours[0] == theirs[0], who
        assert len(ours[3]) == len(theirs[3])
    assert disagreements() == []
