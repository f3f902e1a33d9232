"""How a text reads to the eye: signs of any script that look like a letter or digit of ours, and those nobody sees."""

import unicodedata

_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs that are drawn as nothing; the others that nobody sees are of the categories Cf, Cc and Mn."""
_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјкморстухһԁԛԝɡΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχıᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "ABESIJKMHOPCTYXaesijkmopctyxhdqwgABEZHIKMNOPTYXaikvoptuxiabcdefghijklmnoprstuvwyz",
)  # Cyrillic, Greek, small capitals
_TYPED = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})


def seen(text: str) -> tuple[str, list[int]]:
    """The text as it reads, digits as 0 to 9 and letters without accents, and where each of its signs stood."""
    read = [(plain, place) for place, sign in enumerate(text) for plain in _plain(sign)]
    return "".join(plain for plain, _ in read), [place for _, place in read]


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    return "".join(_kept(part) for part in unicodedata.normalize("NFKD", sign.translate(_TWINS)))


def _kept(part: str) -> str:
    kind = unicodedata.category(part)
    return " " if kind == "Zs" else "" if kind in ("Cf", "Cc", "Mn") or part in _UNSEEN else part


def letters(text: str, *, typed: bool = False) -> list[tuple[str, int]]:
    """The letters of a read text, small, with their places; `typed`: digits and signs that stand for letters too."""
    told = text.translate(_TYPED) if typed else text
    return [(small, place) for place, sign in enumerate(told) if sign.isalpha() for small in sign.casefold()]
