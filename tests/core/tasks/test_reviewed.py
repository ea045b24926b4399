"""Figures by what people said differ from those by the imported truth, which nothing ever changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import WrongUse
from core.inspection import Verdict
from core.monitor import Monitor
from core.project.project import Project
from core.project.records import ModelRecord, ReviewRecord, SampleRecord
from core.tasks.evaluate import evaluate
from core.tasks.reviewed import DEFECT, evaluate_reviewed, reviewed_label
from core.tasks.reviewed_good import KEY, learnt_from, reviewed_false_alarms
from core.tasks.train_class import train_class
from core.tasks.truth import judged
from tests.core.tasks.conftest import COMPUTE
from tests.core.tasks.small_data import SIDE, SPOT


def part(project: Project, label: str, ident: str) -> SampleRecord:
    records = project.samples("bagel", "test")
    return next(record for record in records if (record.ref.label, record.ref.id) == (label, ident))


def say_of(project: Project, record: SampleRecord, verdict: Verdict, defect_type: str = "") -> None:
    project.set_review(ReviewRecord(record.id, verdict, defect_type))


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_a_review_both_say_the_same(project: Project, model: ModelRecord) -> None:
    truth = evaluate(project, ["bagel"], COMPUTE, Monitor()).classes[0]
    people = evaluate_reviewed(project, [model], Monitor()).classes[0]
    assert people.figures == truth.figures
    assert people.confusion == truth.confusion


def test_a_verdict_changes_the_figures_of_the_review_and_no_others(
    project: Project, model: ModelRecord, source: Path
) -> None:
    before, files = evaluate(project, ["bagel"], COMPUTE, Monitor()).classes[0], files_of(source)
    say_of(project, part(project, "good", "001"), Verdict.NG)
    say_of(project, part(project, "hole", "002"), Verdict.OK)
    say_of(project, part(project, "good", "000"), Verdict.REVIEW)
    people = evaluate_reviewed(project, [model], Monitor()).classes[0]
    assert (before.figures.good, before.figures.bad) == (4, 3)
    assert (people.figures.good, people.figures.bad, people.figures.unknown) == (3, 3, 1)
    assert set(people.figures.defects) == {"hole", DEFECT}
    assert people.figures.overall.image_auroc != before.figures.overall.image_auroc
    after = evaluate(project, ["bagel"], COMPUTE, Monitor()).classes[0]
    assert after.figures == before.figures
    assert files_of(source) == files


def test_the_user_s_mask_is_the_truth_of_the_pixels(project: Project, model: ModelRecord) -> None:
    truth = evaluate(project, ["bagel"], COMPUTE, Monitor()).classes[0]
    for ident in ("000", "001", "002"):
        elsewhere = np.zeros((SIDE, SIDE), bool)
        elsewhere[SPOT[0], :4] = True
        project.set_own_mask(part(project, "hole", ident).id, elsewhere)
    people = evaluate_reviewed(project, [model], Monitor()).classes[0]
    assert truth.figures.overall.pixel_auroc is not None
    assert people.figures.overall.pixel_auroc is not None
    assert truth.figures.overall.pixel_auroc > 0.95
    assert people.figures.overall.pixel_auroc < 0.7


def test_a_kind_of_defect_that_a_human_named_counts(project: Project) -> None:
    hole, good = part(project, "hole", "000"), part(project, "good", "000")
    assert reviewed_label(hole, None) == "hole"
    assert reviewed_label(hole, ReviewRecord(hole.id, Verdict.NG)) == "hole"
    assert reviewed_label(hole, ReviewRecord(hole.id, Verdict.NG, "crack")) == "crack"
    assert reviewed_label(good, ReviewRecord(good.id, Verdict.NG)) == DEFECT
    assert reviewed_label(good, ReviewRecord(good.id, None, note="look again")) == "good"


def test_a_false_alarm_that_a_human_called_ok_can_be_learnt_and_leaves_the_test(
    project: Project, model: ModelRecord
) -> None:
    evaluate(project, ["bagel"], COMPUTE, Monitor())
    alarm = part(project, "hole", "001")
    assert reviewed_false_alarms(project, "bagel") == []
    say_of(project, alarm, Verdict.OK)
    assert reviewed_false_alarms(project, "bagel") == [alarm]
    plain = train_class(project, "bagel", "plain", None, COMPUTE, Monitor())
    assert learnt_from(plain) == frozenset()
    project.set_active(model.id)
    taught = train_class(project, "bagel", "plain", None, COMPUTE, Monitor(), also=[alarm.id])
    assert taught.provenance[KEY] == [alarm.name]
    assert taught.trained_on == plain.trained_on + 1
    assert taught.data_hash != plain.data_hash
    assert alarm.name not in [entry.record.name for entry in judged(project, taught, "test")]
    assert alarm.name in [entry.record.name for entry in judged(project, plain, "test")]
    found = evaluate(project, ["bagel"], COMPUTE, Monitor()).classes[0]
    assert (found.figures.good, found.figures.bad) == (4, 2)
    assert any("learnt from them" in note for note in found.notes)


def test_a_part_that_nobody_called_ok_is_not_learnt(project: Project, model: ModelRecord) -> None:
    with pytest.raises(WrongUse, match="nobody has called it OK"):
        train_class(
            project, "bagel", "plain", None, COMPUTE, Monitor(), also=[part(project, "hole", "001").id]
        )
