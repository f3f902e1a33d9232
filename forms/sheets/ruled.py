"""A table's rows under their heads, wherever its pages end."""

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from forms.sheets.kit import Block, Row


@dataclass(frozen=True)
class Ruled:
    """Rows under their column heads, which stand again on every page the table goes on to.

    The last row, often a sum, takes one more along when it goes on to the next page.
    """

    head: Row
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        return self.head.height + sum(one.height for one in self.rows)

    def draw(self, pen: Canvas, x: float, top: float) -> None:
        for one in (self.head, *self.rows):
            one.draw(pen, x, top)
            top -= one.height

    def cut(self, room: float) -> tuple[Block | None, Block | None]:
        fit, left = 0, room - self.head.height
        while fit < len(self.rows) and self.rows[fit].height <= left:
            left -= self.rows[fit].height
            fit += 1
        if fit == len(self.rows):
            return self, None
        if fit == len(self.rows) - 1 > 1:
            fit -= 1
        if fit:
            return Ruled(self.head, self.rows[:fit]), Ruled(self.head, self.rows[fit:])
        above, below = self.rows[0].cut(left)  # taller than a page by itself
        if not (isinstance(above, Row) and isinstance(below, Row)):
            return None, self
        return Ruled(self.head, (above,)), Ruled(self.head, (below, *self.rows[1:]))
