"""Check a folder of parts and take it into a project; nothing is written to the source."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.commands.context import Context
from core.datasets.convention import ScanOptions
from core.datasets.folder_rule import FolderRule
from core.datasets.layout import CONVENTIONS
from core.errors import ExitCode, WrongUse
from core.language import speaker
from core.phrase import say
from core.project.project import Project
from core.tasks.import_folder import Checked, ImportWish, check_folder, import_folder, usable

UNITS = {"m": 1.0, "mm": 0.001}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to import, how to read it, and where to."""
    parser.add_argument("source", type=Path, metavar="SRC", help="the folder that holds the parts")
    layouts = ("auto", *(convention.key for convention in CONVENTIONS))
    parser.add_argument("--layout", choices=layouts, default="auto", help="how its folders are laid out")
    parser.add_argument("--out", type=Path, metavar="PROJECT", help="the project's folder")
    parser.add_argument("--check-only", action="store_true", help="say what is wrong and import nothing")
    parser.add_argument("--class", dest="classes", action="append", metavar="NAME", help="only this class")
    parser.add_argument("--unit", choices=tuple(UNITS), default="m", help="unit of clouds of own folders")
    parser.add_argument("--light", type=int, default=4, help="which light of Eyecandies")
    parser.add_argument(
        "--image-rule", default="", help="own folders, such as {class}/{split}/{label}/{id}.png"
    )
    parser.add_argument("--cloud-rule", default="", help="the same for clouds")
    parser.add_argument("--mask-rule", default="", help="the same for masks")


def run(args: argparse.Namespace, context: Context) -> int:
    """Check, tell, import."""
    if args.out is None and not args.check_only:
        raise WrongUse(
            say("Where to import to was not said."), remedy=say("Add --out PROJECT or --check-only.")
        )
    checked = check_folder(_wish(args), context.monitor, args.out)
    _tell(checked, context)
    values = {
        **checked.check.as_dict(),
        "layout": checked.found.layout,
        "classes": list(checked.found.classes),
    }
    if args.check_only:
        context.console.result(values)
        return ExitCode.DONE if checked.check.ready else ExitCode.DATA
    taken = _import(args.out, checked, context)
    context.console.result({**values, "imported": taken, "project": str(args.out)})
    context.console.say(say("{count} samples imported into {folder}", count=taken, folder=args.out))
    return ExitCode.DONE


def _wish(args: argparse.Namespace) -> ImportWish:
    rules = (args.image_rule, args.cloud_rule, args.mask_rule)
    rule = FolderRule(*rules) if any(rules) else None
    options = ScanOptions(metres_per_unit=UNITS[args.unit], light=args.light, rule=rule)
    return ImportWish(args.source, args.layout, options, tuple(args.classes or ()))


def _tell(checked: Checked, context: Context) -> None:
    speak = speaker(context.console.language)
    context.console.say(
        say("Recognised: {title} ({reason})", title=checked.found.title, reason=checked.found.reason)
    )
    for finding in checked.check.findings:
        context.console.say(f"{speak(finding.severity)}: {speak(finding.message)} {speak(finding.remedy)}")
    context.console.say(
        say(
            "{errors} errors, {warnings} warnings, {ready} of {all} samples ready",
            errors=checked.check.count("error"),
            warnings=checked.check.count("warning"),
            ready=checked.check.ready,
            all=checked.check.samples,
        )
    )


def _import(folder: Path, checked: Checked, context: Context) -> int:
    usable(checked)
    if not (folder / "project.sqlite").exists():
        Project.create(folder).close()
    with context.project(folder) as project:
        return len(import_folder(project, checked))
