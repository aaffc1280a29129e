"""What holds for an account now: whose it is, which scope of the policy, and what its session is ordered to watch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agent.holding import OFF, Holding, scope_for
from agent.orders import Orders
from agent.service.accounts import Accounts
from agent.service.whereabouts import Whereabouts
from agent.standing import Standing
from agent.telling.words import monitored, never
from agent.version import VERSION
from detection.agent_policy.policy import Policy
from detection.observation import Subject

REVOKED = "this device is no longer known to the school's appliance"
NO_POLICY = "the school's policy has not reached this device yet"
NOT_A_PUPIL = "of this account nothing is recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitored:
    subject: Subject | None
    """None of whom nothing is recorded."""
    holding: Holding
    orders: Orders


class InForce(Protocol):
    """What has the policy in force."""

    @property
    def policy(self) -> Policy | None: ...


class Monitoring:
    """``revoked`` says whether the appliance lets this device in no more. Asked from several threads."""

    def __init__(
        self,
        accounts: Accounts,
        policy: InForce,
        whereabouts: Whereabouts,
        *,
        device: str,
        organisation: str,
        clock: Callable[[], datetime],
        revoked: Callable[[], bool],
        connection: Callable[[], str],
    ) -> None:
        self._accounts, self._policy, self._whereabouts = accounts, policy, whereabouts
        self._device, self._organisation, self._clock = device, organisation, clock
        self._revoked, self._connection = revoked, connection

    def of(self, account: str) -> Monitored:
        policy, subject = self._policy.policy, self._accounts.subject(account, self._organisation, self._device)
        if self._revoked():
            return _nobody(REVOKED, policy)
        if policy is None:
            return _nobody(NO_POLICY, policy)
        if subject is None:
            return _nobody(NOT_A_PUPIL, policy)
        place = self._whereabouts
        holding = scope_for(policy, self._clock(), place.on_site, subject.group, place.addresses())
        return Monitored(subject=subject, holding=holding, orders=orders_of(policy, holding))

    def standing(self, account: str) -> Standing:
        found = self.of(account)
        return Standing(
            version=VERSION,
            paused=found.holding.paused,
            monitored=monitored(found.orders),
            never=never(found.orders),
            why=found.holding.why,
            account=account,
            device=self._device,
            connection=self._connection(),
            notice=found.orders.notice,
        )


def orders_of(policy: Policy, holding: Holding) -> Orders:
    scope = holding.scope
    if not scope.watch:
        return Orders(paused=holding.paused, notice=policy.notice)
    return Orders(
        screen=scope.screen,
        pictures=scope.pictures,
        earlier_pictures=scope.earlier_pictures if scope.pictures else 0,
        ocr=scope.ocr,
        documents=scope.documents,
        folders=policy.folders if scope.documents else (),
        prints=scope.prints,
        removable=scope.removable,
        private_windows=policy.private_windows,
        notice=policy.notice,
    )


def _nobody(why: str, policy: Policy | None) -> Monitored:
    orders = Orders(paused=why, notice=policy.notice) if policy else Orders(paused=why)
    return Monitored(subject=None, holding=Holding(scope=OFF, why=why), orders=orders)
