"""Whoever approves a release reads what is different in it, to the mark that no picture shows."""

from drawn import diagram, flow, timer, user

from engine.diagrams import release_changes


def drawing(*, on: str = "kerja", interrupting: bool = True) -> dict[str, str]:
    nodes = [user("kerja"), user("lain"), timer("batas", on, interrupting=interrupting)]
    return {"uji.bpmn": diagram("uji", nodes, [flow("kerja", "lain")]).decode()}


def test_a_limit_that_no_longer_ends_its_step_is_told() -> None:
    (change,) = release_changes.between(drawing(), drawing(interrupting=False))
    assert (change.kind, change.id, change.facts) == ("changed", "batas", (("menghentikan langkahnya", "", "tidak"),))


def test_a_limit_on_another_step_is_told() -> None:
    (change,) = release_changes.between(drawing(), drawing(on="lain"))
    assert change.facts == (("menempel pada", "kerja", "lain"),)
