"""OpenID Connect through Authlib, its only importer: authorisation code with PKCE, state and nonce.

The provider is the only address outside this machine that the service ever speaks to, and only where it is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, session
from joserfc.errors import JoseError
from werkzeug.wrappers import Response as AnyResponse

from web.contract.problems import NotSignedIn, ProviderFailed
from web.guard import rates, sessions

_HELD, _NEXT = "oidc", "next"
_CLIENT = "provider"
_TIMEOUT = 10
"""Seconds that the provider has for a reply."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider, and how it knows this service."""

    issuer: str
    client_id: str
    client_secret: str
    groups_claim: str
    url: str
    """Where people reach this service: the provider sends them back there."""


def register(app: Flask, provider: Provider) -> None:
    """Have people sign in at a provider."""
    oauth = OAuth(app)
    oauth.register(
        _CLIENT,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": _TIMEOUT},
    )
    app.extensions[_HELD] = provider, oauth


def begin(callback: str, target: str) -> AnyResponse:
    """Send a person to the provider; ``target`` is where they go on afterwards. Raises ProviderFailed."""
    provider, oauth = _held()
    session.clear()
    session[_NEXT] = target
    try:
        reply: AnyResponse = oauth.provider.authorize_redirect(provider.url + callback)
    except (requests.RequestException, AuthlibBaseError, KeyError, ValueError) as error:
        raise ProviderFailed("The sign-in provider does not answer.") from error
    return reply


def finish() -> str:
    """Sign in whom the provider has sent back; where they go on. Raises NotSignedIn, ProviderFailed."""
    provider, oauth = _held()
    target = str(session.get(_NEXT, "/"))
    try:
        claims: dict[str, Any] = oauth.provider.authorize_access_token()["userinfo"]
    except requests.RequestException as error:
        raise ProviderFailed("The sign-in provider does not answer.") from error
    except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
        rates.count_failure()
        raise NotSignedIn("The sign-in provider did not confirm who you are.") from error
    if str(claims.get("iss", "")).rstrip("/") != provider.issuer:
        raise NotSignedIn("You signed in with a different provider from the one that this service uses.")
    name = str(claims.get("name") or claims.get("preferred_username") or claims["sub"])[:200]
    sessions.begin_by_provider(f"oidc:{claims['sub']}", name, _groups(claims.get(provider.groups_claim)))
    return target


def _groups(claim: object) -> list[str]:
    """The groups of a claim: providers send a list, or words with spaces between."""
    if isinstance(claim, str):
        return claim.split()
    return [str(group) for group in claim] if isinstance(claim, Sequence) else []


def _held() -> tuple[Provider, Any]:
    held: tuple[Provider, Any] = current_app.extensions[_HELD]
    return held
