"""Second gateways: codes that are for one, and what each said of itself last."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column(
        "agent_codes",
        sa.Column(
            "kind",
            sa.String(),
            nullable=False,
            server_default="agent",
            comment="of the device it makes: agent or gateway",
        ),
    )
    op.create_table(
        "gateway_statuses",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it was last heard of, by our clock; null before that",
        ),
        sa.Column(
            "status",
            sa.JSON(),
            nullable=False,
            comment="what its watchdog wrote, with the time of that by our clock; empty before that",
        ),
        sa.Column("networks", sa.JSON(), nullable=False, comment="name and kind of each it stands in"),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name="fk_gateway_statuses_device_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_gateway_statuses_organisation_id"),
        sa.PrimaryKeyConstraint("device_id", name="pk_gateway_statuses"),
    )
    op.create_index("ix_gateway_statuses_organisation_id", "gateway_statuses", ["organisation_id"])
