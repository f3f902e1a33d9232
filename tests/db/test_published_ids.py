"""What lists and searches of the published find is what a reading of every row finds, whichever way they are read."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bench.bench_published import COMMON, NOW, PLACES, TOPICS, UNITS, fill

from db import sql
from db.queries import published
from db.queries.published_ids import ORDERS, Ask, ids, order
from engine.publishing import shown

MANY = 700
ROWS = "SELECT id, topic, unit, place, progress, year, answered_ms, late_ms, title, text, answer FROM publication"


def asks() -> Iterator[Ask]:
    """Words that stand everywhere, in some and nowhere, beside filters that leave much and little."""
    chance, rare = random.Random(4), "kata7"
    words = (None, COMMON[:1], COMMON[:3], (rare,), (COMMON[1], rare), ("tiada",))
    about: tuple[dict[str, Any], ...] = ({}, {"topic": TOPICS[0]}, {"unit": UNITS[1], "place": PLACES[2]})
    for said, where, late, year, way in itertools.product(words, about, (False, True), (0, 2024), ORDERS):
        if chance.random() < 0.3:
            marks = shown.marks(organisation=1, year=year, **where)
            yield Ask(1, NOW, words=said, marks=marks if said else (), late=late, year=year, order=way, **where)


def found(ask: Ask, rows: list[sql.Row]) -> list[int]:
    """By reading every row."""
    left = []
    for one, topic, unit, place, progress, year, answered, late_from, *texts in rows:
        late = progress == "ditangani" and late_from <= NOW if answered is None else answered >= late_from
        same = all(
            not wanted or wanted == has for wanted, has in ((ask.topic, topic), (ask.unit, unit), (ask.place, place))
        )
        said = set(ask.words or ()) <= set(" ".join(texts).split())
        if same and said and (late or not ask.late) and ask.year in (0, year):
            left.append((answered or 0, one))
    if order(ask) == "baru-dijawab":
        return [one for answered, one in sorted(left, reverse=True) if answered]
    return sorted((one for _, one in left), reverse=ask.order != "terlama")


def test_every_way_of_reading_finds_the_same_in_the_same_order_page_by_page(database: str) -> None:
    fill(MANY)
    rows = sql.rows(ROWS)
    for ask in asks():
        wanted = found(ask, rows)
        assert ids(ask, 5) == wanted[:5], ask
        assert ids(ask, 40) == wanted[:40], ask
        items, more, count = published.counted(ask, 4)
        assert [item.id for item in items] == wanted[:4], ask
        assert (more, count) == (
            len(wanted) > 4,
            len(found(replace(ask, order=ORDERS[0]), rows)[: 200 if ask.words else 1000]),
        ), ask
        if more:
            behind = replace(ask, after=(items[-1].answered_ms or 0, items[-1].id))
            assert [item.id for item in published.page(behind, 4)[0]] == wanted[4:8], ask
            assert [item.id for item in published.counted(behind, 4)[0]] == wanted[4:8], ask
