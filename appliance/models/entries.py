"""The chronology: links of a chain, and beside each what it says."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from appliance.models.base import Base


class Entry(Base):
    """One link of an organisation's chain. Only ever added."""

    __tablename__ = "entries"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(comment="reviewer:LOGIN, detector, worker, system")
    kind: Mapped[str]
    incident_id: Mapped[int | None] = mapped_column(index=True)
    capture_id: Mapped[str | None] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    vouched_sha256: Mapped[str] = mapped_column(default="", comment="of the capture as it was filed, where one was")
    text_sha256: Mapped[str] = mapped_column(comment="over salt and text; both can be erased, this stays")
    previous: Mapped[str] = mapped_column(comment="hash of the link before, empty for the first")
    hash: Mapped[str] = mapped_column(comment="SHA-256 over everything above")

    text: Mapped["EntryText | None"] = relationship(
        primaryjoin="and_(Entry.organisation_id == foreign(EntryText.organisation_id), "
        "Entry.sequence == foreign(EntryText.sequence))",
        viewonly=True,
        uselist=False,
    )


class EntryText(Base):
    """What an entry says. Erasing this row leaves the chain whole."""

    __tablename__ = "entry_texts"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    salt: Mapped[str]
    text: Mapped[str]
