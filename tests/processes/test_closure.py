"""What the room hands out: every process by name, with all that it calls and nothing that it does not."""

import pytest

import processes


def test_both_processes_are_shipped() -> None:
    assert {"pengaduan", "siapmas"} <= set(processes.names())


def test_siapmas_comes_with_the_diagram_that_it_calls() -> None:
    assert list(processes.files("siapmas")) == ["siapmas.bpmn", "jawab_pelapor.bpmn"]


def test_pengaduan_brings_the_table_it_asks() -> None:
    assert list(processes.files("pengaduan")) == ["pengaduan.bpmn", "subyek_skpd.dmn"]


@pytest.mark.parametrize("name", ["tidak_ada", "../siapmas", "", "__pycache__"])
def test_a_process_that_is_not_shipped_is_not_found(name: str) -> None:
    with pytest.raises(KeyError):
        processes.files(name)
