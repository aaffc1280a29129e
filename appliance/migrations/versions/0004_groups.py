"""Changes of the library for a group of people, those that wait for a second person, and what a release holds."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _add("group", sa.String(), comment="whom it is for: a year or staff; everybody where empty")
    _add("agreed_at", sa.DateTime(timezone=True), nullable=True, comment="null while it waits for the second")
    _add("withdrawal_second", sa.String(), comment="who is to agree before it is withdrawn, or did")
    _add("withdrawal_why", sa.String())
    op.execute("UPDATE library_changes SET agreed_at = at")
    op.create_table(
        "released_libraries",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(), nullable=False, comment="empty for the school's own"),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False, comment="what detections name"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_released_libraries_organisation_id")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["library_releases.id"], name=op.f("fk_released_libraries_release_id")),
        sa.PrimaryKeyConstraint("release_id", "group", name=op.f("pk_released_libraries")),
    )
    op.create_index("ix_released_libraries_version", "released_libraries", ["organisation_id", "version"])
    op.execute(
        'INSERT INTO released_libraries (release_id, "group", organisation_id, version) '
        "SELECT id, '', organisation_id, version FROM library_releases"
    )


def _add(name: str, kind: sa.types.TypeEngine, *, nullable: bool = False, comment: str | None = None) -> None:  # type: ignore[type-arg]
    default = None if nullable else ""
    op.add_column("library_changes", sa.Column(name, kind, nullable=nullable, server_default=default, comment=comment))
