"""What a headless command says: progress, results and failures, as lines or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from core.errors import InspectionError
from core.language import speaker
from core.monitor import Progress

_EVERY_S = 0.2
_EVERY_S_IN_A_FILE = 10.0


@dataclass
class Console:
    """Results go to stdout, progress and failures to stderr; with `is_json` all goes to stdout."""

    is_json: bool = False
    is_quiet: bool = False
    language: str = "en"
    _last: float = field(default=-1e9, init=False)
    _stage: str = field(default="", init=False)
    _is_line_open: bool = field(default=False, init=False)

    def progress(self, progress: Progress) -> None:
        """Tell how far the work is, not more often than anybody can read."""
        is_new_stage = progress.stage_name != self._stage
        rate = _EVERY_S if self.is_json or sys.stderr.isatty() else _EVERY_S_IN_A_FILE
        if self.is_quiet or (monotonic() - self._last < rate and not is_new_stage):
            return
        self._last, self._stage = monotonic(), progress.stage_name
        if self.is_json:
            self._line(_progress_values(progress))
        elif sys.stderr.isatty():
            print(f"\r\033[K{self._said(progress)}", end="", file=sys.stderr, flush=True)
            self._is_line_open = True
        else:
            print(self._said(progress), file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        """A sentence for a human; nothing in JSON, where results speak for themselves."""
        if not self.is_json and not self.is_quiet:
            self._close_line()
            print(speaker(self.language)(text))

    def notice(self, text: str) -> None:
        """Something the user must know though nothing failed."""
        if self.is_json:
            self._line({"type": "notice", "message": speaker(self.language)(text)})
        elif not self.is_quiet:
            self._close_line()
            print(speaker(self.language)(text), file=sys.stderr)

    def ahead(self, values: Mapping[str, Any], text: str) -> None:
        """What long work will take, told before it starts."""
        if self.is_json:
            self._line(values)
        else:
            self.notice(text)

    def result(self, values: Mapping[str, Any], text: str = "") -> None:
        """What the command was asked for."""
        if self.is_json:
            self._line({"type": "result", **values})
        elif text and not self.is_quiet:
            self._close_line()
            print(text)

    def failure(self, problem: InspectionError) -> None:
        """What happened and what to do."""
        speak = speaker(self.language)
        message, remedy = speak(problem.message), speak(problem.remedy)
        self._close_line()
        if self.is_json:
            self._line(
                {"type": "error", "message": message, "remedy": remedy, "exit_code": int(problem.exit_code)}
            )
        else:
            print(f"{message} {remedy}".strip(), file=sys.stderr)

    def _said(self, progress: Progress) -> str:
        speak = speaker(self.language)
        stages = (
            f"{progress.stage}/{progress.stages} {speak(progress.stage_name)}  "
            if progress.stage_name
            else ""
        )
        count = f"{progress.done}/{progress.total}  " if progress.total else ""
        return f"{stages}{count}{speak(progress.text)}"

    def _line(self, values: Mapping[str, Any]) -> None:
        print(json.dumps(values, ensure_ascii=False), flush=True)

    def _close_line(self) -> None:
        if self._is_line_open:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._is_line_open = False


def _progress_values(progress: Progress) -> dict[str, Any]:
    return {
        "type": "progress",
        "done": progress.done,
        "total": progress.total,
        "text": str(progress.text),
        "stage": progress.stage,
        "stages": progress.stages,
        "stage_name": str(progress.stage_name),
    }
