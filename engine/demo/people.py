"""The citizens of the demonstration's city: invented identities, their population register, pictures they took."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from engine.reports import Reporter

_MOTHERS = (
    "Sumarni", "Siti Khotimah", "Wagiyem", "Endang Suprihatin", "Mujiati", "Suparmi", "Nur Hasanah", "Tri Wahyuni",
    "Kasiyati", "Lilik Mudrikah", "Sri Utami", "Rukayah", "Painem", "Yuliatin", "Dewi Rahmawati", "Ngatini",
    "Umi Kulsum", "Sulastri", "Partini", "Hartatik", "Sukesi", "Romlah", "Maria Goreti", "Lestari",
)  # fmt: skip
REGISTERED = 240
"""So many people stand in the demonstration's register."""


def nik(place: int) -> str:
    """The invented NIK of a citizen: a kecamatan of the city, a real date (women 40 later), a running number."""
    day = place * 7 % 28 + 1 + 40 * (place % 2)
    return f"3576{place % 3 + 1:02d}{day:02d}{place * 5 % 12 + 1:02d}{60 + place % 40:02d}{place + 1:04d}"


def mother(place: int) -> str:
    """The name of that citizen's mother."""
    return _MOTHERS[place % len(_MOTHERS)]


def phone(place: int) -> str:
    """Their telephone."""
    return f"08133010{place + 1001:04d}"


def reporter(place: int, *, by_mail: bool, known: bool = True) -> Reporter:
    """One of them as they tell who they are; not `known`: someone who does not stand in the register."""
    number = nik(place) if known else f"3516{nik(place)[4:]}"
    email = f"warga{place + 1}@contoh.id" if by_mail else ""
    return Reporter(phone="" if by_mail else phone(place), email=email, nik=number, mother=mother(place))


def register() -> bytes:
    """The population register of the demonstration, as a file to be imported."""
    rows = (f"{nik(place)},{mother(place)}" for place in range(REGISTERED))
    return "\n".join(("nik,nama_ibu", *rows, "")).encode()


# --- pictures ---

WIDTH, HEIGHT = 1000, 750
FACE, PLATE = (130, 320, 130, 200), (620, 720, 220, 110)
"""Where a face and a number plate are in the picture of the rubbish: x, y, width and height in thousandths."""


def picture(name: str) -> bytes:
    """A drawn picture as a JPEG: `sampah`, `lampu`, `jalan` or `selokan`."""
    night = name == "lampu"
    image = Image.new("RGB", (WIDTH, HEIGHT), (24, 28, 52) if night else (176, 208, 232))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, WIDTH, HEIGHT), fill=(38, 38, 44) if night else (122, 122, 118))
    {"sampah": _rubbish, "lampu": _lamp, "jalan": _road, "selokan": _ditch}[name](draw)
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _rubbish(draw: ImageDraw.ImageDraw) -> None:
    """Sacks at a wall, somebody standing there, a car with its plate."""
    chance = Random(3)  # noqa: S311 - a drawing, the same every time
    draw.rectangle((300, 250, 1000, 470), fill=(202, 186, 160))
    for _ in range(46):
        x, y = chance.randint(320, 660), chance.randint(400, 540)
        colour = chance.choice([(52, 58, 64), (88, 96, 72), (60, 92, 140), (168, 120, 72), (206, 204, 196)])
        draw.ellipse((x, y, x + chance.randint(40, 100), y + chance.randint(30, 80)), fill=colour)
    draw.ellipse((160, 260, 230, 350), fill=(222, 176, 140))
    draw.rectangle((140, 350, 250, 580), fill=(60, 98, 160))
    draw.rectangle((150, 580, 240, 690), fill=(46, 46, 60))
    draw.rounded_rectangle((600, 480, 960, 660), 40, fill=(150, 40, 44))
    draw.rectangle((640, 560, 820, 605), fill=(20, 20, 20))
    draw.text((655, 566), "S 1234 XX", fill=(240, 240, 240), font_size=32)


def _lamp(draw: ImageDraw.ImageDraw) -> None:
    """A street by night; the lamp in front is dark."""
    for x, lit in ((260, False), (560, True), (780, True)):
        draw.rectangle((x, 180, x + 10, 520), fill=(90, 90, 96))
        draw.line((x + 5, 184, x + 90, 168), fill=(90, 90, 96), width=8)
        if lit:
            draw.polygon(((x + 60, 172), (x + 120, 172), (x + 190, 560), (x - 30, 560)), fill=(92, 86, 58))
        draw.ellipse((x + 66, 158, x + 112, 182), fill=(255, 236, 160) if lit else (50, 50, 56))


def _road(draw: ImageDraw.ImageDraw) -> None:
    """A road with holes full of water."""
    draw.polygon(((400, 430), (600, 430), (1000, 750), (0, 750)), fill=(82, 82, 86))
    for x, y, wide in ((420, 560, 240), (180, 660, 180), (640, 640, 200)):
        draw.ellipse((x, y, x + wide, y + wide // 3), fill=(58, 50, 42))
        draw.ellipse((x + 20, y + 12, x + wide - 20, y + wide // 3 - 6), fill=(120, 112, 96))


def _ditch(draw: ImageDraw.ImageDraw) -> None:
    """A ditch that does not flow."""
    draw.polygon(((0, 600), (1000, 470), (1000, 560), (0, 730)), fill=(70, 78, 60))
    chance = Random(5)  # noqa: S311 - a drawing, the same every time
    for _ in range(24):
        x = chance.randint(0, 940)
        y = 610 - x // 8 + chance.randint(10, 70)
        draw.rectangle((x, y, x + 44, y + 22), fill=chance.choice([(200, 200, 190), (160, 60, 50), (60, 110, 60)]))
