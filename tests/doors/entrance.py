"""Who may come in, and what is about nobody: sign-in, own account, help, health, offline."""

from doors.door import ANYONE, STAFF, Door

DOORS: dict[str, Door | None] = {
    "GET /": ANYONE,
    "GET /panduan": ANYONE,
    "GET /healthz": ANYONE,
    "GET /metrics": ANYONE,
    "GET /masuk": ANYONE,
    "POST /masuk": ANYONE,
    "GET /masuk/sekali/<link>": ANYONE,  # who holds the link; a wrong one is not found
    "POST /masuk/sekali/<link>": ANYONE,
    "POST /keluar": ANYONE,
    "GET /manifest.webmanifest": ANYONE,  # the worker and what it shows are about nobody
    "GET /luring.js": ANYONE,
    "GET /luring": ANYONE,
    "POST /akun/luring": Door("maya"),  # on their own device; who only reads everything keeps nothing
    "GET /bantuan": ANYONE,
    "GET /bantuan/warga": ANYONE,
    "GET /bantuan/<audience>": STAFF,
    "GET /akun": STAFF,  # their own, as everything under /akun
    "POST /akun": STAFF,
    "POST /akun/sandi": STAFF,
    "POST /akun/keluar-semua": Door("maya"),
    "POST /bahasa": ANYONE,
    "GET /static/<name>": ANYONE,
    "GET /verifikasi/<code>": ANYONE,
    "GET /poster.pdf": STAFF,
}
