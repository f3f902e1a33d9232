"""One round at the gateway, every few seconds: what came is taken over and read, what waits is handed over.

What cannot be done now (the gateway is away) is done by a later round; nothing here is lost by dying anywhere.
"""

from collections.abc import Callable

from db.connect import UNAVAILABLE
from engine.commands import sms_in, sms_out
from engine.errands import Undeliverable
from engine.errors import NotFound
from engine.sms import rules
from engine.sms.gateways import FAILED, QUEUED, Gateway, Progress

BATCH = 50
MOST = 1_000
"""At most so many come in by one round: others work too."""
Trouble = Callable[[Exception], None]


def go(gateway: Gateway, now: Callable[[], int], trouble: Trouble, site: str = "") -> int:
    """One round; gives how many SMS were taken over. `trouble` hears what is passed over (its kind may be told).

    `site` is the host whose guide is named to who asks how to write.
    """
    if not rules.every():
        return 0
    taken = 0
    try:
        taken = take_over(gateway, now)
        read(now, trouble, site)
        hand_over(gateway, now)
        follow(gateway, now)
    except OSError as away:
        trouble(away)
    sms_out.give_up(now())
    return taken


def take_over(gateway: Gateway, now: Callable[[], int]) -> int:
    """Everything that lies there, a batch at a time: kept first, forgotten there afterwards."""
    taken = 0
    while taken < MOST and (arrived := gateway.arrived(BATCH)):
        try:
            sms_in.take(gateway.name, arrived, now())
        except NotFound:
            return taken
        gateway.forget(arrived)
        taken += len(arrived)
    return taken


def read(now: Callable[[], int], trouble: Trouble, site: str = "") -> None:
    """Reads what was taken over; one that cannot be dealt with waits for a person, the others go on."""
    while unread := sms_in.unread(BATCH):
        for one in unread:
            try:
                sms_in.handle(one, now(), site)
            except UNAVAILABLE:
                raise
            except Exception as broken:
                trouble(broken)
                sms_in.put_aside(one, "galat", now())


def hand_over(gateway: Gateway, now: Callable[[], int]) -> None:
    """Gives the gateway what waits."""
    for one in sms_out.waiting(now(), BATCH):
        if not sms_out.claim(one, now()):
            continue
        try:
            found = gateway.send(one.going)
        except Undeliverable as refused:
            found = Progress(FAILED, reason=refused.reason)
        except OSError as away:
            sms_out.later(one, away, now())
            continue
        sms_out.came(one.going.id, found, now())


def follow(gateway: Gateway, now: Callable[[], int]) -> None:
    """Asks how far those came that are on their way; the gateway's copy goes once that is written down."""
    known = sms_out.open_ones(now())
    found = gateway.progress(list(known)) if known else {}
    for tag, how_far in found.items():
        if how_far.state != QUEUED:
            sms_out.came(known[tag], how_far, now())
    over = [tag for tag, how_far in found.items() if how_far.last]
    if over:
        gateway.clear(over)
