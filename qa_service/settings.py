"""How it is served: settings, read from the environment by the two composition roots and by nothing else.

Where the data live, and what reads questions, is in ``qa_service.installation``.
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
from qa_service.types import REMEMBERED


class Settings(BaseSettings):
    """What those who serve can choose, each as an environment variable ``QA_…``. Lists have commas between."""

    model_config = SettingsConfigDict(env_prefix="QA_", extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address to serve on; with open access only loopback.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to serve on.")
    workers: int = Field(default=1, ge=1, le=32, description="Processes that answer, each with the model in memory.")
    threads: int = Field(default=64, ge=2, le=512, description="Connections that each process serves at once.")
    at_once: int = Field(default=2, ge=1, le=64, description="Questions that each process works on at once.")
    waiting: int = Field(
        default=40, ge=0, le=500, description="Questions that may wait in each process; more get a 503."
    )
    remember: int = Field(
        default=REMEMBERED,
        ge=0,
        le=1000,
        description="Questions that each process remembers for ten minutes, in memory.",
    )
    keep_days: int = Field(
        default=30, ge=1, le=3650, description="Days that conversations are kept after they were last used."
    )
    access: Mode = Field(default=Mode.OPEN, description="How it is known who asks: open, tokens, proxy or oidc.")
    url: str | None = Field(
        default=None, description="The address that people use, where it is not this machine's own."
    )
    proxies: str = Field(default="", description="Addresses or networks of reverse proxies whose word is taken.")
    proxy_user_header: str = Field(
        default="X-Forwarded-User", description="The proxy's header that names who is signed in."
    )
    proxy_groups_header: str = Field(default="X-Forwarded-Groups", description="The proxy's header with their groups.")
    ask_groups: str = Field(default="", description="Groups that may ask. Default: everybody signed in.")
    add_groups: str = Field(default="", description="Groups that may add reports.")
    admin_groups: str = Field(default="", description="Groups that may remove reports, and see all collections.")
    oidc_issuer: str | None = Field(default=None, description="The OpenID Connect provider's address.")
    oidc_client_id: str | None = Field(default=None, description="The name under which it knows this service.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="The secret that goes with that name.")
    oidc_groups_claim: str = Field(default="groups", description="The claim that holds a person's groups.")
    session_hours: float = Field(default=10, gt=0, le=168, description="Hours until a person signs in again.")
    rate: int = Field(
        default=120, ge=1, description="Requests a minute from one person or program; not on open access."
    )
    log_questions: bool = Field(default=False, description="Write the text of questions into the log.")

    @classmethod
    def read(cls) -> Settings:
        """As they are set for this process. Raises UnusableSetting."""
        try:
            return cls()
        except ValidationError as error:
            wrong = "; ".join(map(_wrong, error.errors()))
            raise UnusableSetting(f"A setting cannot be used: {wrong}. See docs/operations.md.") from error

    @field_validator("url", "oidc_issuer")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("write it as https://reports.example.gov.uk")
        return value.rstrip("/") if value else None

    @field_validator("proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for network in listed(value):
            ipaddress.ip_network(network)  # its ValueError names what is wrong
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.access is Mode.PROXY and not listed(self.proxies):
            raise ValueError("QA_ACCESS=proxy needs QA_PROXIES, the address of the reverse proxy whose word is taken")
        oidc = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret, self.url)
        if self.access is Mode.OIDC and not all(oidc):
            raise ValueError("QA_ACCESS=oidc needs QA_OIDC_ISSUER, QA_OIDC_CLIENT_ID, QA_OIDC_CLIENT_SECRET and QA_URL")
        if self.access is Mode.OPEN and self.url and not is_loopback(urlsplit(self.url).hostname or ""):
            raise ValueError(f"QA_URL is {self.url}, which others can reach: set QA_ACCESS to tokens, proxy or oidc")
        return self

    @property
    def roles(self) -> Roles:
        """What people may do by their groups."""
        return Roles(*(frozenset(listed(value)) for value in (self.ask_groups, self.add_groups, self.admin_groups)))


def _wrong(fault: ErrorDetails) -> str:
    """A setting that cannot be used, with its value; where several do not go together, what would be right."""
    told = fault["msg"].removeprefix("Value error, ")
    return f"QA_{str(fault['loc'][0]).upper()}={fault['input']}: {told}" if fault["loc"] else told


def listed(value: str) -> list[str]:
    """The parts of a list with commas between."""
    return [part for each in value.split(",") if (part := each.strip())]


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own, and reaches nobody else."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
