"""The school's policy in force: fetched when the appliance says it has another, and kept over a restart."""

import logging
from collections.abc import Callable

from detection.agent_policy.fields import PolicyError
from detection.agent_policy.policy import Policy
from detection.agent_policy.reading import read_told
from detection.asking import newer
from detection.client import Client, NoAnswerError
from detection.json_object import WireError
from detection.kept_file import Kept

log = logging.getLogger(__name__)


class PolicyKept:
    """``changed`` is called when another one is in force. Until there is one, nothing may be seen."""

    def __init__(self, client: Client, kept: Kept, changed: Callable[[], None] = lambda: None) -> None:
        self._client, self._kept, self._changed = client, kept, changed
        self.error = ""
        """Why the newest is not in force."""
        self.policy: Policy | None = self._recall()

    @property
    def version(self) -> str:
        return self.policy.version if self.policy else ""

    def follow(self, version: str) -> None:
        """The appliance says that this one is in force. Whatever goes wrong, ours stays."""
        if version == self.version:
            self.error = ""
            return
        try:
            self._fetch()
        except (NoAnswerError, WireError, PolicyError, OSError) as e:
            self.error = str(e)
            log.warning("the policy is not fetched: %s", e)

    def _fetch(self) -> None:
        answer = newer(self._client, "/agent/policy", "")
        if answer is None:
            return
        self.policy = read_told(answer.body)
        self.error = ""
        self._kept.replace(answer.body)
        log.info("policy %s is in force", self.version)
        self._changed()

    def _recall(self) -> Policy | None:
        try:
            return read_told(self._kept.read())
        except FileNotFoundError:
            return None
        except (OSError, PolicyError) as e:
            log.warning("the policy is asked for anew: %s", e)
            return None
