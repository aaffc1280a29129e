"""Devices with an agent: codes, certificates, who is signed in, how they are, what they watch."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("devices") as devices:
        devices.alter_column("token_sha256", existing_type=sa.String(), nullable=True, comment="null for an agent")
        devices.add_column(
            sa.Column(
                "person_id",
                sa.Integer(),
                nullable=True,
                comment="whom an agent's device is assigned to: it speaks for nobody else",
            )
        )
        devices.add_column(
            sa.Column(
                "system", sa.String(), nullable=False, server_default="", comment="of an agent's device, as it says"
            )
        )
        devices.add_column(sa.Column("agent_version", sa.String(), nullable=False, server_default=""))
        devices.create_foreign_key("fk_devices_person_id", "people", ["person_id"], ["id"])
    op.add_column(
        "people",
        sa.Column(
            "account",
            sa.String(),
            nullable=False,
            server_default="",
            comment="what they sign in to devices as, in small letters; empty where unknown",
        ),
    )
    op.create_index("ix_people_account", "people", ["account"])
    op.add_column(
        "captures",
        sa.Column(
            "off_site",
            sa.Boolean(),
            nullable=True,
            comment="whether the device was away from the school then; null where no agent saw it",
        ),
    )
    _codes()
    _certificates()
    _sign_ins()
    _statuses()
    _events()
    _policies()


def _codes() -> None:
    op.create_table(
        "agent_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False, comment="name of the one device; empty where it is for many"),
        sa.Column("uses", sa.Integer(), nullable=False, comment="for so many devices"),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True, comment="whom the device is assigned to"),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ends_at", AT, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_agent_codes_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_agent_codes_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agent_codes"),
        sa.UniqueConstraint("code_sha256", name="uq_agent_codes_code_sha256"),
    )
    op.create_index("ix_agent_codes_organisation_id", "agent_codes", ["organisation_id"])


def _certificates() -> None:
    op.create_table(
        "agent_certificates",
        sa.Column("serial", sa.String(), nullable=False, comment="hexadecimal"),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", AT, nullable=False),
        sa.Column("ends_at", AT, nullable=False),
        sa.Column("revoked_at", AT, nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_agent_certificates_organisation_id"
        ),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name="fk_agent_certificates_device_id"),
        sa.PrimaryKeyConstraint("serial", name="pk_agent_certificates"),
    )
    op.create_index("ix_agent_certificates_organisation_id", "agent_certificates", ["organisation_id"])
    op.create_index("ix_agent_certificates_device_id", "agent_certificates", ["device_id"])


def _sign_ins() -> None:
    op.create_table(
        "agent_sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("said_id", sa.String(), nullable=False, comment="as the device calls it"),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("local", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True, comment="null: may not be spoken for"),
        sa.Column("since", AT, nullable=False),
        sa.Column("until", AT, nullable=True, comment="null while it lasts"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_agent_sign_ins_organisation_id"),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name="fk_agent_sign_ins_device_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_agent_sign_ins_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agent_sign_ins"),
        sa.UniqueConstraint("device_id", "said_id", name="uq_agent_sign_ins_device_id_said_id"),
    )
    op.create_index("ix_agent_sign_ins_organisation_id", "agent_sign_ins", ["organisation_id"])
    op.create_index("ix_agent_sign_ins_person", "agent_sign_ins", ["device_id", "person_id", "since"])
    op.create_index("ix_agent_sign_ins_until", "agent_sign_ins", ["until"])


def _statuses() -> None:
    op.create_table(
        "agent_statuses",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False, comment="when it came, by our clock"),
        sa.Column("emptied_at", AT, nullable=False, comment="when it last said that nothing waits in its outbox"),
        sa.Column("clock_off", sa.Double(), nullable=False, comment="seconds our clock is ahead of its"),
        sa.Column("address", sa.String(), nullable=False, comment="it came from"),
        sa.Column(
            "addresses",
            sa.JSON(),
            nullable=False,
            comment="of its own in the school's networks: they stand for who is signed in",
        ),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("site_since", AT, nullable=False, comment="it has been there, heard of without a break"),
        sa.Column("engine_version", sa.String(), nullable=False),
        sa.Column("library_version", sa.String(), nullable=False),
        sa.Column("model_version", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("set_aside", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("oldest_waiting", AT, nullable=True),
        sa.Column("last_detection_at", AT, nullable=True),
        sa.Column("health", sa.JSON(), nullable=False, comment="sentences without content; empty is well"),
        sa.Column("state", sa.String(), nullable=False, comment="running, paused, stopped or removed, as it said last"),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name="fk_agent_statuses_device_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_agent_statuses_organisation_id"),
        sa.PrimaryKeyConstraint("device_id", name="pk_agent_statuses"),
    )
    op.create_index("ix_agent_statuses_organisation_id", "agent_statuses", ["organisation_id"])


def _events() -> None:
    op.create_table(
        "agent_events",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("said_id", sa.String(), nullable=False, comment="as the device calls it"),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("until", AT, nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name="fk_agent_events_device_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_agent_events_organisation_id"),
        sa.PrimaryKeyConstraint("device_id", "said_id", name="pk_agent_events"),
    )
    op.create_index("ix_agent_events_organisation_id", "agent_events", ["organisation_id"])
    op.create_index("ix_agent_events_at", "agent_events", ["device_id", "at"])


def _policies() -> None:
    op.create_table(
        "agent_policies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False, comment="hash of the rest, as agents name it"),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("set_at", AT, nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_agent_policies_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agent_policies"),
    )
    op.create_index("ix_agent_policies_organisation_id", "agent_policies", ["organisation_id"])
