"""What a second gateway, on a box without an appliance, said of itself last."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from appliance.models.base import Base


class GatewayStatus(Base):
    """The last of one gateway. Before it has said anything there is a row too: what is expected and silent shows."""

    __tablename__ = "gateway_statuses"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    at: Mapped[datetime | None] = mapped_column(comment="when it was last heard of, by our clock; null before that")
    status: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="what its watchdog wrote, with the time of that by our clock; empty before that"
    )
    networks: Mapped[list[Any]] = mapped_column(default=list, comment="name and kind of each it stands in")
