"""Own folders by rule: patterns that say where class, split, label and id stand in a path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.datasets.listing import walk
from core.datasets.placed import FileKind, Placed, join, label_of, split_of
from core.errors import WrongUse
from core.phrase import say
from core.sample import SampleRef

FIELDS = ("class", "split", "label", "id")
TOKEN = re.compile(r"\{([^{}]*)\}|(\*\*/?|\*|\?)")


@dataclass(frozen=True)
class FolderRule:
    """Where the files of a part lie below the root: `"{class}/{split}/{label}/rgb/{id}.png"`.

    `{...}` stands for a name without a slash, `*` and `?` for parts of one, `**/` for folders of any depth.
    What no pattern names falls back: the class is the root's name, and words such as ok, ng, good, train
    or 合格 in place of {split} and {label} are understood.
    """

    image: str = ""
    cloud: str = ""
    mask: str = ""

    def __post_init__(self) -> None:
        if not self.image and not self.cloud:
            raise WrongUse(
                say("The rule names neither images nor clouds."),
                remedy=say("Give a pattern such as {example}.", example="{label}/{id}.png"),
            )
        for pattern in (self.image, self.cloud, self.mask):
            if pattern:
                expression(pattern)

    def scan(self, root: Path, layout: str, metres_per_unit: float) -> list[SampleRef]:
        """The parts below `root`; image, cloud and mask are paired by class, split, label and id."""
        return join(self._placed(root), layout, metres_per_unit)

    def _placed(self, root: Path) -> Iterator[Placed]:
        named: tuple[tuple[FileKind, str], ...] = (
            ("mask", self.mask),
            ("cloud", self.cloud),
            ("rgb", self.image),
        )
        rules = [(kind, expression(pattern)) for kind, pattern in named if pattern]
        for path in walk(root):
            place = path.relative_to(root).as_posix()
            for kind, rule in rules:
                match = rule.fullmatch(place)
                if match:
                    yield _place(path, kind, match.groupdict(), root.name)
                    break


def expression(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression; raises WrongUse where it names an unknown field or no id."""
    parts, seen, at = [], set[str](), 0
    for token in TOKEN.finditer(pattern):
        parts.append(re.escape(pattern[at : token.start()]))
        at = token.end()
        name = token[1]
        if name is None:
            parts.append({"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}[token[2]])
        elif name not in FIELDS:
            raise _bad_pattern(pattern)
        else:
            parts.append(f"(?P={name}_)" if name in seen else f"(?P<{name}_>[^/]+?)")
            seen.add(name)
    if "id" not in seen:
        raise _bad_pattern(pattern)
    return re.compile("".join(parts) + re.escape(pattern[at:]), re.IGNORECASE)


def _bad_pattern(pattern: str) -> WrongUse:
    return WrongUse(
        say("The pattern {pattern} cannot be followed.", pattern=pattern),
        remedy=say(
            "It needs {needed} and may hold {allowed}.", needed="{id}", allowed="{class} {split} {label}"
        ),
    )


def _place(path: Path, kind: FileKind, found: dict[str, str], root_name: str) -> Placed:
    split, label = found.get("split_"), found.get("label_")
    return Placed(
        path,
        kind,
        found["id_"],
        found.get("class_") or root_name,
        split_of(split) if split else None,
        label_of(label) if label else None,
    )
