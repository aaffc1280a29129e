"""What was agreed of a box's networks before they are read, and their pauses."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "network_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(), nullable=False, comment="its name in box.toml"),
        sa.Column(
            "step",
            sa.Enum("agreed", "signed", "withdrawn", name="networkstep", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False, comment="login"),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("notice_url", sa.String(), nullable=False, comment="what pupils and parents can read about it"),
        sa.Column("notice_published", sa.Date(), nullable=True),
        sa.Column("dpia", sa.String(), nullable=False, comment="reference of the data protection impact assessment"),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False, comment="name and mail of each"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_network_acts_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_network_acts"),
    )
    op.create_index("ix_network_acts_organisation_id", "network_acts", ["organisation_id"])
    op.create_table(
        "network_pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False, comment="login"),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True, comment="null while it lasts"),
        sa.Column("ended_by", sa.String(), nullable=False, comment="login, or worker where its time was over"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_network_pauses_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_network_pauses"),
    )
    op.create_index("ix_network_pauses_organisation_id", "network_pauses", ["organisation_id"])
    op.create_index("ix_network_pauses_ended_at", "network_pauses", ["ended_at"])
