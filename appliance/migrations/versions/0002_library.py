"""What schools change about the phrase library, and the libraries released to their sensors."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "library_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("add", "ignore", "regrade", name="libraryact", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("payload", sa.JSON(), nullable=False, comment="the phrase added; or an id, and its new severity"),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False, comment="another person who agreed"),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True, comment="the last day on which it counts"),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_library_changes_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_changes")),
    )
    op.create_index(op.f("ix_library_changes_organisation_id"), "library_changes", ["organisation_id"], unique=False)
    op.create_table(
        "library_releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False, comment="hash of the content"),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("bundle", sa.LargeBinary(), nullable=False, comment="signed, as sensors get it"),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("built_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("rollback", sa.Boolean(), nullable=False, comment="stays until a person releases again"),
        sa.Column("shipped_version", sa.String(), nullable=False, comment="of the library it was built on"),
        sa.Column("layers_at", sa.DateTime(timezone=True), nullable=False, comment="changes made until then are in it"),
        sa.Column("signed_by", sa.String(), nullable=False, comment="the key's public half, hexadecimal"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_library_releases_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_releases")),
        sa.UniqueConstraint("organisation_id", "serial", name=op.f("uq_library_releases_organisation_id_serial")),
    )
    op.create_index("ix_library_releases_version", "library_releases", ["organisation_id", "version"], unique=False)
