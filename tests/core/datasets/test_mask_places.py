"""A mask goes where each data set keeps its own, and is found there again."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.datasets.mask_places import mask_place
from core.sample import SampleRef

ROOT = Path("/data")


@pytest.mark.parametrize(
    ("layout", "picture", "place"),
    [
        ("mvtec_3d", "bagel/test/hole/rgb/003.png", "bagel/test/hole/gt/003.png"),
        ("mvtec_2d", "bottle/test/broken/003.png", "bottle/ground_truth/broken/003_mask.png"),
        ("mvtec_ad2", "can/test_public/bad/003.png", "can/test_public/ground_truth/bad/003_mask.png"),
        ("eyecandies", "Lollipop/test_public/data/07_image_4.png", "Lollipop/test_public/data/07_mask.png"),
        ("plain_folder", "cap/test/dent/a.png", "cap/test/dent/gt/a.png"),
    ],
)
def test_a_part_without_a_mask_gets_one_by_convention(layout: str, picture: str, place: str) -> None:
    ref = SampleRef("class", "test", "label", Path(picture).stem, rgb=ROOT / picture, layout=layout)
    assert mask_place(ref, ROOT) == Path(place)


def test_a_part_with_a_mask_keeps_its_place() -> None:
    ref = SampleRef("c", "test", "hole", "1", rgb=ROOT / "a/1.bmp", mask=ROOT / "truth/1_m.bmp")
    assert mask_place(ref, ROOT) == Path("truth/1_m.png")


def test_a_part_from_elsewhere_goes_by_class_split_and_label() -> None:
    ref = SampleRef("cap", "test", "hole", "1", rgb=Path("/other/1.png"))
    assert mask_place(ref, ROOT) == Path("cap/test/hole/gt/1.png")
