"""Tables of figures as markdown, CSV and JSON."""

from __future__ import annotations

from core.exporting.result_tables import ResultRow, ResultTable, as_csv, as_data, markdown, raw_csv

TABLE = ResultTable(
    "image_auroc",
    "Image AUROC",
    ("bagel", "rope"),
    (
        ResultRow("btf", "rgb", {"bagel": 0.87654, "rope": None, "mean": 0.87654}),
        ResultRow("btf", "rgb", {"bagel": 0.854, "rope": 0.92, "mean": 0.785}, "a paper"),
    ),
)


def test_a_published_row_says_so_and_looks_different():
    text = markdown([TABLE])
    assert "| btf rgb | 0.877 | – | 0.877 |" in text
    assert "| *btf rgb (published: a paper)* | *0.854* | *0.920* | *0.785* |" in text
    assert "not measured here" in text


def test_without_published_rows_nothing_is_said_of_them():
    table = ResultTable(TABLE.figure, TABLE.title, TABLE.classes, TABLE.rows[:1])
    assert "published" not in markdown([table])


def test_numbers_keep_all_digits_in_the_files():
    assert "image_auroc,btf,rgb,bagel,0.87654,measured" in as_csv([TABLE])
    assert as_data([TABLE])[0]["rows"][1]["is_published"] is True


def test_raw_scores_have_the_head_that_others_read():
    assert raw_csv([(0.5, 1, "bagel/test/hole/000")]).splitlines() == [
        "score,label,path", "0.5,1,bagel/test/hole/000"
    ]  # fmt: skip
