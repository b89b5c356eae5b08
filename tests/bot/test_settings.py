"""Settings: all mistakes at once, misspelt names noticed, the token never shown."""

from pathlib import Path

import pytest

from bot.settings import DEFAULT_COURSE, Settings, SettingsError, list_setting_names, load_settings

TOKEN = "123456789:AAF-canary_canary_canary_canary_0123"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests."""
    for name in list_setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"TUTORBOT_{name.upper()}", value)
    return load_settings()


def problems(monkeypatch: pytest.MonkeyPatch, **values: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as refused:
        given(monkeypatch, **values)
    assert all(problem in str(refused.value) for problem in refused.value.problems)
    return refused.value.problems


def test_without_any_setting_there_are_sensible_ones() -> None:
    settings = load_settings()

    assert settings.token is None
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/tutorbot.db"
    assert settings.course == DEFAULT_COURSE
    assert settings.admins == ()
    assert settings.listen is None
    assert settings.log_level == "INFO"
    assert settings.cohorts_per_facilitator == 100


def test_every_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(
        monkeypatch,
        token=TOKEN,
        api_url="http://127.0.0.1:8081/",
        database_url="sqlite:////var/lib/tutor.db",
        course="other/modules.yaml",
        admins="1, 2;3 4",
        listen="127.0.0.1:9090",
        log_level="debug",
        contact="@somebody",
        cohorts_per_facilitator="1000",
    )

    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.api_url == "http://127.0.0.1:8081"
    assert settings.course == Path("other/modules.yaml")
    assert settings.admins == (1, 2, 3, 4)
    assert settings.log_level == "DEBUG"
    assert settings.contact == "@somebody"
    assert settings.cohorts_per_facilitator == 1000


def test_the_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "TUTORBOT_LOG_LEVEL=ERROR\nTUTORBOT_ADMINS=7\nOTHER_PROGRAM=1\n", encoding="utf-8"
    )

    settings = given(monkeypatch, log_level="DEBUG")

    assert (settings.log_level, settings.admins) == ("DEBUG", (7,))


def test_all_problems_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = problems(
        monkeypatch,
        token="12:short",
        api_url="api.telegram.org",
        database_url="tutor.db",
        admins="1,@ada",
        listen="9090",
        log_level="LOUD",
        cohorts_per_facilitator="0",
        tokn="1",
    )

    assert [problem.split(":")[0] for problem in found] == [
        "TUTORBOT_TOKN", "TUTORBOT_TOKEN", "TUTORBOT_API_URL", "TUTORBOT_DATABASE_URL",
        "TUTORBOT_ADMINS", "TUTORBOT_LISTEN", "TUTORBOT_LOG_LEVEL",
        "TUTORBOT_COHORTS_PER_FACILITATOR",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "number", ["1" + "0" * 29, "9" * 5_000, str(2**52), "0", "-5", "1.5"], ids=lambda n: n[:20]
)
def test_a_number_that_no_user_can_have_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    found = problems(monkeypatch, admins=f"7,{number},@ada,8", listen="9090")

    admins, listen = found
    assert admins.startswith("TUTORBOT_ADMINS: entries 2, 3 cannot be a Telegram user id: write")
    assert admins.endswith(" numbers from 1 to 4503599627370495, commas between")
    assert listen.startswith("TUTORBOT_LISTEN: is not host:port")
    assert given(monkeypatch, admins=str(2**52 - 1), listen="").admins == (2**52 - 1,)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("TOKN", "TOKEN"), ("DATABASE_URI", "DATABASE_URL"), ("LOGLEVEL", "LOG_LEVEL")],
)
def test_a_misspelt_name_is_noticed(monkeypatch: pytest.MonkeyPatch, name: str, meant: str) -> None:
    (problem,) = problems(monkeypatch, **{name: "1"})

    assert problem == (f"TUTORBOT_{name}: there is no such setting; did you mean TUTORBOT_{meant}?")


def test_a_misspelt_name_in_the_file_is_noticed_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("TUTORBOT_CORSE=x\n", encoding="utf-8")

    (problem,) = problems(monkeypatch)

    assert "did you mean TUTORBOT_COURSE?" in problem


@pytest.mark.parametrize(
    "token",
    [TOKEN.replace(":", " "), f"bot{TOKEN}", f"{TOKEN}/getMe", f'"{TOKEN}', TOKEN + "\u0430"],
)
def test_a_token_that_is_wrong_is_not_shown(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    with pytest.raises(SettingsError) as refused:
        given(monkeypatch, token=token)

    assert "canary" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert "copy it from BotFather" in str(refused.value)


def test_a_token_in_the_wrong_place_is_not_shown_either(monkeypatch: pytest.MonkeyPatch) -> None:
    said = problems(
        monkeypatch, admins=TOKEN, listen=TOKEN, api_url=TOKEN, database_url=TOKEN, log_level=TOKEN
    )

    assert len(said) == 5
    assert "canary" not in " ".join(said)


def test_settings_show_no_token_when_they_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, token=TOKEN)

    assert "canary" not in repr(settings)
    assert "canary" not in str(settings.model_dump())


@pytest.mark.parametrize("name", ["token", "listen", "contact"])
def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert getattr(given(monkeypatch, **{name: " "}), name) is None


@pytest.mark.parametrize("listen", ["127.0.0.1:99999", "[::1]:70000", "localhost:0x50"])
def test_a_port_that_does_not_exist_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, listen: str
) -> None:
    (problem,) = problems(monkeypatch, listen=listen)

    assert problem.startswith("TUTORBOT_LISTEN: is not host:port")


def test_every_setting_stands_in_the_example() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")

    for name in list_setting_names():
        assert f"{name}=" in example
