"""Sign-in through an OpenID Connect provider, using an authorisation code with PKCE, state and nonce.

This is the only module that imports Authlib. The provider is the only other machine that the service ever contacts,
and the service contacts it only if the settings name a provider.
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

_EXTENSION, _NEXT = "oidc", "next"
_CLIENT = "provider"
_TIMEOUT = 10
"""Seconds that we wait for a reply from the provider."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider, and this service's registration with it."""

    issuer: str
    client_id: str
    client_secret: str
    groups_claim: str
    url: str
    """The service's public address, which the provider sends people back to."""


def register(app: Flask, provider: Provider) -> None:
    """Register the provider through which people sign in to an app."""
    oauth = OAuth(app)
    oauth.register(
        _CLIENT,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": _TIMEOUT},
    )
    app.extensions[_EXTENSION] = provider, oauth


def redirect_to_provider(callback: str, target: str) -> AnyResponse:
    """Send a person to the provider.

    They return to ``callback``, and from there to ``target``. Raises ProviderFailed.
    """
    provider, oauth = _provider_and_client()
    session.clear()
    session[_NEXT] = target
    try:
        reply: AnyResponse = oauth.provider.authorize_redirect(provider.url + callback)
    except (requests.RequestException, AuthlibBaseError, KeyError, ValueError) as error:
        raise ProviderFailed("The sign-in provider is not responding.") from error
    return reply


def complete_sign_in() -> str:
    """Sign in the person whom the provider sent back, and return the address that they should go to next.

    Raises NotSignedIn or ProviderFailed.
    """
    provider, oauth = _provider_and_client()
    target = str(session.get(_NEXT, "/"))
    try:
        claims: dict[str, Any] = oauth.provider.authorize_access_token()["userinfo"]
    except requests.RequestException as error:
        raise ProviderFailed("The sign-in provider is not responding.") from error
    except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
        rates.count_failure()
        raise NotSignedIn("The sign-in provider did not confirm who you are.") from error
    if str(claims.get("iss", "")).rstrip("/") != provider.issuer:
        raise NotSignedIn("You signed in with a different provider from the one that this service uses.")
    name = str(claims.get("name") or claims.get("preferred_username") or claims["sub"])[:200]
    sessions.begin_with_provider(f"oidc:{claims['sub']}", name, _groups(claims.get(provider.groups_claim)))
    return target


def _groups(claim: object) -> list[str]:
    """Return the groups in a claim. Providers send either a list or one string with the groups separated by spaces."""
    if isinstance(claim, str):
        return claim.split()
    return [str(group) for group in claim] if isinstance(claim, Sequence) else []


def _provider_and_client() -> tuple[Provider, Any]:
    extension: tuple[Provider, Any] = current_app.extensions[_EXTENSION]
    return extension
