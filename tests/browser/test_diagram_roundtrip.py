"""A diagram opened and saved by bpmn-js with the Camunda descriptor comes back whole: no warning, nothing lost."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drawings import DRAWN, NS
from lxml import etree
from playwright.sync_api import Browser, Page

import processes

DIST = Path(__file__).parents[2] / "webui" / "static" / "dist"


@pytest.fixture(scope="module")
def editor(chromium: Browser) -> Iterator[Page]:
    """A blank page with the bundle that `make assets` built: `window.roundtrip(xml)`."""
    bundle = json.loads((DIST / "manifest.json").read_text())["roundtrip.js"]
    page = chromium.new_page()
    page.set_content("<!doctype html><title>roundtrip</title>")
    page.add_script_tag(path=DIST / bundle)
    yield page
    page.close()


def saved(editor: Page, xml: bytes) -> tuple[bytes, list[str]]:
    answer: dict[str, Any] = editor.evaluate("xml => window.roundtrip(xml)", xml.decode())
    return answer["xml"].encode(), answer["warnings"]


def meaning(node: etree._Element) -> tuple[Any, ...]:
    """All of an element whatever the order and the layout of the text: name, attributes, words, children."""
    inside = sorted((meaning(child) for child in node), key=repr)
    return node.tag, sorted(node.attrib.items()), " ".join((node.text or "").split()), inside


@pytest.mark.parametrize(("name", "file"), DRAWN)
def test_a_diagram_comes_back_whole(editor: Page, name: str, file: str) -> None:
    xml = processes.files(name)[file]
    back, warnings = saved(editor, xml)
    assert warnings == []
    assert meaning(etree.fromstring(back)) == meaning(etree.fromstring(xml))


def test_the_comparison_sees_one_lost_property_and_the_editor_warns_of_a_misplaced_form(editor: Page) -> None:
    root = etree.fromstring(processes.files("siapmas")["siapmas.bpmn"])
    whole = meaning(root)
    lost = root.find(".//camunda:property[@name='sop.waktu']", NS)
    lost.getparent().remove(lost)
    assert meaning(root) != whole
    root.find(".//bpmn:receiveTask", NS).set(f"{{{NS['camunda']}}}formKey", "siapmas-lengkapi")
    assert saved(editor, etree.tostring(root))[1] == ["unknown attribute <camunda:formKey>"]
