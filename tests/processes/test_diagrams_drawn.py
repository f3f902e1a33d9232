"""Every diagram is drawn so that it can be read on a wall: all of it, in its lane, no line through a box or a word."""

from itertools import combinations, pairwise

import pytest
from drawings import DRAWN, NS, Box, Drawing
from lxml import etree

LANES = {
    "siapmas.bpmn": ["ketua_dprd", "akd", "sekwan", "kabag", "kasubag_tu", "staf"],
    "jawab_pelapor.bpmn": ["sekwan", "staf"],
    "pengaduan.bpmn": ["petugas", "pejabat", "pimpinan", "redaktur", "admin", "inspektorat"],
    "laporan_bulanan.bpmn": ["pimpinan", "koordinator", "penanggung_jawab", "walikota"],
    "rekap_unit.bpmn": ["petugas", "pejabat", "pimpinan"],
}


@pytest.fixture(params=DRAWN, ids=lambda drawn: drawn[1])
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing.of(*request.param)


def test_every_diagram_that_is_shipped_is_looked_at() -> None:
    assert {file for _, file in DRAWN} >= set(LANES)


def test_everything_is_drawn_once_and_nothing_is_drawn_that_is_not_there(drawing: Drawing) -> None:
    plain = [element.get("id") for element in drawing.all("bpmn:participant", "bpmn:lane")]
    assert sorted(drawing.drawn) == sorted([*plain, *drawing.nodes, *drawing.flows])
    assert set(drawing.lines) == set(drawing.flows)


def test_every_line_begins_and_ends_on_the_outline_of_what_it_joins(drawing: Drawing) -> None:
    for ident, flow in drawing.flows.items():
        points = drawing.lines[ident]
        assert drawing.on_outline(flow.get("sourceRef"), points[0]), ident
        assert drawing.on_outline(flow.get("targetRef"), points[-1]), ident


def test_lines_run_straight_across_or_down(drawing: Drawing) -> None:
    crooked = [i for i in drawing.lines for (ax, ay), (bx, by) in drawing.segments(i) if (ax == bx) == (ay == by)]
    assert not crooked


def test_no_line_runs_through_a_box(drawing: Drawing) -> None:
    through = [
        (line, node)
        for line in drawing.lines
        for node in drawing.nodes.keys() - drawing.around(line)
        if any(drawing.covers(node, piece) for piece in drawing.pieces(line))
    ]
    assert not through


def test_two_lines_never_run_on_top_of_each_other(drawing: Drawing) -> None:
    shared = [
        (one, other)
        for one, other in combinations(drawing.lines, 2)
        for a in drawing.segments(one)
        for b in drawing.segments(other)
        if _overlaid(a, b)
    ]
    assert not shared


def test_no_two_boxes_overlap(drawing: Drawing) -> None:
    overlaps = [
        (one, other)
        for one, other in combinations(drawing.nodes, 2)
        if drawing.boxes[one].meets(drawing.boxes[other]) and not _belong_together(drawing, one, other)
    ]
    assert not overlaps


def test_boundary_events_sit_on_the_border_of_their_task(drawing: Drawing) -> None:
    for event in drawing.all("bpmn:boundaryEvent"):
        assert drawing.on_outline(event.get("attachedToRef"), drawing.boxes[event.get("id")].centre)


def test_every_node_lies_in_its_lane_or_its_sub_process(drawing: Drawing) -> None:
    laned = {ref.text: ref.getparent().get("id") for ref in drawing.all("bpmn:flowNodeRef")}
    for ident in drawing.nodes:
        inner = drawing.around(ident)
        assert bool(inner) != (ident in laned), f"{ident}: in a lane or in a sub-process"
        home = next(iter(inner), None) or laned[ident]
        assert drawing.boxes[home].larger(-5).holds(drawing.boxes[ident]), ident


