"""A sentence with facts in it that is said later, in the language of whoever reads it; Indonesian is the source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from forms.dates import DAYS, MONTHS

SECOND = 1000


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time in milliseconds."""

    ms: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its number, 1 to 12."""

    number: int


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence by its Indonesian words, with %(fact)s places."""

    msgid: str
    facts: "Mapping[str, Fact]" = field(default_factory=dict)


Fact = str | int | date | Amount | Month | Said | tuple[Said, ...]


class Tongue:
    """How Indonesian says it; another language says the parts its own way."""

    def words(self, msgid: str) -> str:
        """A sentence, its places still open."""
        return msgid

    def day(self, day: date) -> str:
        """As in "Jumat 10 April 2026"."""
        return f"{DAYS[day.weekday()]} {day.day} {self.month(day.month)} {day.year}"

    def month(self, number: int) -> str:
        """As in "April"."""
        return MONTHS[number - 1]

    def amount(self, ms: int) -> str:
        """As in "4 jam 30 menit"."""
        parts = _parts(ms, ("jam", "menit", "detik"))
        return parts or ("kurang dari 1 detik" if ms else "0 menit")

    def tell(self, said: Said) -> str:
        """The whole sentence."""
        return self.words(said.msgid) % {name: self._fact(value) for name, value in said.facts.items()}

    def _fact(self, value: Fact) -> str:
        if isinstance(value, Said):
            return self.tell(value)
        if isinstance(value, tuple):
            return "; ".join(map(self.tell, value))
        if isinstance(value, Amount):
            return self.amount(value.ms)
        if isinstance(value, Month):
            return self.month(value.number)
        return self.day(value) if isinstance(value, date) else str(value)


class English(Tongue):
    """The same in English; sentences are translated elsewhere (`words`)."""

    def day(self, day: date) -> str:
        """As in "Friday 10 April 2026"."""
        return f"{_ENGLISH_DAYS[day.weekday()]} {day.day} {self.month(day.month)} {day.year}"

    def month(self, number: int) -> str:
        """As in "April"."""
        return _ENGLISH_MONTHS[number - 1]

    def amount(self, ms: int) -> str:
        """As in "4 h 30 min"."""
        return _parts(ms, ("h", "min", "s")) or ("less than 1 s" if ms else "0 min")


_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _parts(ms: int, units: tuple[str, str, str]) -> str:
    minutes, rest = divmod(ms, 60 * SECOND)
    numbers = (minutes // 60, minutes % 60, rest // SECOND)
    return " ".join(f"{n} {unit}" for n, unit in zip(numbers, units, strict=True) if n)


INDONESIAN = Tongue()
