"""A report of chosen parts, with chapters left out, without folders, and with a company's head."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from core.commands.entry import main
from core.errors import WrongUse
from core.monitor import Monitor
from core.phrase import say
from core.project.project import Project
from core.project.records import ModelRecord
from core.report import Shows
from core.reporting.html_report import html_report
from core.reporting.pdf_report import write_pdf
from core.settings import Settings
from core.tasks.anonymise import anonymised
from core.tasks.evaluate import evaluate
from core.tasks.letterhead import letterhead_of
from core.tasks.make_report import ReportWish, make_report
from core.tasks.report_data import report_data
from core.tasks.report_files import ReportForms, write_report_files
from core.tasks.set_threshold import ThresholdWish, set_threshold
from tests.core.tasks.conftest import COMPUTE


@pytest.fixture
def lined(project: Project, model: ModelRecord) -> Project:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    set_threshold(project, model, ThresholdWish(), Monitor())
    return project


def made(project: Project, **wish: object) -> object:
    return make_report(project, ["bagel"], COMPUTE, Monitor(), replace(ReportWish(), **wish))  # type: ignore[arg-type]


def test_a_report_of_chosen_parts_is_about_them_alone_and_says_so(lined: Project) -> None:
    chosen = tuple(record.name for record in lined.samples("bagel", "test")[:3])
    before = lined.models("bagel")[0].figures
    report = made(lined, samples=chosen)
    assert [part.name for part in report.classes[0].parts] == list(chosen)
    assert report.classes[0].figures.good + report.classes[0].figures.bad == 3
    assert "covers 3 chosen parts" in html_report(report)
    assert report.commands[-1].count("--sample") == 3
    assert lined.models("bagel")[0].figures == before


def test_a_part_that_is_not_there_is_refused(lined: Project) -> None:
    with pytest.raises(WrongUse, match="no part bagel/test/x/1"):
        made(lined, samples=("bagel/test/x/1",))


def test_chapters_that_nobody_wants_are_left_out_and_the_command_says_so(lined: Project) -> None:
    shows = Shows(missed=False, false_alarms=False, regions=False, overrides=False)
    report = made(lined, shows=shows, strangest=0)
    page = html_report(report)
    for title in ("Missed defects", "False alarms ·", "Highest scores", "Marked regions", "Reviewed by"):
        assert title not in page
    assert "Missed defects" in html_report(made(lined))
    assert shlex.split(report.commands[-1])[-9:] == [
        "0", *("--without", "missed"), *("--without", "false-alarms"),
        *("--without", "regions"), *("--without", "overrides"),
    ]  # fmt: skip


def test_an_anonymous_report_names_no_folder_of_this_machine(lined: Project, source: Path) -> None:
    secret = str(source.resolve())
    plain = made(lined)
    odd = replace(plain.classes[0].parts[0], failure=say("{path} cannot be read", path=f"{secret}/x.png"))
    plain = replace(plain, classes=(replace(plain.classes[0], parts=(odd,)),))
    assert secret in json.dumps(report_data(plain), ensure_ascii=False)

    told = anonymised(plain, lined)

    assert told.classes[0].parts[0].failure.endswith("x.png cannot be read")
    for text in (html_report(told), json.dumps(report_data(told), ensure_ascii=False)):
        assert secret not in text
    assert made(lined, anonymous=True).commands[-1].endswith("--anonymous")


@pytest.mark.slow
def test_line_and_logo_of_the_company_stand_over_page_and_pdf(lined: Project, tmp_path: Path) -> None:
    Image.new("RGB", (300, 100), "red").save(tmp_path / "logo.jpg")
    settings = Settings(report_company="Muster GmbH · 苏州", report_logo=str(tmp_path / "logo.jpg"))
    report = made(lined, letterhead=letterhead_of(settings))
    page = html_report(report)
    assert page.index("Muster GmbH") < page.index("<h1>")
    assert 'src="data:image/png' in page
    bare = html_report(made(lined))
    assert 'letterhead"' not in bare
    pictures = []
    for name, each in (("with", report), ("without", made(lined))):
        write_pdf(each, tmp_path / f"{name}.pdf")
        pictures.append((tmp_path / f"{name}.pdf").read_bytes().count(b"/Subtype /Image"))
    assert pictures[0] == pictures[1] + 1


def test_a_logo_that_is_gone_is_left_out(tmp_path: Path) -> None:
    head = letterhead_of(Settings(report_company="A", report_logo=str(tmp_path / "gone.png")))
    assert (head.company, head.logo) == ("A", b"")


def test_every_form_holds_the_contents(lined: Project, tmp_path: Path) -> None:
    report = made(lined)
    forms = ReportForms(pdf=True, csv=True, json=True, images=True)
    write_report_files(report, tmp_path / "r.html", "en", forms)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r_summary.csv").read_text(encoding="utf-8"))))
    facts = {(row["class"], row["fact"]): row["value"] for row in rows}
    assert facts["bagel", "threshold/is_optimistic"] == "True"
    assert facts["bagel", "test_data_hash"] == report.classes[0].data_hash
    assert facts["", "commands/0"] == report.commands[0]
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["classes"]["bagel"]
    assert data["curves"]["roc"][0] == [0.0, 0.0]
    assert data["curves"]["roc"][-1] == [1.0, 1.0]
    assert {part["outcome"] for part in data["parts"]} <= {"correct", "missed", "false alarm"}
    assert data["by_defect"][0]["of"] > 0
    kinds = {path.name.rpartition("_")[2] for path in (tmp_path / "r_pictures").iterdir()}
    assert {"photo.jpg", "heat.jpg", "map.jpg", "mask.png"} <= kinds


def test_the_page_can_be_left_out(lined: Project, tmp_path: Path) -> None:
    written = write_report_files(made(lined), tmp_path / "r.html", "en", ReportForms(json=True, html=False))
    assert [path.name for path in written] == ["r.json"]


def test_the_chapters_stand_in_the_order_of_the_reader(lined: Project) -> None:
    titles = re.findall(r"<h3>([A-Za-z ]+)", html_report(made(lined)))
    wanted = [
        "Figures",
        "Threshold",
        "Scores",
        "Defect types",
        "Missed defects",
        "False alarms",
        "Model and data",
    ]
    places = [next(at for at, title in enumerate(titles) if title.startswith(name)) for name in wanted]
    assert places == sorted(places)


def test_the_last_command_of_a_chosen_report_agrees_with_it(
    lined: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tuple(record.name for record in lined.samples("bagel", "test")[:4])
    report = made(lined, samples=names, strangest=3)
    write_report_files(report, tmp_path / "first.html", "en", ReportForms(json=True))
    lined.close()
    monkeypatch.chdir(lined.folder.parent)
    command = shlex.split(report.commands[-1])[1:]
    assert main([*command, "--same-as", str(tmp_path / "first.json"), "--quiet"]) == 0
