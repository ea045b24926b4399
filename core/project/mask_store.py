"""What users have marked as defective: one small picture for each sample, beside the imported truth."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.atomic import replacing, unwritable
from core.datasets.masks import read_mask
from core.errors import DataError
from core.phrase import say
from core.project.database import Database
from core.project.decision_store import name_of
from core.project.places import Places
from core.project.tables import SampleRow
from core.project.trail import Change, note

Mask = NDArray[np.bool_]


class MaskStore:
    """Masks on the raster of the source picture; a mask without a pixel is none at all."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places

    def numbers(self) -> frozenset[int]:
        """The samples that somebody has marked."""
        names = (path.stem for path in self._places.masks.glob("*.png"))
        return frozenset(int(name) for name in names if name.isdecimal())

    def read(self, sample_id: int, shape: tuple[int, int] | None = None) -> Mask | None:
        """The mask of a sample, None where there is none; raise DataError where it has not that shape."""
        path = self._places.mask_file(sample_id)
        if not path.is_file():
            return None
        mask = read_mask(path)
        if shape is not None and mask.shape != shape:
            raise DataError(
                say(
                    "Your mask is {width} × {height} pixels, the picture is {wide} × {high}.",
                    width=mask.shape[1],
                    height=mask.shape[0],
                    wide=shape[1],
                    high=shape[0],
                ),
                remedy=say("The picture was replaced since. Put it back, or remove {path}.", path=path),
            )
        return mask

    def save(self, sample_id: int, mask: Mask | None, who: str) -> None:
        """Keep a mask and note it in the trail, both or neither; None or an empty one takes it away."""
        path = self._places.mask_file(sample_id)
        before = path.read_bytes() if path.is_file() else None
        was = _said(self.read(sample_id))
        try:
            with self._database.write() as session:
                subject = name_of(session.get_one(SampleRow, sample_id))
                note(session, who, Change(subject, "mask", was, _said(mask)))
                session.flush()
                self._put(sample_id, mask)
        except BaseException:
            self._put_back(sample_id, before)
            raise

    def _put(self, sample_id: int, mask: Mask | None) -> None:
        path = self._places.mask_file(sample_id)
        try:
            if mask is None or not mask.any():
                path.unlink(missing_ok=True)
                return
            with replacing(path) as aside:
                Image.fromarray(mask).save(aside, format="PNG", compress_level=1)
        except OSError as problem:
            raise unwritable(path, problem) from problem

    def _put_back(self, sample_id: int, content: bytes | None) -> None:
        """As it was before a change that came to nothing."""
        path = self._places.mask_file(sample_id)
        now = path.read_bytes() if path.is_file() else None
        if now == content:
            return
        if content is None:
            path.unlink()
            return
        with replacing(path) as aside:
            aside.write_bytes(content)


def _said(mask: Mask | None) -> str:
    """How many pixels, and the first letters of what tells this mask from any other; "" for none."""
    if mask is None or not mask.any():
        return ""
    digest = hashlib.sha256(np.packbits(mask).tobytes() + repr(mask.shape).encode()).hexdigest()
    return f"{np.count_nonzero(mask)} px ({digest[:8]})"
