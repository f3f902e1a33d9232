"""A point on the map as people copy it: two numbers in degrees, inside the box a form allows."""

import re

_PAIR = re.compile(r"([+-]?\d{1,3}(?:[.]\d{1,12})?)\s*[,;\s]\s*([+-]?\d{1,3}(?:[.]\d{1,12})?)")
_COMMAS = re.compile(r"([+-]?\d{1,3},\d{1,12})\s*[;\s]\s*([+-]?\d{1,3},\d{1,12})")
Box = tuple[float, float, float, float]


def read(text: str) -> tuple[float, float] | None:
    """Latitude and longitude from "-7.4722, 112.4336" (also with decimal commas); None where it is no such pair."""
    found = _COMMAS.fullmatch(text.strip()) or _PAIR.fullmatch(text.strip())
    return (float(found[1].replace(",", ".")), float(found[2].replace(",", "."))) if found else None


def box(text: str) -> Box | None:
    """South, west, north, east from four numbers with commas between; None where it is no box."""
    try:
        south, west, north, east = map(float, text.split(","))
    except ValueError:
        return None
    return (south, west, north, east) if south < north and west < east else None


def inside(point: tuple[float, float], around: Box) -> bool:
    """Whether a point lies in a box."""
    south, west, north, east = around
    return south <= point[0] <= north and west <= point[1] <= east


def written(point: tuple[float, float]) -> str:
    """As it is kept: about ten centimetres exact."""
    return f"{point[0]:.6f},{point[1]:.6f}"
