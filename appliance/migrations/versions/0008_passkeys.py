"""Passkeys of reviewers, and which of them opened a signed-in browser."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="as its owner calls it"),
        sa.Column("credential_id", sa.String(), nullable=False, comment="base64url, as the device names it"),
        sa.Column("public_key", sa.String(), nullable=False, comment="COSE, base64url"),
        sa.Column(
            "user_handle",
            sa.String(),
            nullable=False,
            comment="base64url; by it a device knows the account, without a name",
        ),
        sa.Column(
            "sign_count",
            sa.BigInteger(),
            nullable=False,
            comment="of the last answer; 0 where the device does not count",
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_passkeys_organisation_id"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewers.id"], name="fk_passkeys_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_passkeys"),
        sa.UniqueConstraint("credential_id", name="uq_passkeys_credential_id"),
    )
    op.create_index("ix_passkeys_organisation_id", "passkeys", ["organisation_id"])
    op.create_index("ix_passkeys_reviewer_id", "passkeys", ["reviewer_id"])
    op.add_column(
        "sign_ins",
        sa.Column("passkey_id", sa.Integer(), nullable=True, comment="which opened it; null: a password did"),
    )
    op.add_column(
        "sign_ins",
        sa.Column("challenge_sha256", sa.String(), nullable=True, comment="what the passkey answered, once"),
    )
    op.create_index("ix_sign_ins_challenge_sha256", "sign_ins", ["challenge_sha256"], unique=True)
