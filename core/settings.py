"""The user's settings: one dataclass, kept as JSON in the user's home, never in a project."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from core.atomic import write_text
from core.paths import home

VERSION = 1
Theme = Literal["system", "light", "dark"]
Language = Literal["system", "en", "zh_CN"]


@dataclass(frozen=True)
class Settings:
    """Everything a user can set; `keys` are "action=key" each, `other` keeps what a newer version wrote."""

    theme: Theme = "system"
    language: Language = "system"
    font_percent: int = 100
    colour_map: str = "inferno"
    point_size: int = 3
    reduced_motion: bool = False
    keep_zoom: bool = True
    restore_session: bool = True
    show_tips: bool = True
    operator: str = ""
    device: str = "auto"
    threads: int = 0
    cache_limit_gb: float = 20.0
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    software_gl: bool = False
    report_company: str = ""
    report_logo: str = ""
    report_language: Literal["window", "en", "zh_CN"] = "window"
    report_forms: tuple[str, ...] = ("html",)
    report_worst: int = 20
    report_anonymous: bool = False
    live_partner_s: float = 5.0
    live_missing: Literal["incomplete", "alone"] = "incomplete"
    live_newest_first: bool = False
    live_pictures: Literal["ng", "all", "none"] = "ng"
    live_csv: bool = True
    live_json: bool = True
    keys: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    other: dict[str, Any] = field(default_factory=dict)

    def with_changes(self, **changes: Any) -> Settings:
        """These settings with some values replaced."""
        return replace(self, **changes)


@dataclass(frozen=True)
class LoadedSettings:
    """Settings, and what was wrong in their file."""

    settings: Settings
    messages: tuple[str, ...] = ()


def settings_file() -> Path:
    """The file behind the settings."""
    return home() / "settings.json"


def load_settings(path: Path | None = None) -> LoadedSettings:
    """Read the settings; bad values fall back to their defaults with a message each."""
    path = path or settings_file()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except (OSError, ValueError) as problem:
        return LoadedSettings(Settings(), (f"{path} could not be read ({problem}); the defaults are used.",))
    if not isinstance(stored, dict):
        return LoadedSettings(Settings(), (f"{path} does not hold settings; the defaults are used.",))
    return _settled(stored)


def cache_limit_bytes() -> int:
    """How much a cache of a project may hold."""
    return max(0, int(load_settings().settings.cache_limit_gb * 1e9))


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings whole or not at all."""
    stored = {**settings.other, **asdict(settings), "version": VERSION}
    del stored["other"]
    write_text(path or settings_file(), json.dumps(stored, indent=2, ensure_ascii=False))


def language(settings: Settings) -> str:
    """The language in force, "en" or "zh_CN": INSPECTOR_LANG, then the setting, then the system's."""
    wish = os.environ.get("INSPECTOR_LANG") or settings.language
    if wish == "system":
        wish = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en"
    return "zh_CN" if wish.lower().startswith("zh") else "en"


def _settled(stored: dict[str, Any]) -> LoadedSettings:
    known = {entry.name: entry for entry in fields(Settings) if entry.name != "other"}
    hints = get_type_hints(Settings)
    good: dict[str, Any] = {}
    messages = []
    for name, value in stored.items():
        if name not in known:
            continue
        if isinstance(value, list):
            value = tuple(value)
        if _fits(value, hints[name]):
            good[name] = value
        else:
            messages.append(f"The setting {name} cannot be {value!r}; its default is used.")
    other = {name: value for name, value in stored.items() if name not in known and name != "version"}
    return LoadedSettings(Settings(**good, other=other), tuple(messages))


def _fits(value: Any, hint: Any) -> bool:
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(isinstance(entry, str) for entry in value)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)
