"""Random diagrams of our dialect, and the stock engine walking beside ours: same waiting set and data at every step."""

from random import Random
from typing import Any

import drawn
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, ReceiveTask, StartEvent
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.diagrams.catalog import Diagram, ExternalServiceTask
from engine.expressions import GuardedEngine


class Draughtsman:
    """Draws one random release of two files: `utama`, which may call `dipanggil`."""

    def __init__(self, seed: int) -> None:
        self.random, self.count, self.beside = Random(seed), 0, False
        self.nodes: list[str] = []
        self.flows: list[str] = []

    def files(self) -> dict[str, bytes]:
        begin = drawn.start(message=self.random.choice([None, "mulai_pesan"]), pilih="0", akd="{}")
        extra = self.random.random() < 0.4
        chain = [self.block(2) for _ in range(self.random.randint(1, 3))]
        self.nodes += [begin, drawn.end()]
        entry = chain[0][0]
        if extra:
            entry = self.parallel(entry)
        self.join("mulai", *chain, "selesai", entry=entry)
        called = drawn.diagram(
            "dipanggil",
            [drawn.start("c0"), drawn.user("c1"), drawn.xor("c2", "cd"), drawn.receive("c3"), drawn.end("c4")],
            [*drawn.path("c0", "c1", "c2"), drawn.flow("c2", "c1", "pilih == 1"), drawn.flow("c2", "c3", ident="cd"),
             drawn.flow("c3", "c4")],
        )  # fmt: skip
        return {"utama.bpmn": drawn.diagram("utama", self.nodes, self.flows), "dipanggil.bpmn": called}

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def join(self, first: str, *rest: Any, entry: str = "") -> None:
        before = first
        for piece in rest:
            into, out = piece if isinstance(piece, tuple) else (piece, piece)
            self.flows.append(drawn.flow(before, entry or into))
            before, entry = out, ""

    def parallel(self, entry: str) -> str:
        """A side branch with an end of its own; gives the split."""
        self.beside = True  # two calls of one diagram at once could not be told apart
        gate, end, side = self.name("pecah"), self.name("akhir"), self.block(1)
        self.nodes += [drawn.split(gate), drawn.end(end)]
        self.flows += [drawn.flow(gate, entry), drawn.flow(gate, side[0]), drawn.flow(side[1], end)]
        return gate

    def block(self, depth: int, inside: bool = False) -> tuple[str, str]:
        kinds = ["user", "receive", "service", "timed", "milestone", "call", "many"]
        kinds += ["loop", "choice", "sub", "subs", "chain", "boxed"] if depth else []
        kind = self.random.choice(
            [k for k in kinds if not (inside and k in ("many", "subs")) and not (self.beside and k == "call")]
        )
        made: tuple[str, str] = getattr(self, kind)(depth, inside)
        return made

    def single(self, kind: str, draw: Any) -> tuple[str, str]:
        ident = self.name(kind)
        self.nodes.append(draw(ident))
        return ident, ident

    def user(self, depth: int, inside: bool) -> tuple[str, str]:
        return self.single("tugas", drawn.user)

    def receive(self, depth: int, inside: bool) -> tuple[str, str]:
        return self.single("tunggu", drawn.receive)

    def milestone(self, depth: int, inside: bool) -> tuple[str, str]:
        return self.single("tonggak", drawn.milestone)

    def call(self, depth: int, inside: bool) -> tuple[str, str]:
        return self.single("panggil", lambda ident: drawn.call(ident, "dipanggil"))

    def many(self, depth: int, inside: bool) -> tuple[str, str]:
        return self.single("banyak", lambda ident: drawn.user(ident, many=drawn.several("akd")))

    def service(self, depth: int, inside: bool) -> tuple[str, str]:
        ident, side, after = self.name("layanan"), self.name("galat"), self.name("gabung")
        self.nodes += [drawn.service(ident), drawn.error(side, ident), drawn.xor(after)]
        self.flows += [drawn.flow(ident, after), drawn.flow(side, after)]
        return ident, after

    def timed(self, depth: int, inside: bool) -> tuple[str, str]:
        ident, side, late, after = self.name("tugas"), self.name("batas"), self.name("terlambat"), self.name("gabung")
        draw = self.random.choice([drawn.user, drawn.receive])
        self.nodes += [draw(ident), drawn.timer(side, ident), drawn.user(late), drawn.xor(after)]
        self.flows += [drawn.flow(ident, after), drawn.flow(side, late), drawn.flow(late, after)]
        return ident, after

    def loop(self, depth: int, inside: bool) -> tuple[str, str]:
        body, gate, default = self.wrapped(depth - 1, inside), self.name("pilih"), self.name("lanjut")
        after = self.name("gabung")
        self.nodes += [drawn.xor(gate, default), drawn.xor(after)]
        self.flows += [drawn.flow(body[1], gate), drawn.flow(gate, body[0], "pilih == 1"),
                       drawn.flow(gate, after, ident=default)]  # fmt: skip
        return body[0], after

    def wrapped(self, depth: int, inside: bool) -> tuple[str, str]:
        """A block behind a task, so that a loop over it always waits somewhere."""
        first, body = self.name("tugas"), self.block(depth, inside)
        self.nodes.append(drawn.user(first))
        self.flows.append(drawn.flow(first, body[0]))
        return first, body[1]

    def choice(self, depth: int, inside: bool) -> tuple[str, str]:
        gate, default, after = self.name("pilih"), self.name("lain"), self.name("gabung")
        one, two = self.block(depth - 1, inside), self.block(depth - 1, inside)
        self.nodes += [drawn.xor(gate, default), drawn.xor(after)]
        self.flows += [drawn.flow(gate, one[0], "pilih == 0"), drawn.flow(gate, two[0], ident=default),
                       drawn.flow(one[1], after), drawn.flow(two[1], after)]  # fmt: skip
        return gate, after

    def chain(self, depth: int, inside: bool) -> tuple[str, str]:
        one, two = self.block(depth - 1, inside), self.block(depth - 1, inside)
        self.flows.append(drawn.flow(one[1], two[0]))
        return one[0], two[1]

    def sub(self, depth: int, inside: bool, many: str = "") -> tuple[str, str]:
        outer = self.nodes, self.flows
        self.nodes, self.flows = [], []
        ident, first, last = self.name("bagian"), self.name("awal"), self.name("akhir")
        body = self.block(depth - 1, inside or bool(many))
        nodes, flows = self.nodes, self.flows
        nodes += [drawn.start(first), drawn.end(last)]
        flows += [drawn.flow(first, body[0]), drawn.flow(body[1], last)]
        self.nodes, self.flows = outer
        self.nodes.append(drawn.sub(ident, nodes, flows, many))
        return ident, ident

    def subs(self, depth: int, inside: bool) -> tuple[str, str]:
        return self.sub(depth, inside, drawn.several("akd"))

    def boxed(self, depth: int, inside: bool) -> tuple[str, str]:
        """A sub-process that a timer may end."""
        ident, _ = self.sub(depth, inside)
        side, after = self.name("batas"), self.name("gabung")
        self.nodes += [drawn.timer(side, ident), drawn.xor(after)]
        self.flows += [drawn.flow(ident, after), drawn.flow(side, after)]
        return ident, after


