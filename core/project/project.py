"""A project: a folder that can be moved, with everything that is known about some parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.atomic import unwritable
from core.datasets.reading import read_sample
from core.errors import DataError, InspectionError
from core.monitor import Cancelled, Monitor
from core.phrase import Phrase, say
from core.preprocess.cache import PreparedCache
from core.preprocess.config import DEFAULTS, PreprocessConfig
from core.preprocess.prepare import Prepared
from core.project.class_names import rename_class
from core.project.database import Database
from core.project.decision_store import DecisionStore
from core.project.fingerprint import names_hash
from core.project.inspection_store import InspectionStore
from core.project.mask_store import Mask, MaskStore
from core.project.migrations import upgrade, version_of
from core.project.model_store import ModelStore, marked_stale
from core.project.places import Places
from core.project.records import (
    InspectionRecord,
    Level,
    ModelRecord,
    ReviewRecord,
    SampleRecord,
    ThresholdRecord,
    TrailEntry,
)
from core.project.sample_store import SampleStore, Source
from core.project.tables import SCHEMA_VERSION
from core.project.trail import read_trail
from core.project.values import Values
from core.project.writer_lock import Claim, claim, release
from core.sample import Sample, SampleRef, Split
from core.score_map import ScoreMap
from core.settings import cache_limit_bytes


class Project:
    """The one door to a project folder; may be used from several threads.

    `cache` holds prepared samples. `who` is the operator written into the trail. `notice` says what a user
    must know about how the project was opened, "" for nothing. Every change is on disk when its call returns.
    """

    def __init__(self, places: Places, database: Database, *, is_read_only: bool, notice: str = "") -> None:
        self.who = ""
        self.is_read_only = is_read_only
        self.notice = notice
        self.places = places
        self.cache = PreparedCache(places.cache, 0 if is_read_only else cache_limit_bytes())
        self._database = database
        self._values = Values(database)
        self._samples = SampleStore(database, places)
        self._models = ModelStore(database, places)
        self._inspections = InspectionStore(database, places)
        self._decisions = DecisionStore(database)
        self._masks = MaskStore(database, places)

    @classmethod
    def create(cls, folder: Path, name: str = "") -> Project:
        """Start an empty project; raise InspectionError where there is one already or no room for one."""
        places = Places(folder.resolve())
        if places.database.exists():
            raise InspectionError(
                say("{folder} already holds a project.", folder=folder),
                remedy=say("Open it, or choose another folder."),
            )
        try:
            places.folder.mkdir(parents=True, exist_ok=True)
            claimed = claim(places.lock)
            if not claimed.is_writer:
                raise PermissionError(13, "Permission denied")
        except OSError as problem:
            raise unwritable(folder, problem) from problem
        project = cls(places, Database.create(places.database), is_read_only=False)
        project.set_value("about", {"name": name or places.folder.name})
        return project

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Project:
        """Open a project; whoever comes second, or may not write, reads only and is told so by `notice`."""
        places = Places(folder.resolve())
        if not places.database.is_file():
            raise DataError(
                say("{folder} holds no project.", folder=folder),
                remedy=say("Choose the folder that holds project.sqlite, or import data into a new project."),
            )
        if read_only:
            return cls._to_read(places, "")
        claimed = claim(places.lock)
        if not claimed.is_writer:
            return cls._to_read(places, _why_read_only(claimed))
        try:
            kept = upgrade(places.database)
        except BaseException:
            release(places.lock)
            raise
        database = Database(places.database, read_only=False)
        return cls(places, database, is_read_only=False, notice=_how_opened(claimed, kept))

    @classmethod
    def _to_read(cls, places: Places, notice: str) -> Project:
        if version_of(places.database) != SCHEMA_VERSION:
            raise DataError(
                say("{path} was made by another version of this program.", path=places.database),
                remedy=say("Open it once where it can be written to; it is then brought up to date."),
            )
        database = Database(places.database, read_only=True)
        return cls(places, database, is_read_only=True, notice=notice)

    def close(self) -> None:
        """Let go of the folder, so that others may write."""
        self._database.close()
        if not self.is_read_only:
            release(self.places.lock)

    @property
    def folder(self) -> Path:
        """Where the project lies now."""
        return self.places.folder

    @property
    def name(self) -> str:
        """What the user calls it."""
        return str(self.value("about").get("name", self.folder.name))

    def value(self, key: str) -> dict[str, Any]:
        """A named dictionary (display settings, session), empty where none was kept."""
        return self._values.get(key)

    def set_value(self, key: str, value: dict[str, Any]) -> None:
        """Keep a named dictionary of JSON values."""
        self._values.set(key, value)

    def class_names(self) -> list[str]:
        """All classes, in alphabetical order."""
        return self._samples.class_names()

    def samples(self, class_name: str | None = None, split: Split | None = None) -> list[SampleRecord]:
        """The samples in the order of their names."""
        return self._samples.find(class_name, split)

    def sample(self, sample_id: int) -> SampleRecord:
        """One sample by its number."""
        return self._samples.get(sample_id)

    def add_samples(self, refs: Sequence[SampleRef], source: Path | None = None) -> list[SampleRecord]:
        """Take samples in; `source` is the folder that holds their files, by default the nearest one."""
        return self._samples.add(refs, self.who, source)

    def trash_samples(self, sample_ids: Sequence[int]) -> None:
        """Put samples away; their files are never touched."""
        self._samples.trash(sample_ids, self.who)

    def restore_samples(self, sample_ids: Sequence[int]) -> None:
        """Take samples out of the trash."""
        self._samples.restore(sample_ids, self.who)

    def move_samples(self, splits: Mapping[int, Split]) -> None:
        """Give samples, by number, to other splits; models trained on them become stale."""
        self._samples.move(splits, self.who)

    def rename(self, name: str) -> None:
        """Call the project something else; its folder stays."""
        self.set_value("about", {**self.value("about"), "name": name})

    def rename_class(self, before: str, after: str) -> None:
        """Call a class something else; everything that belongs to it goes along."""
        rename_class(self._database, before, after, self.who)

    def sources(self) -> list[Source]:
        """The folders that the samples came from, and whether they are there."""
        return self._samples.sources()

    def locate(self, source_id: int, folder: Path) -> None:
        """Tell where a folder of source data has gone."""
        self._samples.locate(source_id, folder, self.who)

    def read(self, record: SampleRecord) -> Sample:
        """A sample as its files hold it, for showing; raise DataError where it cannot be read."""
        return read_sample(record.ref)

    def prepared(self, record: SampleRecord, monitor: Monitor | None = None) -> Sample:
        """A sample as detectors see it, from the cache where it has been prepared before."""
        return self.preparation(record, monitor).sample

    def preparation(self, record: SampleRecord, monitor: Monitor | None = None) -> Prepared:
        """The same, with what there is to say about it."""
        if monitor is not None and monitor.is_cancelled:
            raise Cancelled
        return self.cache.prepared(record.ref, self.preprocess_config(record.ref.class_name))

    def preprocess_config(self, class_name: str) -> PreprocessConfig:
        """How the parts of a class are prepared; the default where nobody chose."""
        return PreprocessConfig(**(self._values.preprocess(class_name) or {}))

    def set_preprocess_config(self, class_name: str, config: PreprocessConfig) -> None:
        """Choose how the parts of a class are prepared; its models become stale."""
        self._values.set_preprocess(class_name, asdict(config), self.who)

    def models(self, class_name: str | None = None) -> list[ModelRecord]:
        """The trained versions, newest first."""
        return [self._judged(model) for model in self._models.find(class_name)]

    def model(self, model_id: int) -> ModelRecord:
        """One trained version by its number."""
        return self._judged(self._models.get(model_id))

    def active_model(self, class_name: str) -> ModelRecord | None:
        """The version in use, None before the first training."""
        model = self._models.active(class_name)
        return None if model is None else self._judged(model)

    def set_active(self, model_id: int) -> None:
        """Use this version from now on."""
        self._models.activate(model_id, self.who)

    def add_model(self, draft: ModelRecord, fill: Callable[[Path], None]) -> ModelRecord:
        """Keep a new version, whose files `fill` writes into the folder it is given, and make it active."""
        return self._judged(self._models.add(draft, fill, self.who))

    def set_figures(self, model_id: int, figures: dict[str, Any]) -> None:
        """Keep what an evaluation of a version gave."""
        self._models.set_figures(model_id, figures)

    def rename_model(self, model_id: int, name: str) -> None:
        """Call a version something else."""
        self._models.rename(model_id, name, self.who)

    def set_remark(self, model_id: int, text: str) -> None:
        """Keep what the user wrote beside a version."""
        self._models.remark(model_id, text)

    def trash_model(self, model_id: int) -> None:
        """Put a version away with its files; raise WrongUse for the active one while there are others."""
        self._models.trash(model_id, self.who)

    def restore_model(self, model_id: int) -> None:
        """Take a version out of the trash."""
        self._models.restore(model_id, self.who)

    def model_folder(self, model: ModelRecord) -> Path:
        """Where the files of a version lie."""
        return self._models.folder(model.id)

    def save_inspection(self, record: InspectionRecord, score_map: ScoreMap | None) -> InspectionRecord:
        """Keep the outcome for one sample; it takes the place of an earlier one of the same model."""
        return self._inspections.save(record, score_map)

    def inspections(self, model_id: int) -> dict[int, InspectionRecord]:
        """All outcomes of a model by the number of the sample."""
        return self._inspections.of_model(model_id)

    def score_map(self, inspection: InspectionRecord) -> ScoreMap:
        """The kept map of an outcome."""
        return self._inspections.score_map(inspection)

    def threshold(self, model_id: int, level: Level) -> ThresholdRecord | None:
        """The line in force, None where none was ever set."""
        history = self._decisions.thresholds(model_id, level)
        return history[0] if history else None

    def thresholds(self, model_id: int, level: Level) -> list[ThresholdRecord]:
        """The history of a line, newest first."""
        return self._decisions.thresholds(model_id, level)

    def set_threshold(self, draft: ThresholdRecord) -> ThresholdRecord:
        """Add a version of a line; setting an old value again reverts to it."""
        return self._decisions.set_threshold(draft, self.who)

    def review(self, sample_id: int) -> ReviewRecord | None:
        """What a human said of a sample."""
        return self._decisions.review(sample_id)

    def reviews(self) -> dict[int, ReviewRecord]:
        """All reviews by the number of the sample."""
        return self._decisions.reviews()

    def set_review(self, draft: ReviewRecord) -> ReviewRecord:
        """Keep a human's word; an empty one takes the earlier back."""
        return self.set_reviews([draft])[0]

    def set_reviews(self, drafts: Sequence[ReviewRecord]) -> list[ReviewRecord]:
        """Keep several words at once, or none of them."""
        return self._decisions.set_reviews(drafts, self.who)

    def marked(self) -> frozenset[int]:
        """The numbers of the samples that have a mask of the user's own."""
        return self._masks.numbers()

    def own_mask(self, sample_id: int, shape: tuple[int, int] | None = None) -> Mask | None:
        """(H, W) of the source picture: what users have marked, never the imported truth; None: nothing."""
        return self._masks.read(sample_id, shape)

    def set_own_mask(self, sample_id: int, mask: Mask | None) -> None:
        """Keep what a user has marked; nothing marked takes the mask away."""
        self._masks.save(sample_id, mask, self.who)

    def trail(self, subject: str | None = None) -> list[TrailEntry]:
        """Who changed what, oldest first."""
        return read_trail(self._database, subject)

    def _judged(self, model: ModelRecord) -> ModelRecord:
        """Stale: its training parts or their preparation are no longer what they were."""
        names = names_hash(record.name for record in self.samples(model.class_name, "train"))
        config = asdict(self.preprocess_config(model.class_name))
        was = model.provenance
        before = asdict(DEFAULTS) | was.get("preprocess", config)  # older models do not know newer choices
        is_stale = was.get("sample_list_hash", names) != names or before != config
        return marked_stale(model, is_stale)


def _why_read_only(claimed: Claim) -> Phrase:
    if claimed.state == "not writable" or claimed.holder is None:
        return say("The project folder cannot be written to; the project is open for reading only.")
    return say(
        "The project is open elsewhere (process {pid} on {host}); here it is open for reading only.",
        pid=claimed.holder.pid,
        host=claimed.holder.host,
    )


def _how_opened(claimed: Claim, kept: Path | None) -> str:
    if kept is not None:
        return say("The project was brought up to date; the old database was kept as {name}.", name=kept.name)
    if claimed.state == "taken after a crash":
        return say("The program did not end well last time; the project is open at its last change.")
    return ""
