"""The worker: sends what waits, fires timers, seals the journal. The `job` rows are the truth; huey only runs them.

A task carries no arguments, so nothing that passes through the queue says anything about anyone.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from huey import RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer

from db import connect
from db.connect import connection
from db.queries import jobs as questions
from engine import jobs, outside
from engine.identities import register
from engine.jobs import Handler
from webui import clock, importing, keyfile, logs
from webui.config import Config
from webui.logs import log
from webui.post import post_of
from webui.rounds import beating, counting, forgetting, keeping, reminding, scheduling, texting

TICK_S = 0.5
WORKERS = 2


def main(config: Config) -> None:
    """Works until it is told to stop (SIGTERM lets it finish the job in its hands)."""
    logs.configure()
    connect.configure(config.database)
    keyfile.use(config)
    register.use(config.register_url)
    huey = queue(config)
    work, _seal = tasks(
        huey, {**outside.handlers(post_of(config)), **importing.handlers(config, clock.real)}, clock.real
    )
    forgetting.register(huey, config, clock.real)
    keeping.register(huey, config, clock.real)
    beating.register(huey, clock.real)
    counting.register(huey, clock.real)
    reminding.register(huey, clock.real)
    scheduling.register(huey, clock.real)
    stopping = threading.Event()
    ticker = threading.Thread(target=_tick, args=(huey, work, stopping), name="ticker", daemon=True)
    ticker.start()
    texting.start(config, stopping)
    consumer = huey.create_consumer(workers=WORKERS, periodic=True, graceful_signal="TERM", max_delay=TICK_S)
    try:
        consumer.run()
    finally:
        stopping.set()
        ticker.join(TICK_S * 4)
        connect.dispose()


def queue(config: Config) -> Any:
    """The queue of this installation: a file of its own, or redis for several machines."""
    signed = SignedSerializer(secret=config.secret_key)
    if config.queue.startswith("sqlite:///"):
        path = config.queue.removeprefix("sqlite:///")
        return SqliteHuey("disposisi", filename=path, results=False, serializer=signed)
    return RedisHuey("disposisi", url=config.queue, results=False, serializer=signed)


def tasks(huey: Any, handlers: Mapping[str, Handler], now: Callable[[], int]) -> tuple[Any, Any]:
    """The two things a worker does, as tasks of the queue."""

    @huey.task(name="work")
    def work() -> None:
        with connection():
            jobs.run_due(now(), handlers)

    @huey.periodic_task(crontab(minute="0"), name="seal")
    def seal() -> None:
        with connection():
            jobs.seal_all(now())

    return work, seal


def _tick(huey: Any, work: Callable[[], Any], stopping: threading.Event) -> None:
    """Puts work into the queue whenever a job is due; trouble with the database is told and tried again."""
    while not stopping.wait(TICK_S):
        try:
            with connection():
                due = questions.is_due(clock.real())
            if due and not huey.pending_count():
                work()
        except Exception as trouble:  # the ticker must outlive a locked or absent database
            log.error("ticker", kind=type(trouble).__name__)
