"""The lembar disposisi of a case: its acts in signing places, the lists ticked, who is still awaited."""

from collections.abc import Iterable

from db.queries import papers, talk
from engine.papers import heading
from engine.papers.acts import Act, instructed
from engine.papers.dossier import Dossier
from forms.sheets import lembar_disposisi as sheet

FOOTER = "Paraf pada lembar ini adalah paraf elektronik tanpa sertifikat; buktinya jurnal kantor."


def content(case: Dossier) -> sheet.LembarDisposisi:
    """The sheets of a case, without code."""
    head = case.head
    return sheet.LembarDisposisi(
        letterhead=case.letterhead,
        code="",
        verify_url="",
        sender=case.sender,
        letter_number=case.letter_number,
        letter_date=case.letter_date,
        received_ms=head.received_ms,
        agenda_number=case.agenda_number,
        subject=head.subject,
        urgency=_boxes((c.label for c in case.lists["urgensi"]), {case.label("urgensi", head.urgency)}),
        secrecy=_boxes((c.label for c in case.lists["kerahasiaan"]), {case.label("kerahasiaan", head.secrecy)}),
        addressees=_boxes(_offered(case, "tujuan"), {tick.label for tick in case.addressed}),
        instructions=_boxes(_offered(case, "instruksi"), _wished(case)),
        acts=tuple(place(act) for act in case.acts if act.on_sheet),
        awaited=tuple(_awaited(case)),
        footer=FOOTER,
        zone=head.zone,
        copies=tuple(copy.office for copy in talk.copies(head.id)),
    )


def place(act: Act) -> sheet.Act:
    """One act in its signing place."""
    return sheet.Act(
        office=act.signed_as,
        kind=act.told,
        name=act.person,
        at_ms=act.at_ms,
        rank=act.rank,
        nip=act.nip,
        instructions=tuple(tick.label for tick in act.instructions),
        addressees=tuple(tick.label for tick in act.addressees),
        note=act.note,
        reason=act.reason,
        mark=heading.PAPER_MARK if act.declared else heading.SHEET_MARK,
    )


def _boxes(labels: Iterable[str], ticked: set[str]) -> tuple[sheet.Choice, ...]:
    """The whole list with its ticks; what is ticked and no longer on the list is added at its end."""
    offered = list(dict.fromkeys(labels))
    return tuple(sheet.Choice(label, label in ticked) for label in [*offered, *sorted(ticked - {*offered})])


def _offered(case: Dossier, place: str) -> list[str]:
    fields = [field for field in case.sheet_fields if field.properties["tempat"] == place]
    found = [case.lists[field.values_key] if field.values_key else field.options for field in fields]
    return [choice.label for choices in found for choice in choices]


def _wished(case: Dossier) -> set[str]:
    """What is ticked in the boxes of the whole sheet."""
    shown = {field.values_key or field.name for field in case.sheet_fields}
    return {tick.label for tick in instructed(case.acts) if tick.list in shown}


def _awaited(case: Dossier) -> list[str]:
    """Whose signing places come next: the offices that have it now, then the later rows of the SOP."""
    if case.head.state not in ("berjalan", "insiden"):
        return []
    forms = {screen.key for _, screen in case.sheet_screens}
    open_ = papers.awaited(case.head.id)
    rows = [task.sop_row for task in open_ if task.sop_row is not None]
    if not rows:
        return []
    return [task.office for task in open_ if task.form in forms] + _later(case, max(rows))


def _later(case: Dossier, row: int) -> list[str]:
    elements = case.closure.diagram.elements
    steps = [elements[element] for element, _ in case.sheet_screens]
    later = [step for step in steps if int(step.props.get("sop.nomor", "0")) > row]
    return [step.props.get("sop.pelaksana") or case.closure.diagram.lanes.get(step.lane or "", "") for step in later]
