"""Settings, read from the environment by the two composition roots and by nothing else."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation can choose, each as an environment variable ``QA_…``."""

    model_config = SettingsConfigDict(env_prefix="QA_", extra="ignore")

    data_dir: Path = Field(default=Path("var"), description="Where the index and the kept originals live.")
    encoder: str | None = Field(
        default=None, description="Another encoder: a folder with its files, or a hub name. Default: the one shipped."
    )
    host: str = Field(
        default="127.0.0.1", description="Address to serve on; only loopback until there is access control."
    )
    port: int = Field(default=8000, ge=1, le=65535, description="Port to serve on.")
    workers: int = Field(default=1, ge=1, le=32, description="Processes that answer, each with the model in memory.")
    keep_days: int = Field(
        default=30, ge=1, le=3650, description="Days that conversations are kept after they were last used."
    )
    threads: int = Field(default=8, ge=1, le=64, description="Requests that each process answers at once.")
