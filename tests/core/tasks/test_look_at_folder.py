"""A first look at a folder names it, and opens one telling part."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.datasets.demo.plan import DemoPlan
from core.errors import DataError
from core.monitor import Monitor
from core.tasks.import_folder import ImportWish
from core.tasks.look_at_folder import look_at_folder
from core.tasks.make_demo import make_demo

TINY = DemoPlan(classes=("cap",), train=1, validation=1, test=2, size=128)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "demo", TINY, Monitor()) / "data"


def test_a_look_shows_a_part_with_all_that_there_is_and_its_size(data: Path) -> None:
    look = look_at_folder(ImportWish(data), Monitor())
    assert look.found.layout == "mvtec_3d"
    assert look.sample is not None
    assert look.sample.mask is not None
    assert look.size_units is not None
    assert 0.02 < max(look.size_units) < 0.3
    assert look.guess is not None
    assert look.guess.metres_per_unit == 1.0


def test_a_layout_that_the_user_names_is_taken(data: Path) -> None:
    look = look_at_folder(ImportWish(data, "plain_folder"), Monitor())
    assert look.found.layout == "plain_folder"


def test_a_folder_without_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No parts"):
        look_at_folder(ImportWish(tmp_path), Monitor())
