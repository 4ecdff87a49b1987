"""What the owner of an installation decides: read once from the environment or from `.env`."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

from shared.errors import SettingRefused
from shared.language import N_

# Longer than the three time-outs that a whole hand-over may take.
_LEASE_IN_TIMEOUTS = 5


class Settings(BaseSettings):
    """Every setting has a default that works on one machine; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    host: str = "127.0.0.1"
    api_port: int = Field(8000, ge=1, le=65535)
    console_port: int = Field(8501, ge=1, le=65535)
    data_dir: Path = Path("data")
    database_url: str = ""
    database_password_file: Path | None = None
    admin_token: SecretStr | None = None
    admin_token_file: Path | None = None
    public_url: str = ""
    console_url: str = ""
    secret_keys: SecretStr | None = None
    trusted_proxies: str = ""
    worker_slots: int = Field(4, ge=1, le=64)
    mail_timeout: float = Field(30.0, gt=0, le=120)
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"

    @property
    def lease(self) -> timedelta:
        """How long a mail is in the hands of the worker that took it."""
        return timedelta(seconds=self.mail_timeout * _LEASE_IN_TIMEOUTS)

    @field_validator("public_url", "console_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_supported_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql+psycopg://")
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    def model_post_init(self, _: object) -> None:
        """Fill in the addresses that follow from the others."""
        self.database_url = (
            self.database_url or f"sqlite:///{self.data_dir.absolute()}/certs.sqlite3"
        )
        if self.database_password_file:
            try:
                password = self.database_password_file.read_text().strip()
            except OSError:
                raise SettingRefused(
                    field="DATABASE_PASSWORD_FILE", reason=N_("cannot be read")
                ) from None
            url = make_url(self.database_url).set(password=password)
            self.database_url = url.render_as_string(hide_password=False)
        self.public_url = self.public_url or f"http://127.0.0.1:{self.api_port}"
        self.console_url = self.console_url or f"http://127.0.0.1:{self.console_port}"


@cache
def settings() -> Settings:
    """The settings of this process.

    Raises SettingRefused, which names the environment variable, when one cannot be used.
    """
    try:
        return Settings()
    except ValidationError as refusal:
        first = refusal.errors()[0]
        raise SettingRefused(
            field=str(first["loc"][0]).upper(),
            reason=first["msg"].removeprefix("Value error, "),
        ) from None
