"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind", sa.Enum("trust", "school", name="organisationkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True, comment="the trust"),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("chain_length", sa.Integer(), nullable=False, comment="entries so far: a chain cut short shows"),
        sa.Column("chain_head", sa.String(), nullable=False, comment="hash of the newest entry"),
        sa.ForeignKeyConstraint(["parent_id"], ["organisations.id"], name=op.f("fk_organisations_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisations_slug")),
    )
    op.create_index(op.f("ix_organisations_parent_id"), "organisations", ["parent_id"], unique=False)
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="gateway, agent or replay"),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_devices_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_devices_token_sha256")),
    )
    op.create_index(op.f("ix_devices_organisation_id"), "devices", ["organisation_id"], unique=False)
    op.create_table(
        "entries",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False, comment="reviewer:LOGIN, detector, worker, system"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("capture_id", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "vouched_sha256", sa.String(), nullable=False, comment="of the capture as it was filed, where one was"
        ),
        sa.Column(
            "text_sha256", sa.String(), nullable=False, comment="over salt and text; both can be erased, this stays"
        ),
        sa.Column("previous", sa.String(), nullable=False, comment="hash of the link before, empty for the first"),
        sa.Column("hash", sa.String(), nullable=False, comment="SHA-256 over everything above"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_entries_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "sequence", name=op.f("pk_entries")),
    )
    op.create_index(op.f("ix_entries_capture_id"), "entries", ["capture_id"], unique=False)
    op.create_index(op.f("ix_entries_incident_id"), "entries", ["incident_id"], unique=False)
    op.create_index(op.f("ix_entries_person_id"), "entries", ["person_id"], unique=False)
    op.create_table(
        "entry_texts",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_entry_texts_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "sequence", name=op.f("pk_entry_texts")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "ref", sa.String(), nullable=False, comment="what sensors know the person by; says nothing by itself"
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False, comment="pupil or staff"),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_people_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("organisation_id", "ref", name=op.f("uq_people_organisation_id_ref")),
    )
    op.create_index(op.f("ix_people_organisation_id"), "people", ["organisation_id"], unique=False)
    op.create_table(
        "reviewers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "dsl",
                "deputy",
                "moderator",
                "trust-officer",
                "network-manager",
                name="reviewerrole",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_reviewers_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviewers")),
        sa.UniqueConstraint("login", name=op.f("uq_reviewers_login")),
    )
    op.create_index(op.f("ix_reviewers_organisation_id"), "reviewers", ["organisation_id"], unique=False)
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True, comment="null: no such login"),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_sign_in_attempts_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index(op.f("ix_sign_in_attempts_address"), "sign_in_attempts", ["address"], unique=False)
    op.create_index(op.f("ix_sign_in_attempts_login"), "sign_in_attempts", ["login"], unique=False)
    op.create_table(
        "bindings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False, comment="address-list, agent, radius …"),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_bindings_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_bindings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bindings")),
    )
    op.create_index(op.f("ix_bindings_address"), "bindings", ["address"], unique=False)
    op.create_index(op.f("ix_bindings_device"), "bindings", ["device"], unique=False)
    op.create_index(op.f("ix_bindings_organisation_id"), "bindings", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_bindings_person_id"), "bindings", ["person_id"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False, comment="person:REF, else device:NAME, else address:IP"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("subject_role", sa.String(), nullable=False, comment="staff if anybody it may be about is staff"),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column(
            "severity", sa.Integer(), nullable=False, comment="the detector's highest until a person grades it, 1 to 5"
        ),
        sa.Column(
            "graded_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="set once a person's judgement replaced the detector's",
        ),
        sa.Column("concern_role", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("new", "in-review", "closed", "false-positive", name="status", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "supported",
                "spoken-to",
                "referred",
                "case-opened",
                "no-further-action",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_incidents_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_incidents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(op.f("ix_incidents_person_id"), "incidents", ["person_id"], unique=False)
    op.create_index(
        "ix_incidents_queue", "incidents", ["organisation_id", "status", "severity", "opened_at"], unique=False
    )
    op.create_index(op.f("ix_incidents_subject_key"), "incidents", ["subject_key"], unique=False)
    op.create_table(
        "sign_ins",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sign_ins_organisation_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["reviewers.id"], name=op.f("fk_sign_ins_reviewer_id")),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_organisation_id"), "sign_ins", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_sign_ins_reviewer_id"), "sign_ins", ["reviewer_id"], unique=False)
    op.create_table(
        "captures",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "reported_at", sa.DateTime(timezone=True), nullable=False, comment="the sensor's own clock, unchanged"
        ),
        sa.Column("id", sa.String(), nullable=False, comment="the observation's id: a resend changes nothing"),
        sa.Column(
            "content_sha256",
            sa.String(),
            nullable=False,
            comment="of the opened payload: the same id must say the same",
        ),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False, comment="corrected for a wrong sensor clock"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("once", sa.String(), nullable=False, comment="hash of person, conversation and sentence"),
        sa.Column(
            "duplicate_of", sa.String(), nullable=True, comment="id of the capture that says the same; kept, not shown"
        ),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("app", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False, comment="as the sensor reported it"),
        sa.Column(
            "matches",
            sa.JSON(),
            nullable=False,
            comment="phrase id, text, gloss, category, severity, start, end, written",
        ),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("concern_role", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False, comment="what the person wrote or saw in the minutes before"),
        sa.Column("library_version", sa.String(), nullable=False),
        sa.Column("model_version", sa.String(), nullable=False),
        sa.Column("engine_version", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column(
            "evidence_state",
            sa.Enum("none", "pending", "attached", "given-up", name="evidencestate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("evidence_index", sa.String(), nullable=True, comment="vault name of the HAR"),
        sa.Column("evidence_truncated", sa.Boolean(), nullable=False),
        sa.Column("evidence_note", sa.String(), nullable=False, comment="why there is no evidence, in words"),
        sa.Column(
            "evidence_named_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the bundle waited for now was named",
        ),
        sa.Column(
            "draw_state",
            sa.Enum("waiting", "due", "drawn", "failed", name="drawstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("draw_tries", sa.Integer(), nullable=False),
        sa.Column("draw_next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draw_note", sa.String(), nullable=False, comment="why the picture shows text instead, in words"),
        sa.Column("picture", sa.String(), nullable=True, comment="vault name of the PNG"),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_captures_device_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_captures_incident_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_captures_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_captures_person_id")),
        sa.PrimaryKeyConstraint("organisation_id", "reported_at", "id", name=op.f("pk_captures")),
    )
    op.create_index("ix_captures_draw", "captures", ["draw_state", "draw_next_at"], unique=False)
    op.create_index("ix_captures_id", "captures", ["organisation_id", "id"], unique=False)
    op.create_index(op.f("ix_captures_incident_id"), "captures", ["incident_id"], unique=False)
    op.create_index("ix_captures_once", "captures", ["organisation_id", "once", "seen_at"], unique=False)
    op.create_index(op.f("ix_captures_person_id"), "captures", ["person_id"], unique=False)
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False, comment="what it is about, to whom: the same is told once"),
        sa.Column(
            "kind", sa.Enum("incident", "health", name="notificationkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "channel",
            sa.Enum("banner", "email", name="notificationchannel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False, comment="mail address; empty for the banner"),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False, comment="never a name or a child's words"),
        sa.Column(
            "state",
            sa.Enum("due", "sent", "failed", "dismissed", name="notificationstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=False, comment="why it failed"),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_notifications_incident_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_notifications_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_notifications_organisation_id_key")),
    )
    op.create_index("ix_notifications_due", "notifications", ["state", "next_at"], unique=False)
    op.create_index(op.f("ix_notifications_incident_id"), "notifications", ["incident_id"], unique=False)
    op.create_index(op.f("ix_notifications_organisation_id"), "notifications", ["organisation_id"], unique=False)
    op.create_table(
        "evidence_parts",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("capture_reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capture_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False, comment="the blob's name on the wire"),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True, comment="of the body, as the detection says: its vault name"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "capture_reported_at", "capture_id"],
            ["captures.organisation_id", "captures.reported_at", "captures.id"],
            name="fk_evidence_parts_capture",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_evidence_parts_organisation_id")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "capture_reported_at", "capture_id", "name", name=op.f("pk_evidence_parts")
        ),
    )
    op.create_index("ix_evidence_parts_name", "evidence_parts", ["organisation_id", "name"], unique=False)