class Stock:
    """The library as it comes: in memory, never saved, nothing spliced out."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.workflow = BpmnWorkflow(diagram.spec, dict(diagram.subspecs), script_engine=GuardedEngine())
        self.workflow.task_tree.data.update(diagram.initial)
        self.run()
        for task in self.tasks():
            if isinstance(task.task_spec, StartEvent) and task.state == TaskState.WAITING:
                self.deliver(task)
        self.run()

    def run(self) -> None:
        for _ in range(3):
            self.workflow.do_engine_steps()

    def tasks(self) -> list[Any]:
        parts = [self.workflow, *(p for p in self.workflow.subprocesses.values() if not p.completed)]
        return [task for part in parts for task in part.tasks.values()]

    def deliver(self, task: Any) -> None:
        task.task_spec.catch(task, BpmnEvent(task.task_spec.event_definition, payload=None))
        task.task_spec._update(task)

    def waiting(self) -> dict[tuple[str, str, str | None], Any]:
        found = {}
        for task in self.tasks():
            kind = self.kind(task)
            if kind:
                found[task.task_spec.bpmn_id, kind, path(task)] = task
        return found

    def kind(self, task: Any) -> str | None:
        spec, state = task.task_spec, task.state
        if state == TaskState.READY and spec.manual:
            return "user"
        if state == TaskState.STARTED and isinstance(spec, ExternalServiceTask):
            return "service"
        if state == TaskState.WAITING and isinstance(spec, BoundaryEvent):
            return self.diagram.elements[spec.bpmn_id].kind
        return "receive" if state == TaskState.WAITING and isinstance(spec, ReceiveTask) else None

    def act(self, what: tuple[str, str, str | None], values: dict[str, Any]) -> None:
        task = self.waiting()[what]
        if what[1] in ("receive", "timer", "error"):
            self.deliver(task)
        if what[1] in ("user", "receive", "service"):
            task.data.update(values)
            if what[2] is not None:
                task.data["hasil"] = {**task.data.get("hasil", {}), **values}
        if what[1] == "user":
            task.run()
        elif what[1] == "service":
            task.complete()
        self.run()

    def ended(self) -> bool:
        end = self.workflow.spec.end
        return any(t.task_spec is end and t.state == TaskState.COMPLETED for t in self.workflow.tasks.values())


def path(task: Any) -> str | None:
    keys = []
    while task is not None:
        if "key_or_index" in task.internal_data:
            keys.append(task.internal_data["key_or_index"])
        around = task.workflow.parent_task_id
        task = None if around is None else task.workflow.top_workflow.get_task_from_id(around)
    return "/".join(reversed(keys)) or None
