"""The tables of a project's database, one typed class each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

SCHEMA_VERSION = 3


class Base(DeclarativeBase):
    """What all tables share: plain dictionaries and lists are kept as JSON."""

    type_annotation_map = {dict[str, Any]: JSON}  # noqa: RUF012 (read by SQLAlchemy, never changed)


class ValueRow(Base):
    """One named value: the project's name, display settings, the last session."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]


class SourceRow(Base):
    """A folder of source data; `near` is its way from the project folder, where there is one."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(unique=True)
    near: Mapped[str]


class SampleRow(Base):
    """One part; its files are relative to the folder of the source, "" where absent.

    A `trashed` one is in no list; its files, which are the user's, are never touched.
    """

    __tablename__ = "sample"
    __table_args__ = (UniqueConstraint("class_name", "split", "label", "ident"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    class_name: Mapped[str] = mapped_column(index=True)
    split: Mapped[str]
    label: Mapped[str]
    ident: Mapped[str]
    rgb: Mapped[str]
    cloud: Mapped[str]
    mask: Mapped[str]
    layout: Mapped[str]
    metres_per_unit: Mapped[float]
    trashed: Mapped[datetime | None]


class PreprocessRow(Base):
    """How the parts of one class are prepared."""

    __tablename__ = "preprocess"

    class_name: Mapped[str] = mapped_column(primary_key=True)
    config: Mapped[dict[str, Any]]


class ModelRow(Base):
    """One trained version; `folder` is its name under models/, or under trash/ once `trashed`."""

    __tablename__ = "model"
    __table_args__ = (UniqueConstraint("class_name", "method", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_name: Mapped[str] = mapped_column(index=True)
    method: Mapped[str]
    version: Mapped[int]
    name: Mapped[str]
    folder: Mapped[str]
    config: Mapped[dict[str, Any]]
    seed: Mapped[int]
    sensors: Mapped[str]
    trained_on: Mapped[int]
    data_hash: Mapped[str]
    seconds: Mapped[float]
    made: Mapped[datetime]
    is_active: Mapped[bool]
    provenance: Mapped[dict[str, Any]]
    held_out: Mapped[dict[str, Any]]
    figures: Mapped[dict[str, Any]]
    remark: Mapped[str] = mapped_column(server_default="")
    trashed: Mapped[datetime | None]


class InspectionRow(Base):
    """The newest outcome of one model for one sample; `map_file` is relative to the project folder."""

    __tablename__ = "inspection"

    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), primary_key=True)
    model_id: Mapped[int] = mapped_column(ForeignKey("model.id"), primary_key=True)
    score: Mapped[float | None]
    seconds: Mapped[float]
    sensors: Mapped[str]
    made: Mapped[datetime]
    map_file: Mapped[str]
    frame: Mapped[dict[str, Any]]
    failure: Mapped[str]
    remedy: Mapped[str]


class ThresholdRow(Base):
    """One version of a line; rows are only ever added."""

    __tablename__ = "threshold"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_name: Mapped[str]
    model_id: Mapped[int] = mapped_column(ForeignKey("model.id"), index=True)
    level: Mapped[str]
    value: Mapped[float]
    lower: Mapped[float | None]
    preset: Mapped[str]
    data: Mapped[str]
    is_optimistic: Mapped[bool]
    who: Mapped[str]
    made: Mapped[datetime]


class ReviewRow(Base):
    """A human's word on one sample; without a row nobody has looked."""

    __tablename__ = "review"

    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), primary_key=True)
    verdict: Mapped[str | None]
    defect_type: Mapped[str]
    reason: Mapped[str]
    note: Mapped[str]
    who: Mapped[str]
    made: Mapped[datetime]


class TrailRow(Base):
    """One change; rows are only ever added."""

    __tablename__ = "trail"

    id: Mapped[int] = mapped_column(primary_key=True)
    made: Mapped[datetime]
    who: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    what: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
