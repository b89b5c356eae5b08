"""Settings from environment variables and `.env`; all problems are reported at once."""

import difflib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.callback_data import LARGEST_ID, parse_id

ENV_PREFIX = "TUTORBOT_"

# Bot API: the bot's id, a colon, and at least 30 letters, digits, _ or -.
_TOKEN = re.compile(r"\d{3,}:[\w-]{30,}", re.ASCII)
_DATABASE = re.compile(r"sqlite:///.+|postgres(?:ql)?://.+")
_LISTEN = re.compile(r"[\w.:\[\]-]+:\d{1,5}")
_LAST_PORT = 65_535
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

DEFAULT_COURSE = Path(__file__).parent.parent / "course" / "modules.yaml"


class SettingsError(Exception):
    """The settings are invalid; lists all problems.

    Attributes:
        problems: one line each: the variable, what is wrong, and what to do.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"The settings have problems:\n{listed}\nSee .env.example.")


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings that bound what people may do.

    Attributes:
        cohorts_per_facilitator: cohorts that one may lead, those that are over not counted.
    """

    cohorts_per_facilitator: int = 100


class Settings(BaseSettings):
    """Every setting; `.env.example` explains them to operators."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, env_file=".env", extra="ignore")

    token: SecretStr | None = None
    api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///data/tutorbot.db"
    course: Path = DEFAULT_COURSE
    admins: Annotated[tuple[int, ...], NoDecode] = ()
    listen: str | None = None
    log_level: str = "INFO"
    contact: str | None = Field(default=None, max_length=200)
    cohorts_per_facilitator: int = Limits().cohorts_per_facilitator

    @property
    def limits(self) -> Limits:
        """The limits among them."""
        return Limits(self.cohorts_per_facilitator)

    @field_validator("token", "listen", "contact", mode="before")
    @classmethod
    def _treat_empty_as_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("token")
    @classmethod
    def _validate_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            reason = "is not a bot token: copy it from BotFather; it looks like 123456:ABC-DEF..."
            raise ValueError(reason)
        return value

    @field_validator("api_url")
    @classmethod
    def _validate_api_url(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s?#]+", value):
            reason = "is not an address: write for example https://api.telegram.org"
            raise ValueError(reason)
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _validate_database_url(cls, value: str) -> str:
        if not _DATABASE.fullmatch(value):
            reason = "names no database: write sqlite:///data/tutorbot.db or postgresql://..."
            raise ValueError(reason)
        return value

    @field_validator("admins", mode="before")
    @classmethod
    def _parse_admins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part for part in re.split(r"[,;\s]+", value) if part]
        wrong = [str(number) for number, part in enumerate(parts, 1) if not _is_user_id(part)]
        if wrong:  # not shown: it may be a token
            them = "entry" if len(wrong) == 1 else "entries"
            which = f"{them} {', '.join(wrong)} cannot be a Telegram user id"
            reason = f"{which}: write numbers from 1 to {LARGEST_ID}, commas between"
            raise ValueError(reason)
        return tuple(map(int, parts))

    @field_validator("listen")
    @classmethod
    def _validate_listen(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not _LISTEN.fullmatch(value) or int(value.rpartition(":")[2]) > _LAST_PORT:
            reason = "is not host:port: write for example 127.0.0.1:9090"
            raise ValueError(reason)
        return value

    @field_validator("cohorts_per_facilitator", mode="before")
    @classmethod
    def _cohorts_are_a_number(cls, value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(r"[1-9]\d{0,2}|1000", value, re.ASCII):
            reason = "is not a number from 1 to 1000: write for example 100"
            raise ValueError(reason)
        return value

    @field_validator("log_level")
    @classmethod
    def _validate_log_level(cls, value: str) -> str:
        if value.upper() not in _LEVELS:
            reason = f"is not a level: write one of {', '.join(_LEVELS)}"
            raise ValueError(reason)
        return value.upper()


def load_settings(env_file: Path = Path(".env")) -> Settings:
    """Read the settings from the environment and `env_file`; the environment wins.

    Raises:
        SettingsError: with every problem found.
    """
    problems = list(_find_unknown_names(os.environ, env_file))
    try:
        settings = Settings(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        problems += map(_format_problem, error.errors(include_input=False, include_url=False))
        raise SettingsError(problems) from None  # the cause would print the values
    if problems:
        raise SettingsError(problems)
    return settings


def list_setting_names() -> tuple[str, ...]:
    """List the names of all environment variables for settings."""
    return tuple(f"{ENV_PREFIX}{name.upper()}" for name in Settings.model_fields)


def _is_user_id(text: str) -> bool:
    """Whether `text` is a number that Telegram may give to a user."""
    return (parse_id(text) or 0) >= 1


def _find_unknown_names(environment: Mapping[str, str], env_file: Path) -> Iterable[str]:
    names = {*environment, *(dotenv_values(env_file) if env_file.is_file() else ())}
    known = list_setting_names()
    for name in sorted(names):
        if not name.upper().startswith(ENV_PREFIX) or name.upper() in known:
            continue
        near = difflib.get_close_matches(name.upper(), known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
        yield f"{name}: there is no such setting; {hint}"


def _format_problem(problem: Mapping[str, object]) -> str:
    location = problem["loc"]
    assert isinstance(location, tuple), "pydantic gives a path"
    reason = str(problem["msg"]).removeprefix("Value error, ")
    return f"{ENV_PREFIX}{str(location[0]).upper()}: {reason}"
