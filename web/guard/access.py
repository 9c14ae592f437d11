"""Access control: identifies who sent each request, and lets it through only if they have permission.

If access is open, we refuse requests from other machines and requests with a proxy's headers. This does not depend on
the address that the server listens on. A proxy on this machine that adds no header looks like a local client.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

from flask import Flask, current_app, request

from qa_service.access import ANYBODY, Identity, Mode, Roles, Scope
from qa_service.records.tokens import TokenKeeper
from web.contract.problems import NotAllowed, NotOpen, NotSignedIn
from web.guard import rates, sessions
from web.guard.identity import access_is_open, identity, set_identity
from web.guard.permissions import is_public, required_scope

_GUARD = "guard"
_FORWARDED = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-User",
    "X-Real-Ip",
)
"""Headers that proxies add to the requests they pass on."""
_USER = re.compile(r"[^\x00-\x1f\x7f,]{1,200}")
"""Pattern for a valid user name. A comma would mean that two headers were joined. One of them may come from the
client."""


@dataclass(frozen=True, slots=True)
class ProxyTrust:
    """The reverse proxies that we trust, and the headers they use to name the user."""

    networks: tuple[IPv4Network | IPv6Network, ...]
    user_header: str
    groups_header: str

    @classmethod
    def from_text(cls, networks: Sequence[str], user_header: str, groups_header: str) -> ProxyTrust:
        """Parse the addresses of networks, such as 10.0.0.0/8."""
        return cls(tuple(ipaddress.ip_network(network) for network in networks), user_header, groups_header)

    def trusts(self, address: str | None) -> bool:
        """Return whether a connection comes from a trusted proxy."""
        try:
            peer = ipaddress.ip_address(address or "")
        except ValueError:
            return False
        peer = getattr(peer, "ipv4_mapped", None) or peer
        return any(peer in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class AccessGuard:
    """Identifies who sent a request, using the method chosen in the settings."""

    mode: Mode
    tokens: TokenKeeper
    roles: Roles
    proxy: ProxyTrust | None = None

    def identify(self) -> Identity | None:
        """Return who sent the request, or None if nobody is signed in. Raises NotOpen or NotSignedIn."""
        if self.mode is Mode.OPEN:
            _refuse_other_machines()
            return ANYBODY
        if request.headers.get("Authorization", "").lower().startswith("bearer"):  # a proxy may use other schemes
            return self._by_token()
        if self.mode is Mode.PROXY:
            return self._by_proxy()
        return sessions.signed_in_identity(self.tokens, self.roles)

    def _by_token(self) -> Identity:
        token = self.tokens.find(request.headers["Authorization"].partition(" ")[2].strip())
        if token is None:
            rates.count_failure()
            raise NotSignedIn(
                "This access token is not valid. It may have been mistyped or revoked, or it may have expired."
            )
        return token.identity

    def _by_proxy(self) -> Identity:
        if self.proxy is None or not self.proxy.trusts(request.remote_addr):
            raise NotSignedIn("This request did not come through the proxy that signs people in.")
        name = request.headers.get(self.proxy.user_header, "").strip()
        if not _USER.fullmatch(name):
            raise NotSignedIn("The proxy that signs people in did not say who you are.")
        names = request.headers.get(self.proxy.groups_header, "").split(",")
        groups = frozenset(group for name in names if (group := name.strip()))
        return Identity(f"proxy:{name}", name, self.roles.scopes(groups), groups)


def register(app: Flask, guard: AccessGuard) -> None:
    """Register the guard, which checks every request to an app."""
    app.extensions[_GUARD] = guard
    app.before_request(_check_request)
    app.context_processor(lambda: {"person": identity(), "Scope": Scope, "signs_in": has_sign_in()})


def access_guard() -> AccessGuard:
    """Return the app's guard."""
    guard: AccessGuard = current_app.extensions[_GUARD]
    return guard


def has_sign_in() -> bool:
    """Return whether people sign in to the service itself, with a token or through an OpenID Connect provider."""
    return access_guard().mode in (Mode.TOKENS, Mode.OIDC)


def require_scope(scope: Scope) -> None:
    """Check that the sender of the request has the given permission. Raises NotAllowed."""
    if not identity().may(scope):
        name = identity().name
        signed_in = f"You are signed in as {name}. " if name else ""
        raise NotAllowed(f"{signed_in}You need the “{scope}” permission to do this.")


def _check_request() -> None:
    public = is_public(request.endpoint)
    if public and not (request.endpoint or "").startswith("sign_in."):
        if access_guard().mode is Mode.OPEN:
            _refuse_other_machines()
            set_identity(ANYBODY)
        return
    person = access_guard().identify()
    if person is not None:
        set_identity(person)
    if public:
        return
    if person is None:
        raise NotSignedIn("You are not signed in.")
    require_scope(required_scope(request.endpoint or ""))
    if not access_is_open():
        rates.count_request()


def _refuse_other_machines() -> None:
    try:
        is_local = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:  # a Unix socket has no address, and only this machine can reach it
        is_local = not request.remote_addr
    if not is_local or any(name in request.headers for name in _FORWARDED):
        raise NotOpen("This service has no access control, so it answers only requests from its own machine.")
