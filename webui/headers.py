"""What every answer says to the browser: nothing inline, nothing framed, nothing guessed, nothing leaked."""

from flask import Flask, Response, g

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
}
A_YEAR = 31_536_000


def register(app: Flask, *, secure: bool) -> None:
    """Adds them to every answer; a view may say something stricter first."""
    fixed = HEADERS | ({"Strict-Transport-Security": f"max-age={A_YEAR}"} if secure else {})

    @app.after_request
    def dress(answer: Response) -> Response:
        for name, value in fixed.items():
            answer.headers.setdefault(name, value)
        if "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "no-store" if g.get("me") else "no-cache, private"
        return answer
