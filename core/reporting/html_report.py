"""A report as one HTML file that needs neither network nor program."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict
from importlib.resources import files

from core.inspection import Verdict
from core.language import speaker
from core.phrase import say
from core.report import Report
from core.reporting.class_section import FIGURES, class_section
from core.reporting.markup import Markup, element, facts, joined, table
from core.reporting.numbers import share

Speak = Callable[[str], str]


def html_report(report: Report, language: str = "en") -> str:
    """The whole page; two reports of the same state differ in nothing but the time."""
    speak = speaker(language)
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", report.title),
        element("style", Markup(_style())),
    )
    body = element(
        "main",
        _header(report, speak),
        _overview(report, speak),
        *(class_section(entry, speak) for entry in report.classes),
        _how(report, speak),
    )
    page = element("html", head, element("body", body), lang=language.replace("_", "-"))
    return f"<!DOCTYPE html>\n{page}\n"


def _style() -> str:
    return (files("resources") / "report" / "report.css").read_text(encoding="utf-8")


def _header(report: Report, speak: Speak) -> Markup:
    made = speak(say("Made {time} UTC", time=f"{report.made:%Y-%m-%d %H:%M}"))
    title = element("header", element("h1", report.title), element("p", made))
    return joined(_letterhead(report), title)


def _letterhead(report: Report) -> Markup | None:
    head = report.letterhead
    if not head.company and not head.logo:
        return None
    source = f"data:image/png;base64,{b64encode(head.logo).decode()}"
    logo = element("img", src=source, alt=head.company) if head.logo else None
    return element("div", logo, element("span", head.company), class_="letterhead")


def _overview(report: Report, speak: Speak) -> Markup:
    """One row for each class, and their mean."""
    keys = ("image_auroc", "image_f1", "pixel_auroc", "aupro_30", "aupro_01")
    head = (
        speak(say("Class")),
        f"● {speak(say('OK'))}",
        f"◆ {speak(say('NG'))}",
        *(speak(FIGURES[key]) for key in keys),
    )
    rows: list[tuple[object, ...]] = []
    for entry in report.classes:
        values = asdict(entry.figures.overall)
        counts = [sum(part.final is verdict for part in entry.parts) for verdict in (Verdict.OK, Verdict.NG)]
        as_reviewed = speak(say("{name}, as reviewed", name=entry.class_name))
        name = as_reviewed if entry.labels == "reviewed" else entry.class_name
        rows.append((name, *counts, *(share(values[key]) for key in keys)))
        if entry.reviewed is not None:
            values = asdict(entry.reviewed.figures.overall)
            rows.append((as_reviewed, *counts, *(share(values[key]) for key in keys)))
    if len(report.classes) > 1:
        mean = asdict(report.mean)
        rows.append((speak(say("Mean")), "", "", *(share(mean[key]) for key in keys)))
    return element("div", table(head, rows), class_="wide")


def _deterministic(device: str) -> str:
    if device == "cpu":
        return say("yes: the same scores bit for bit on this device and number of threads")
    return say("not bit for bit: this device adds numbers in another order each time")


def _how(report: Report, speak: Speak) -> Markup:
    """What a reader needs to get the same numbers."""
    here = report.here
    machine = here.get("machine", {})
    rows: list[tuple[object, object]] = [
        (speak(say("Program")), f"Inspector {here.get('product', '')}"),
        (
            speak(say("Libraries")),
            ", ".join(f"{key} {value}" for key, value in here.get("versions", {}).items()),
        ),
        (speak(say("Machine")), ", ".join(str(value) for value in machine.values())),
        (speak(say("Device and threads")), f"{here.get('device', '–')}, {here.get('threads', '–')}"),
        (speak(say("Deterministic")), speak(_deterministic(str(here.get("device", ""))))),
    ]
    statement = say(
        "The same data, parameters, seed, device, number of threads and versions give the same scores; "
        "on a processor bit for bit."
    )
    return element(
        "section",
        element("h2", speak(say("How to repeat this"))),
        element("pre", joined("\n".join(report.commands))),
        element("p", speak(statement)),
        facts(rows),
    )
