"""Images, fonts and the designs made of them, from which certificates are drawn."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, Numbered, now


class Picture(Base):
    """The bytes of an uploaded image, stored once under their SHA-256."""

    __tablename__ = "picture"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    dpi: Mapped[float | None]


class VectorPage(Base):
    """A template as a vector page (SVG or PDF), stored once under its SHA-256."""

    __tablename__ = "vector_page"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    media_type: Mapped[str]


class FontFile(Base):
    """The bytes of an organizer's own font, stored once under their SHA-256."""

    __tablename__ = "font_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    family: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class EventFont(Base):
    """An event whose organizer uploaded a font: its licence is theirs, not every organizer's."""

    __tablename__ = "event_font"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("font_file.sha256"), primary_key=True)


class Design(Numbered):
    """A template with its layout. Never changed: a new placement is a new design."""

    __tablename__ = "design"
    __table_args__ = (UniqueConstraint("event_id", "version"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    version: Mapped[int]
    template_sha256: Mapped[str] = mapped_column(ForeignKey("picture.sha256"))
    # The vector page that PDF certificates carry in place of the template, if there is one.
    vector_sha256: Mapped[str | None] = mapped_column(ForeignKey("vector_page.sha256"))
    # Pixels per inch of PDF certificates, which decides how large they are. None: it follows from
    # the template alone, as it did until it was stored.
    print_dpi: Mapped[float | None]
    # Which of our own designs the template is, in what language, format and colours; None: it is a
    # file of the organizer's, or was made before this was remembered.
    gallery: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    layout: Mapped[dict[str, Any]]
    # Fixed when the design was made, so that its certificates stay byte for byte the same.
    jpeg_quality: Mapped[int]
    # How its fixed texts are set.
    typesetting: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True), nullable=True)
    # "event" and "organization" -> what they were called when it was made, and before where its
    # texts still say so. None: made before this was remembered.
    called: Mapped[dict[str, list[str]] | None] = mapped_column(JSON(none_as_null=True))
    # The version that was in its place before, for everybody or for a group. None: there was none,
    # or no way leads back to it.
    replaced_version: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class FitProgress(Base):
    """The progress of searching an event's list, in order of its rows, for crowded names."""

    __tablename__ = "fit_progress"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    design_id: Mapped[int]
    # `Event.groups_version` at the time.
    groups_version: Mapped[int] = mapped_column(default=0, server_default="0")
    # The last volunteer that was examined.
    volunteer_id: Mapped[int] = mapped_column(default=0)
    is_whole: Mapped[bool] = mapped_column(default=False, server_default=false())


class CrowdedName(Base):
    """Somebody whose name is among the most crowded of the list.

    The name itself stays only with the person, so that it goes when they do.
    """

    __tablename__ = "crowded_name"
    __table_args__ = (Index("ix_crowded_name_event", "event_id", "crowding"),)

    volunteer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # See `rendering.placed`.
    crowding: Mapped[float]
