"""The guard: finds out who asks, by the way that was set, and lets through those who may.

With open access a request from elsewhere, or through a proxy that says so, is refused whatever the server was told to
listen on. A proxy on this machine that adds no header of its own cannot be told from this machine.
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
from web.guard.identity import identity, is_open, recognise
from web.guard.permissions import is_public, needed

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
"""Headers by which proxies say that a request came through them."""
_USER = re.compile(r"[^\x00-\x1f\x7f,]{1,200}")
"""A name with a comma is two headers joined: one of them may be the client's own."""


@dataclass(frozen=True, slots=True)
class ProxyTrust:
    """The reverse proxies whose word is taken, and the headers that hold it."""

    networks: tuple[IPv4Network | IPv6Network, ...]
    user_header: str
    groups_header: str

    @classmethod
    def of(cls, networks: Sequence[str], user_header: str, groups_header: str) -> ProxyTrust:
        """From addresses as text."""
        return cls(tuple(ipaddress.ip_network(network) for network in networks), user_header, groups_header)

    def trusts(self, address: str | None) -> bool:
        """Whether a connection comes from one of them."""
        try:
            peer = ipaddress.ip_address(address or "")
        except ValueError:
            return False
        peer = getattr(peer, "ipv4_mapped", None) or peer
        return any(peer in network for network in self.networks)


@dataclass(frozen=True, slots=True)
class Guard:
    """How it is known who asks."""

    mode: Mode
    tokens: TokenKeeper
    roles: Roles
    proxy: ProxyTrust | None = None

    def find(self) -> Identity | None:
        """Who asks; None where nobody has signed in. Raises NotOpen, NotSignedIn."""
        if self.mode is Mode.OPEN:
            _refuse_from_elsewhere()
            return ANYBODY
        if request.headers.get("Authorization", "").lower().startswith("bearer"):  # a proxy may pass on its own kind
            return self._by_token()
        if self.mode is Mode.PROXY:
            return self._by_proxy()
        return sessions.person(self.tokens, self.roles)

    def _by_token(self) -> Identity:
        token = self.tokens.find(request.headers["Authorization"].partition(" ")[2].strip())
        if token is None:
            rates.count_failure()
            raise NotSignedIn("This access token is not valid. It may be mistyped, revoked or out of date.")
        return token.identity

    def _by_proxy(self) -> Identity:
        if self.proxy is None or not self.proxy.trusts(request.remote_addr):
            raise NotSignedIn("This request did not come through the proxy that signs people in.")
        name = request.headers.get(self.proxy.user_header, "").strip()
        if not _USER.fullmatch(name):
            raise NotSignedIn("The proxy that signs people in did not say who you are.")
        named = request.headers.get(self.proxy.groups_header, "").split(",")
        groups = frozenset(group for each in named if (group := each.strip()))
        return Identity(f"proxy:{name}", name, self.roles.scopes(groups), groups)


def register(app: Flask, guard: Guard) -> None:
    """Guard every address of an app."""
    app.extensions[_GUARD] = guard
    app.before_request(_check)
    app.context_processor(lambda: {"person": identity(), "Scope": Scope, "signs_in": signs_in()})


def guard() -> Guard:
    """The app's guard."""
    held: Guard = current_app.extensions[_GUARD]
    return held


def signs_in() -> bool:
    """Whether people sign in to this service itself."""
    return guard().mode in (Mode.TOKENS, Mode.OIDC)


def require(scope: Scope) -> None:
    """Go on only for those who may. Raises NotAllowed."""
    if not identity().may(scope):
        name = identity().name
        signed_in = f"You are signed in as {name}. " if name else ""
        raise NotAllowed(f"{signed_in}You need the permission “{scope}” to do this.")


def _check() -> None:
    public = is_public(request.endpoint)
    if public and not (request.endpoint or "").startswith("sign_in."):
        if guard().mode is Mode.OPEN:
            _refuse_from_elsewhere()
            recognise(ANYBODY)
        return
    person = guard().find()
    if person is not None:
        recognise(person)
    if public:
        return
    if person is None:
        raise NotSignedIn("You are not signed in.")
    require(needed(request.endpoint or ""))
    if not is_open():
        rates.count_request()


def _refuse_from_elsewhere() -> None:
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:  # a socket file has no address, and only this machine reaches it
        near = not request.remote_addr
    if not near or any(name in request.headers for name in _FORWARDED):
        raise NotOpen("This service has no access control, so it answers only requests from its own machine.")
