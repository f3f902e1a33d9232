"""Settings: defaults that work, one clear line for a wrong value, keys made once."""

import stat
from pathlib import Path

import pytest

from webui.config import Config, ConfigInvalid, ensure_keys


@pytest.fixture
def home(tmp_path: Path) -> Path:
    ensure_keys(tmp_path)
    return tmp_path


def read(home: Path, **more: str) -> Config:
    return Config.from_env({"DISPOSISI_HOME": str(home), **more})


def test_nothing_but_a_data_folder_is_needed(home: Path) -> None:
    config = read(home)
    assert config.database == f"sqlite:///{home}/disposisi.db"
    assert config.base_url == "http://127.0.0.1:8000" and not config.secure
    assert config.smtp_url is None and config.trusted_proxies == ()


def test_keys_are_made_once_and_only_for_their_owner(home: Path) -> None:
    before = read(home)
    ensure_keys(home)
    assert read(home) == before
    assert {stat.S_IMODE(key.stat().st_mode) for key in (home / "keys").iterdir()} == {0o600}


def test_two_installations_have_different_keys(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    ensure_keys(other)
    assert read(other).secret_key != read(home).secret_key
    assert read(other).keys.pepper != read(home).keys.pepper


def test_secrets_are_not_shown(home: Path) -> None:
    config = read(home, DISPOSISI_SMTP_URL="smtp://me:hidden@mail:25")
    assert config.secret_key not in repr(config) and "hidden" not in repr(config) and "pepper" not in repr(config)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DISPOSISI_DATABASE", "mysql://x"),
        ("DISPOSISI_QUEUE", "amqp://x"),
        ("DISPOSISI_SECRET_KEY", "short"),
        ("DISPOSISI_DATA_KEYS", "k1:not base64"),
        ("DISPOSISI_DATA_KEYS", "pepper:YQ=="),
        ("DISPOSISI_BASE_URL", "disposisi.go.id"),
        ("DISPOSISI_TRUSTED_PROXIES", "everybody"),
        ("DISPOSISI_CLAMAV", "scanner"),
        ("DISPOSISI_SMTP_URL", "mail"),
        ("PORT", "http"),
        ("PORT", "70000"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(home: Path, variable: str, value: str) -> None:
    with pytest.raises(ConfigInvalid) as refused:
        read(home, **{variable: value})
    assert str(refused.value).startswith(variable) and "\n" not in str(refused.value)


def test_without_keys_the_answer_is_to_run_init(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid, match="disposisi init"):
        read(tmp_path)
