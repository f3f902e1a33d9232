"""What the office does, as drawings: one folder per process. Gives their bytes; knows nothing of who runs them."""

from collections.abc import Mapping
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable

from lxml import etree

__all__ = ["basis", "files", "names"]

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
_BASIS = "dasar.json"
_DMN_ENDING, _BPMN_ENDING = ".dmn", ".bpmn"


def names() -> list[str]:
    """The processes shipped, sorted: every folder that holds a diagram of its own name."""
    return sorted(folder.name for folder in _home().iterdir() if (folder / f"{folder.name}{_BPMN_ENDING}").is_file())


def files(name: str) -> dict[str, bytes]:
    """The closure of a process, file name → bytes: its diagram first, then what it calls and the tables it asks.

    Raises KeyError where no such process is shipped, or where it calls something its folder does not hold.
    """
    if name not in names():
        raise KeyError(name)
    drawn = _drawn(_home() / name)
    owner = {ident: file for file, body in drawn.items() for ident in _defines(body)}
    return _closure(f"{name}{_BPMN_ENDING}", drawn, owner)


def basis(name: str) -> bytes | None:
    """What the law asks of a process, article by article, as JSON; None where none is kept beside its diagram."""
    file = _home() / name / _BASIS
    return file.read_bytes() if name in names() and file.is_file() else None


def _closure(first: str, drawn: Mapping[str, bytes], owner: Mapping[str, str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    waiting = [first]
    while waiting:
        file = waiting.pop(0)
        if file not in found:
            found[file] = drawn[file]
            waiting += [owner[ident] for ident in _asks(drawn[file])]
    return found


def _home() -> Traversable:
    return package_files(__name__)


def _drawn(folder: Traversable) -> dict[str, bytes]:
    """Every diagram and table of a folder."""
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return {file.name: file.read_bytes() for file in found if file.name.endswith((_BPMN_ENDING, _DMN_ENDING))}


def _root(body: bytes) -> etree._Element:
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def _defines(body: bytes) -> list[str]:
    """The processes and decisions a file holds, by id."""
    found = _root(body).iter(f"{_BPMN}process", "{*}decision")
    return [str(node.get("id")) for node in found]


def _asks(body: bytes) -> list[str]:
    """The ids of the processes and decisions that a diagram calls, in drawing order."""
    root = _root(body)
    called = [node.get("calledElement") for node in root.iter(f"{_BPMN}callActivity")]
    asked = [node.get(f"{_CAMUNDA}decisionRef") for node in root.iter(f"{_BPMN}businessRuleTask")]
    return [str(ident) for ident in (*called, *asked) if ident]