def test_lanes_stand_in_the_order_of_the_law_and_fill_their_pool(drawing: Drawing) -> None:
    lanes = [lane.get("id") for lane in drawing.all("bpmn:lane")]
    assert lanes in LANES.values()
    boxes = [drawing.boxes[lane] for lane in lanes]
    assert all(upper.bottom == lower.y for upper, lower in pairwise(boxes))
    pool = drawing.boxes[drawing.all("bpmn:participant[@processRef]")[0].get("id")]
    assert {(box.x, box.right) for box in boxes} == {(pool.x + 30, pool.right)}
    assert (boxes[0].y, boxes[-1].bottom) == (pool.y, pool.bottom)


def test_labels_keep_clear_of_boxes_lines_and_each_other(drawing: Drawing) -> None:
    for ident, label in drawing.labels.items():
        assert not [n for n in drawing.nodes.keys() - drawing.around(ident) if drawing.covers(n, label)], ident
        assert not [i for i in drawing.lines if any(label.meets(piece) for piece in drawing.pieces(i))], ident
    assert not [pair for pair in combinations(drawing.labels.values(), 2) if pair[0].meets(pair[1])]


def test_what_has_a_name_outside_its_box_has_a_place_for_it(drawing: Drawing) -> None:
    outside = [node for node in drawing.nodes.values() if etree.QName(node).localname.endswith(("Event", "Gateway"))]
    named = {element.get("id") for element in (*outside, *drawing.flows.values()) if element.get("name")}
    assert set(drawing.labels) == named


def test_pools_do_not_overlap_and_the_reporter_is_a_black_box(drawing: Drawing) -> None:
    pools = [(pool.get("id"), pool.get("processRef")) for pool in drawing.all("bpmn:participant")]
    if not drawing.all("bpmn:messageFlow"):
        assert len(pools) == 1, "what a schedule begins has no reporter"
        return
    assert ("pelapor", None) in pools
    assert not drawing.boxes[pools[0][0]].meets(drawing.boxes[pools[1][0]])


def test_the_steps_of_the_sop_follow_each_other_from_left_to_right() -> None:
    drawing = Drawing.of("siapmas", "siapmas.bpmn")
    path = ".//camunda:property[@name='sop.nomor']"
    rows = [(int(p.get("value")), node) for i, node in drawing.nodes.items() for p in _own(node, path)]
    ordered = [drawing.boxes[node.get("id")].x for _, node in sorted(rows, key=lambda row: row[0])]
    assert len(ordered) == 8
    assert ordered[:7] == sorted(ordered[:7])


def _own(node: etree._Element, path: str) -> list[etree._Element]:
    extension = node.find("bpmn:extensionElements", NS)
    return [] if extension is None else extension.findall(path, NS)


def _belong_together(drawing: Drawing, one: str, other: str) -> bool:
    """A sub-process and its content, or a task and the event on its border."""
    inside = one in drawing.around(other) or other in drawing.around(one)
    hosts = {drawing.nodes[one].get("attachedToRef"), drawing.nodes[other].get("attachedToRef")}
    return inside or one in hosts or other in hosts


def _overlaid(one: tuple, other: tuple) -> bool:
    """Whether two pieces lie on the same line and share a stretch of it."""
    for axis in (0, 1):
        (a, b), (c, d) = one, other
        if a[axis] == b[axis] == c[axis] == d[axis]:
            low = max(min(a[1 - axis], b[1 - axis]), min(c[1 - axis], d[1 - axis]))
            return low < min(max(a[1 - axis], b[1 - axis]), max(c[1 - axis], d[1 - axis]))
    return False


def test_the_measure_finds_a_line_through_a_box() -> None:
    drawing = Drawing.of("siapmas", "siapmas.bpmn")
    task = drawing.boxes["terima"]
    assert drawing.covers("terima", Box.around((0, task.centre[1]), (9_999, task.centre[1])))
    assert not drawing.covers("terima", Box.around((0, task.bottom), (9_999, task.bottom)))
    diamond = drawing.boxes["periksa_hasil"]
    assert drawing.covers("periksa_hasil", Box(diamond.x, diamond.y, 20, 20))
    assert not drawing.covers("periksa_hasil", Box(diamond.x, diamond.y, 10, 10))
