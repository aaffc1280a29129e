"""Incidents of replayed recordings stand apart from those of live traffic."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """What was filed before stays as it was filed: its entries are made."""
    comment = "from a recording: nobody is told, nothing is chronicled, and it counts nowhere"
    op.add_column(
        "incidents", sa.Column("replayed", sa.Boolean(), nullable=False, server_default=sa.false(), comment=comment)
    )
