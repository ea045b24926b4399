"""A file that cannot be read does not hide the others."""

from __future__ import annotations

from core.project.project import Project
from core.tasks.look_at_files import look_at_files


def test_photo_cloud_and_mask_are_seen(project: Project) -> None:
    ref = next(record.ref for record in project.samples("bagel", "test") if record.ref.mask)
    looks = look_at_files(ref)
    assert [look.kind for look in looks] == [
        kind for kind, path in (("RGB", ref.rgb), ("3D", ref.cloud), ("mask", ref.mask)) if path
    ]
    assert all(look.picture is not None and look.picture.shape[2] == 3 for look in looks)


def test_a_cut_off_photo_is_a_sentence_and_the_rest_is_seen(project: Project) -> None:
    ref = next(record.ref for record in project.samples("bagel", "test") if record.ref.mask)
    assert ref.rgb is not None
    ref.rgb.write_bytes(b"cut off")
    broken, *others = look_at_files(ref)
    assert broken.picture is None
    assert ref.rgb.name in broken.trouble
    assert all(look.picture is not None for look in others)
