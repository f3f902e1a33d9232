"""Whom to believe about where a request comes from: the networks named in DISPOSISI_TRUSTED_PROXIES, nobody else."""

import ipaddress
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from webui.config import Network

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
FORWARDED = (
    *(f"HTTP_X_FORWARDED_{name}" for name in ("FOR", "PROTO", "HOST", "PORT", "PREFIX")),
    "HTTP_FORWARDED",
)

PASSED_ON = "disposisi.passed_on"
"""Whether some proxy, believed or not, brought the request: then nobody of this machine asks."""


class Proxies:
    """Takes `X-Forwarded-For` and `-Proto` from trusted proxies and drops them from everyone else."""

    def __init__(self, app: Wsgi, networks: Sequence[Network]) -> None:
        self.app, self.networks = app, networks

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = {name: environ.pop(name, "") for name in FORWARDED}
        environ[PASSED_ON] = any(told.values())
        if self._trusted(environ.get("REMOTE_ADDR", "")):
            environ["REMOTE_ADDR"] = self._sender(environ["REMOTE_ADDR"], told["HTTP_X_FORWARDED_FOR"])
            scheme = told["HTTP_X_FORWARDED_PROTO"].rpartition(",")[2].strip()
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        return self.app(environ, start_response)

    def _sender(self, proxy: str, chain: str) -> str:
        """The last address that is not itself a trusted proxy: those before it may be made up."""
        for address in reversed([part.strip() for part in chain.split(",") if part.strip()]):
            if not _is_address(address):
                return proxy
            if not self._trusted(address):
                return address
            proxy = address
        return proxy

    def _trusted(self, address: str) -> bool:
        return _is_address(address) and any(ipaddress.ip_address(address) in network for network in self.networks)


def sender(address: str | None) -> str:
    """Whose wrong tries are counted together: one IPv4 address, or the /64 of which an IPv6 home has every address."""
    if not address or not _is_address(address):
        return address or ""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
