"""How letters leave this installation: known to the worker that sends them, and to the commands that look after it."""

from urllib.parse import parse_qs, urlsplit, urlunsplit

from engine.mail.transport import Post
from webui.config import Config


def post_of(config: Config) -> Post:
    """How mail leaves; a demonstration without a mail server lays its letters into the data folder."""
    if config.smtp_url is None:
        demo = (config.home / "demo.txt").exists()
        return Post(
            (config.home / "surel").as_uri().replace("file://", "folder://") if demo else "",
            _sender(config),
            config.base_url,
            sms=config.sms_url is not None,
        )
    parts = urlsplit(config.smtp_url)
    sender = parse_qs(parts.query).get("from", [_sender(config)])[0]
    return Post(urlunsplit(parts._replace(query="")), sender, config.base_url, sms=config.sms_url is not None)


def _sender(config: Config) -> str:
    return f"disposisi@{urlsplit(config.base_url).hostname or 'localhost'}"
