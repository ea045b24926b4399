"""Small square pictures of parts with their heat: decoded elsewhere, newest wish first, painted here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from core.colour_maps import levels
from core.datasets.faults import PartnerMissing
from core.datasets.reading import read_rgb, read_xyz
from core.errors import InspectionError
from core.monitor import Monitor
from core.phrase import say
from core.pixel_link import PixelLink
from core.project.records import InspectionRecord, SampleRecord
from core.sample import Sample, SampleRef
from core.score_map import ScoreMap
from core.state.overlay_state import OverlayState
from workers.job import Job
from workers.job_queue import JobQueue

SIDE = 168
_BATCH = 6
_MOST = 4000

ReadMap = Callable[[InspectionRecord], ScoreMap]


@dataclass(frozen=True, eq=False)
class Picture:
    """rgb (S, S, 3) uint8, and the scores (S, S) float32 of that square, None before an inspection."""

    sample_id: int
    rgb: NDArray[np.uint8] | None
    scores: NDArray[np.float32] | None
    failure: str = ""


@dataclass(frozen=True)
class Wish:
    """A picture that is wanted."""

    record: SampleRecord
    inspection: InspectionRecord | None
    side: int = SIDE


class ThumbnailStore(QObject):
    """Hands out pixmaps that are ready and asks for the others; `arrived` carries a sample's number."""

    arrived = Signal(int)

    def __init__(self, queue: JobQueue, overlay: OverlayState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._overlay = overlay
        self.read_map: ReadMap | None = None
        self._pictures: dict[int, Picture] = {}
        self._made_of: dict[int, object] = {}
        self._painted: dict[int, tuple[object, QPixmap]] = {}
        self._levels: dict[int, tuple[object, NDArray[np.uint8]]] = {}
        self._table: tuple[object, list[int]] = (None, [])
        self._wishes: dict[int, Wish] = {}
        self._job: Job | None = None
        self._is_closed = False

    def close(self) -> None:
        """Ask for nothing more."""
        self.forget()
        self._is_closed = True

    def forget(self) -> None:
        """Another project is shown."""
        for kept in (self._pictures, self._made_of, self._painted, self._levels, self._wishes):
            kept.clear()

    def pixmap(
        self, record: SampleRecord, inspection: InspectionRecord | None, side: int = SIDE
    ) -> QPixmap | None:
        """The picture as it is known now, None until it was read; an outdated one is asked for anew.

        It is read `side` pixels wide and high, so that nobody scales it at each paint; until then one of
        another size stands in.
        """
        source = (inspection.made if inspection else None, side)
        if record.id not in self._made_of or self._made_of[record.id] != source:
            self._wish(Wish(record, inspection, side), source)
        picture = self._pictures.get(record.id)
        if picture is None or picture.rgb is None:
            return None
        made_for = (self._look(), id(picture))
        kept = self._painted.get(record.id)
        if kept is None or kept[0] != made_for:
            kept = (made_for, self._paint(picture))
            self._painted[record.id] = kept
        return kept[1]

    def failure(self, sample_id: int) -> str:
        """Why there is no picture."""
        picture = self._pictures.get(sample_id)
        return picture.failure if picture else ""

    def _look(self) -> tuple[object, ...]:
        state = self._overlay
        range_ = (state.low, state.high, state.range_mode)
        return (state.is_shown, state.opacity, state.fade, state.colour_map, state.threshold, range_)

    def _paint(self, picture: Picture) -> QPixmap:
        """A change of the line or the colours is only another colour table over the kept levels."""
        assert picture.rgb is not None
        side = picture.rgb.shape[0]
        photo = QImage(picture.rgb.data, side, side, 3 * side, QImage.Format.Format_RGB888)
        pixmap = QPixmap.fromImage(photo)
        if picture.scores is not None and self._overlay.is_shown:
            low, high = self._overlay.range_for(ScoreMap(picture.scores, 0.0))
            kept = self._levels.get(picture.sample_id)
            if kept is None or kept[0] != (id(picture), low, high):
                kept = ((id(picture), low, high), np.ascontiguousarray(levels(picture.scores, low, high)))
                self._levels[picture.sample_id] = kept
            heat = QImage(kept[1].data, side, side, side, QImage.Format.Format_Indexed8)
            heat.setColorTable(self._colour_table(low, high))
            painter = QPainter(pixmap)
            painter.drawImage(0, 0, heat)
            painter.end()
        return pixmap

    def _colour_table(self, low: float, high: float) -> list[int]:
        key = (self._look(), low, high)
        if key != self._table[0]:
            red, green, blue, alpha = self._overlay.heat_table(low, high).astype(np.uint32).T
            self._table = (key, ((alpha << 24) | (red << 16) | (green << 8) | blue).tolist())
        return self._table[1]

    def _wish(self, wish: Wish, source: object) -> None:
        if len(self._made_of) > _MOST:
            self.forget()
        self._made_of[wish.record.id] = source
        self._wishes[wish.record.id] = wish
        self._ask()

    def _ask(self) -> None:
        if self._job is not None or not self._wishes or self._is_closed:
            return
        newest = list(self._wishes)[-_BATCH:]
        batch = tuple(self._wishes.pop(key) for key in reversed(newest))
        job = Job("thumbnails", partial(_read_all, batch, self.read_map))
        self._job = job
        job.signals.succeeded.connect(self._on_read)
        job.signals.ended.connect(self._on_ended)
        self._queue.submit(job)

    def _on_read(self, pictures: tuple[Picture, ...]) -> None:
        for picture in pictures:
            self._pictures[picture.sample_id] = picture
            self.arrived.emit(picture.sample_id)

    def _on_ended(self) -> None:
        self._job = None
        self._queue.clear_finished()
        self._ask()


def _read_all(wishes: tuple[Wish, ...], read_map: ReadMap | None, monitor: Monitor) -> tuple[Picture, ...]:
    pictures = []
    for done, wish in enumerate(wishes):
        monitor.tick(done, len(wishes), "Reading thumbnails")
        pictures.append(read_picture(wish, read_map))
    return tuple(pictures)


def read_picture(wish: Wish, read_map: ReadMap | None) -> Picture:
    """One picture; a part that cannot be read gives its reason instead."""
    try:
        rgb = _picture_of(wish.record.ref)
        scores = None
        if wish.inspection is not None and wish.inspection.score is not None and read_map is not None:
            link = PixelLink(Sample("", rgb), read_map(wish.inspection), wish.inspection.frame)
            scores = _scores(link, wish.side)
    except InspectionError as problem:
        return Picture(wish.record.id, None, None, problem.message)
    return Picture(wish.record.id, _square(rgb, wish.side), scores)


def _square(picture: NDArray[np.uint8], wanted: int) -> NDArray[np.uint8]:
    """The middle square at the size of a thumbnail."""
    top, left, side = _middle(picture.shape)
    middle = np.ascontiguousarray(picture[top : top + side, left : left + side])
    return np.asarray(Image.fromarray(middle).resize((wanted, wanted), Image.Resampling.BOX))


def _scores(link: PixelLink, wanted: int) -> NDArray[np.float32]:
    """The map's values at the middles of the thumbnail's pixels, lowest where the map does not reach."""
    top, left, side = _middle(link.sample.shape)
    steps = ((np.arange(wanted) + 0.5) * side / wanted).astype(np.int64)
    flat = (top + steps)[:, None] * link.sample.shape[1] + (left + steps)[None, :]
    return link.scores_of(flat.ravel()).reshape(wanted, wanted)


def _middle(shape: tuple[int, ...]) -> tuple[int, int, int]:
    side = min(shape[0], shape[1])
    return (shape[0] - side) // 2, (shape[1] - side) // 2, side


def _picture_of(ref: SampleRef) -> NDArray[np.uint8]:
    """What the camera saw, else the relief of the cloud; raise DataError where there is neither."""
    rgb = read_rgb(ref)
    if rgb is not None:
        return rgb
    xyz = read_xyz(ref)
    if xyz is None:
        raise PartnerMissing(
            say("{name} has neither image nor cloud, only a mask.", name=ref.name),
            remedy=say("Put the image or the cloud back, or skip this sample."),
        )
    return _relief(xyz)


def _relief(xyz: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Height as grey, for a part that no camera saw."""
    height = -xyz[..., 2]
    seen = np.isfinite(height)
    if not seen.any():
        return np.zeros((*height.shape, 3), np.uint8)
    low, high = np.percentile(height[seen], (1, 99))
    grey = np.clip((np.nan_to_num(height, nan=low) - low) / max(high - low, 1e-9), 0, 1) * 200 + 30
    return np.repeat(np.where(seen, grey, 0).astype(np.uint8)[..., None], 3, axis=2)
