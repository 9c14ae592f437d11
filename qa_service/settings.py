"""Settings for serving, read from the environment. Only the commands and ``web.app`` may read them.

The data folder and the encoder are in ``qa_service.installation``.
"""

from __future__ import annotations

import ipaddress
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa_service.access import Mode, Roles
from qa_service.errors import UnusableSetting
from qa_service.types import KEEP_DAYS, KEEP_SAVED_DAYS, REMEMBERED


class Settings(BaseSettings):
    """Settings for serving, each read from a ``QA_…`` environment variable. Items in a list are separated by commas."""

    model_config = SettingsConfigDict(env_prefix="QA_", extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address to serve on. With open access, only loopback.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to serve on.")
    workers: int = Field(default=1, ge=1, le=32, description="Processes that answer, each with the models in memory.")
    threads: int = Field(default=64, ge=2, le=512, description="Connections that each process serves at once.")
    at_once: int = Field(default=2, ge=1, le=64, description="Questions that each process works on at once.")
    waiting: int = Field(
        default=40, ge=0, le=500, description="Questions that may wait in each process. Any more get a 503."
    )
    remember: int = Field(
        default=REMEMBERED, ge=0, le=1000, description="Questions that each process remembers for ten minutes."
    )
    keep_days: int = Field(
        default=KEEP_DAYS, ge=1, le=3650, description="Days to keep a conversation after its last use."
    )
    keep_saved_days: int = Field(
        default=KEEP_SAVED_DAYS, ge=1, le=3650, description="Days to keep a saved question after it was marked as read."
    )
    access: Mode = Field(default=Mode.OPEN, description="How people are identified: open, tokens, proxy or oidc.")
    url: str | None = Field(default=None, description="The address that people use, if it is not on this machine.")
    proxies: str = Field(default="", description="Addresses or networks of reverse proxies to trust.")
    proxy_user_header: str = Field(default="X-Forwarded-User", description="The header with the name of the person.")
    proxy_groups_header: str = Field(default="X-Forwarded-Groups", description="The header with the person's groups.")
    ask_groups: str = Field(default="", description="Groups that may ask. If empty, everyone who is signed in.")
    add_groups: str = Field(default="", description="Groups that may add reports.")
    admin_groups: str = Field(default="", description="Groups that may remove reports and see all collections.")
    oidc_issuer: str | None = Field(default=None, description="The address of the OpenID Connect provider.")
    oidc_client_id: str | None = Field(default=None, description="The id of this service at the provider.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="Its secret at the provider.")
    oidc_groups_claim: str = Field(default="groups", description="The claim that contains a person's groups.")
    session_hours: float = Field(default=10, gt=0, le=168, description="Hours until a person must sign in again.")
    rate: int = Field(
        default=120, ge=1, description="Requests a minute from one person or program. Not with open access."
    )
    log_questions: bool = Field(default=False, description="Write the text of questions to the log.")

    @classmethod
    def read(cls) -> Settings:
        """Read the settings from the environment. Raises UnusableSetting."""
        try:
            return cls()
        except ValidationError as error:
            problems = "; ".join(map(_problem, error.errors()))
            raise UnusableSetting(f"A setting cannot be used: {problems}. See docs/operations.md.") from error

    @field_validator("url", "oidc_issuer")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("write an address such as https://reports.example.gov.uk")
        return value.rstrip("/") if value else None

    @field_validator("proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for network in comma_separated(value):
            ipaddress.ip_network(network)  # raises a ValueError that says what is wrong
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.access is Mode.PROXY and not comma_separated(self.proxies):
            raise ValueError("QA_ACCESS=proxy needs QA_PROXIES, the address of the reverse proxy to trust")
        oidc = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret, self.url)
        if self.access is Mode.OIDC and not all(oidc):
            raise ValueError("QA_ACCESS=oidc needs QA_OIDC_ISSUER, QA_OIDC_CLIENT_ID, QA_OIDC_CLIENT_SECRET and QA_URL")
        if self.access is Mode.OPEN and self.url and not is_loopback(urlsplit(self.url).hostname or ""):
            raise ValueError(f"other machines can reach QA_URL={self.url}, so set QA_ACCESS to tokens, proxy or oidc")
        return self

    @property
    def roles(self) -> Roles:
        """The groups that may ask questions, add reports and administer the service."""
        return Roles(
            *(frozenset(comma_separated(value)) for value in (self.ask_groups, self.add_groups, self.admin_groups))
        )


def _problem(details: ErrorDetails) -> str:
    """Return the name and value of a setting, and what is wrong with it.

    If several are wrong, return what is wrong with them.
    """
    message = details["msg"].removeprefix("Value error, ")
    return f"QA_{str(details['loc'][0]).upper()}={details['input']}: {message}" if details["loc"] else message


def comma_separated(value: str) -> list[str]:
    """Return the items in a comma-separated list."""
    return [item for part in value.split(",") if (item := part.strip())]


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is a loopback address, which only this machine can reach."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
