""".env.example names every setting there is, explains each, and shows values that work."""

import re
from pathlib import Path

from bot.settings import ENV_PREFIX, Settings, list_setting_names, load_settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / ".env.example").read_text("utf-8")
LINES = re.findall(rf"^#?({ENV_PREFIX}\w+)=(.*)$", TEXT, re.MULTILINE)


def test_it_names_exactly_the_settings_there_are() -> None:
    assert sorted(name for name, _ in LINES) == sorted(list_setting_names())


def test_every_setting_is_explained_just_above_its_line() -> None:
    paragraphs = [part.splitlines() for part in TEXT.strip().split("\n\n")[1:]]

    for *explanation, setting in paragraphs:
        assert re.match(rf"#?{ENV_PREFIX}", setting), setting
        assert explanation, setting
        assert all(line.startswith("# ") for line in explanation), setting


def test_copied_as_it_is_it_gives_the_settings_that_hold_without_it(tmp_path: Path) -> None:
    copy = tmp_path / ".env"
    copy.write_text(TEXT, "utf-8")

    assert load_settings(copy) == Settings(_env_file=None)  # type: ignore[call-arg]


def test_every_value_it_shows_can_be_used(tmp_path: Path) -> None:
    copy = tmp_path / ".env"
    copy.write_text("\n".join(f"{name}={value}" for name, value in LINES), "utf-8")

    settings = load_settings(copy)

    assert settings.admins == (100000001, 100000002)
    assert settings.listen == "127.0.0.1:9090"
    assert (ROOT / settings.course).is_file()


def test_the_values_it_shows_as_in_use_are_in_use() -> None:
    shown = {name.removeprefix(ENV_PREFIX).lower(): value for name, value in LINES}

    for name in ("database_url", "log_level", "api_url"):
        assert shown[name] == Settings.model_fields[name].default
