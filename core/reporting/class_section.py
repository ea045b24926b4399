"""One class in a report: verdicts, figures, the line and why, curves, defect types, parts, model."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from core.inspection import Verdict
from core.metrics.wilson import Rate
from core.phrase import say
from core.report import OPTIMISTIC, ClassReport, Counted
from core.reporting.markup import Markup, element, facts, joined, table
from core.reporting.numbers import percent, score, share
from core.reporting.parts_section import Speak, failures, overrides, pictures
from core.reporting.plots import PlotWords, histogram, precision_recall, roc
from core.reporting.regions_section import regions

FIGURES = {
    "image_auroc": say("Image AUROC"),
    "image_ap": say("Image AP"),
    "image_f1": say("Image F1, at its best"),
    "pixel_auroc": say("Pixel AUROC"),
    "aupro_30": say("AU-PRO to 30 %"),
    "aupro_10": say("AU-PRO to 10 %"),
    "aupro_05": say("AU-PRO to 5 %"),
    "aupro_01": say("AU-PRO to 1 %"),
}
PRESETS = {
    "max_f1": say("greatest F1"),
    "false_alarms": say("limited false alarms"),
    "recall_100": say("no missed defect"),
    "equal_error": say("equal error"),
    "good_only": say("good parts only"),
    "manual": say("set by hand"),
    "tolerance": say("tolerance of small regions"),
}
SOURCES = {
    "validation": say("validation parts"),
    "validation_and_left_out": say("validation parts and training parts left out in turn"),
    "test": say("test parts"),
    "leave_one_out": say("training parts left out one at a time"),
    "held_out": say("training parts that were held out"),
    "k_fold": say("training parts left out a fifth at a time"),
}


def class_section(entry: ClassReport, speak: Speak) -> Markup:
    """Everything about one class, in the order in which a reader asks."""
    missed, alarms = sum(p.is_missed for p in entry.parts), sum(p.is_false_alarm for p in entry.parts)
    shows = entry.shows
    return element(
        "section",
        element("h2", entry.class_name),
        _chosen(entry, speak),
        _verdicts(entry, speak),
        _rates(entry, speak),
        _line(entry, speak),
        _curves(entry, speak),
        _defects(entry, speak),
        pictures(say("Missed defects"), say("No defective part was called OK."), entry.missed, missed, speak)
        if shows.missed
        else None,
        pictures(say("False alarms"), say("No good part was called NG."), entry.false_alarms, alarms, speak)
        if shows.false_alarms
        else None,
        pictures(
            say("Highest scores"), say("Nothing was inspected."), entry.strangest, len(entry.strangest), speak
        )
        if shows.worst
        else None,
        regions(entry, speak),
        failures(entry, speak),
        overrides(entry, speak) if shows.overrides else None,
        _model(entry, speak),
    )


def _chosen(entry: ClassReport, speak: Speak) -> Markup | None:
    if not entry.shows.chosen:
        return None
    text = say("This report covers {count} chosen parts, not the whole test set.", count=len(entry.parts))
    return element("span", f"⚠ {speak(text)}", class_="badge")


def _verdicts(entry: ClassReport, speak: Speak) -> Markup:
    counts = {verdict: sum(part.final is verdict for part in entry.parts) for verdict in Verdict}
    tiles = [
        _tile(f"● {counts[Verdict.OK]}", speak(say("OK")), "ok"),
        _tile(f"◆ {counts[Verdict.NG]}", speak(say("NG")), "ng"),
    ]
    if counts[Verdict.REVIEW]:
        tiles.append(_tile(f"▲ {counts[Verdict.REVIEW]}", speak(say("Review")), "review"))
    figures = entry.figures.overall
    tiles.append(_tile(share(figures.image_auroc), speak(FIGURES["image_auroc"])))
    tiles.append(_tile(share(figures.aupro_30), speak(FIGURES["aupro_30"])))
    return element("div", *tiles, class_="tiles")


def _tile(figure: str, word: str, kind: str = "") -> Markup:
    return element("div", element("b", figure), element("span", word), class_=f"tile {kind}".strip())


def _line(entry: ClassReport, speak: Speak) -> Markup:
    title, line = element("h3", speak(say("Threshold"))), entry.line
    if line is None:
        return joined(title, element("p", speak(say("No threshold is set, so no part has a verdict."))))
    is_blind = line.preset == "manual" and not line.is_optimistic
    text = say(
        "A part is NG above {value}: {preset}, from {source}.",
        value=score(line.value),
        preset=PRESETS.get(line.preset, say(line.preset)),
        source=say("no data") if is_blind else SOURCES.get(line.data, say(line.data)),
    )
    badge = element("span", f"⚠ {speak(OPTIMISTIC)}", class_="badge")
    return joined(title, element("p", speak(text)), badge if line.is_optimistic else None)


def _rates(entry: ClassReport, speak: Speak) -> Markup:
    """The figures, and under a title of their own those by what people said where both are wanted."""
    first = Counted(entry.figures, entry.confusion, entry.by_defect)
    title = say("Figures by what people said") if entry.labels == "reviewed" else say("Figures")
    if entry.reviewed is None:
        return joined(_figures(title, first, speak), _notes(entry, speak), _lacking(entry, speak))
    return joined(
        _figures(say("Figures by the imported truth"), first, speak),
        _lacking(entry, speak),
        _figures(say("Figures by what people said"), entry.reviewed, speak),
        _notes(entry, speak),
        _kinds(say("Defect types by what people said, worst first"), entry.reviewed, speak),
    )


def _notes(entry: ClassReport, speak: Speak) -> Markup | None:
    told = [element("p", speak(note), class_="quiet") for note in entry.notes]
    return joined(*told) if told else None


def _figures(head: str, counted: Counted, speak: Speak) -> Markup:
    rows: list[tuple[object, ...]] = []
    if counted.confusion is not None:
        rates: dict[str, Rate] = {
            say("Defective parts found"): counted.confusion.recall,
            say("False alarms among good parts"): counted.confusion.false_alarm_rate,
            say("Truly defective among NG"): counted.confusion.precision,
        }
        rows = [(speak(name), percent(rate)) for name, rate in rates.items()]
    values = asdict(counted.figures.overall)
    figures: list[tuple[object, ...]] = [(speak(name), share(values[key])) for key, name in FIGURES.items()]
    note = say(
        "Over {good} good and {bad} defective test parts; rates with counts and 95 % Wilson interval.",
        good=counted.figures.good,
        bad=counted.figures.bad,
    )
    title = element("h3", speak(head))
    tables = (
        table((speak(say("Verdicts")), speak(say("Value"))), rows) if rows else None,
        table((speak(say("Parts")), speak(say("Value"))), figures[:3]),
        table((speak(say("Pixels")), speak(say("Value"))), figures[3:]),
    )
    note_line = element("p", speak(note), class_="quiet")
    return joined(title, element("div", *tables, class_="pair"), note_line)


def _lacking(entry: ClassReport, speak: Speak) -> Markup | None:
    if entry.figures.bad:
        return None
    return element("p", speak(say("Without defective parts, missed defects cannot be estimated.")))


def _curves(entry: ClassReport, speak: Speak) -> Markup:
    scored = [part for part in entry.parts if part.score is not None]
    good = [part.score for part in scored if part.is_good is True and part.score is not None]
    bad = [part.score for part in scored if part.is_good is False and part.score is not None]
    words = PlotWords(
        speak(say("score")),
        speak(say("good parts")),
        speak(say("defective parts")),
        speak(say("false alarms")),
        speak(say("found")),
        speak(say("truly defective among NG")),
    )
    line = entry.line.value if entry.line else None
    plots = element(
        "div",
        histogram(good, bad, line, words),
        roc(good, bad, line, words),
        precision_recall(good, bad, line, words),
        class_="plots",
    )
    return joined(element("h3", speak(say("Scores"))), plots)


def _defects(entry: ClassReport, speak: Speak) -> Markup | None:
    counted = Counted(entry.figures, entry.confusion, entry.by_defect)
    return _kinds(say("Defect types, worst first"), counted, speak)


def _kinds(title: str, counted: Counted, speak: Speak) -> Markup | None:
    if not counted.by_defect:
        return None
    head = tuple(
        speak(word)
        for word in (say("Defect type"), say("Found"), FIGURES["image_auroc"], FIGURES["aupro_30"])
    )
    rows: list[tuple[object, ...]] = []
    for row in counted.by_defect:
        figures = counted.figures.defects.get(row.defect)
        auroc, pro = (figures.image_auroc, figures.aupro_30) if figures else (None, None)
        rows.append((row.defect, percent(row.recall), share(auroc), share(pro)))
    return joined(element("h3", speak(title)), table(head, rows))


def _seen_by(entry: ClassReport, speak: Speak) -> str:
    """By which sensors its parts were judged; a part that nobody judged tells nothing."""
    ways = dict.fromkeys(part.seen_by for part in entry.parts if part.sensors)
    return " · ".join(map(speak, ways)) or "–"


def _model(entry: ClassReport, speak: Speak) -> Markup:
    model, told = entry.model, entry.model.provenance
    rows: list[tuple[object, object]] = [
        (speak(say("Model")), f"{model.name} ({model.method})"),
        (speak(say("Sensors")), _seen_by(entry, speak)),
        (speak(say("Trained")), f"{model.made:%Y-%m-%d %H:%M} UTC · {model.seconds:.1f} s"),
        (speak(say("Training parts")), speak(say("{count} good parts", count=model.trained_on))),
        (speak(say("Fingerprint of training data")), model.data_hash),
        (speak(say("Fingerprint of test data")), entry.data_hash),
        (speak(say("Seed")), model.seed),
        (speak(say("Parameters")), _plain(model.config)),
        (speak(say("Preparation")), _plain(told.get("preprocess", {}))),
        (speak(say("Weights")), _plain(told.get("weights", {})) or speak(say("none needed"))),
        (speak(say("Made with")), _plain(told.get("versions", {}))),
        (speak(say("Device and threads")), f"{told.get('device', '–')}, {told.get('threads', '–')}"),
    ]
    rows += [(speak(say("Left out")), lost["reason"]) for lost in told.get("left_out", ())]
    stale = element(
        "span", f"⚠ {speak(say('Stale: data or preparation have changed since'))}", class_="badge"
    )
    title = element("h3", speak(say("Model and data")))
    return joined(
        title, stale if model.is_stale else None, facts(rows), element("p", speak(_repeated(entry)))
    )


def _repeated(entry: ClassReport) -> str:
    if not entry.repeat.tried:
        return say("No part was inspected a second time for this report.")
    if entry.repeat.same == entry.repeat.tried:
        return say(
            "{count} parts were inspected again for this report: the same scores, bit for bit.",
            count=entry.repeat.tried,
        )
    return say(
        "{count} of {all} parts inspected again scored differently: program, data or device changed since.",
        count=entry.repeat.tried - entry.repeat.same,
        all=entry.repeat.tried,
    )


def _plain(values: dict[str, Any]) -> str:
    told = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
    return ", ".join(f"{key} {value}" for key, value in told.items())
