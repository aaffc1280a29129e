"""What the second reader made of a capture's text, beside the phrases found in it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "captures",
        sa.Column(
            "opinion",
            sa.JSON(),
            nullable=True,
            comment="the second one: category, probability, passage, effect, version; null where none was asked",
        ),
    )
