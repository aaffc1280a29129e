"""Carry what waits in the outbox to the appliance, as docs/wire.md has it, and never give up."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Condition, Event, Thread

from detection.answers import PATIENT, Backoff, Outcome, outcome
from detection.client import Answer, Client, Failure, NoAnswerError
from detection.letters import Kind, Letter
from detection.outbox import Outbox, OutboxError
from detection.posting import post
from detection.turns import Turns

log = logging.getLogger(__name__)
LOOK_AGAIN = 60.0
"""Seconds after which an idle delivery looks into the outbox, woken or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryState:
    """What the watchdog may know: nothing about content."""

    running: bool = False
    last_success: datetime | None = None
    failures: int = 0
    """In a row, since the last success."""
    set_aside: int = 0
    """Since the start."""
    last_error: str = ""
    """``answer 503``, ``unreachable``, ``certificate``, ``no answer`` or ``outbox``; empty after a success."""


class Delivery:
    """``clock`` is the sensor's wall clock; ``steady`` counts seconds and never jumps."""

    def __init__(
        self,
        outbox: Outbox,
        client: Client,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], float] = time.monotonic,
        backoff: Backoff = PATIENT,
        rounds: float = 0.0,
    ) -> None:
        """``rounds``: so many seconds lie between one look into the outbox and the next, whatever was put there."""
        self._rounds = rounds
        self._outbox, self._client, self._clock, self._backoff = outbox, client, clock, backoff
        self._turns = Turns(outbox, steady, backoff)
        self._sent: dict[tuple[Kind, str], None] = {}
        """Delivered, while the disk is too full even to forget them: not sent again before it can."""
        self._state = DeliveryState()
        self._wake, self._stopping, self._stepped = Event(), Event(), Condition()
        self._thread = Thread(target=self._run, name="delivery", daemon=True)

    @property
    def state(self) -> DeliveryState:
        return replace(self._state, running=self._thread.is_alive())

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something was put into the outbox."""
        if not self._rounds:
            self._wake.set()

    def stop(self, timeout: float) -> bool:
        """Finish the request under way and no more; whether that took no longer than ``timeout`` seconds."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def drain(self, timeout: float) -> bool:
        """Wait until everything is delivered or set aside; False if that takes longer than ``timeout`` seconds."""
        with self._stepped:
            return self._stepped.wait_for(self._is_empty, timeout)

    def step(self) -> float:
        """Send at most one letter; how many seconds it is then worth waiting before the next step."""
        try:
            self._forget_sent()
            if (away := self._turns.away()) > 0:
                return away
            if letter := self._turns.next_letter(self._sent):
                self._carry(letter)
                return 0.0
            return self._rest()
        except OutboxError as e:
            log.error("delivery: %s", e)
            self._fail("outbox")
            self._turns.pause(self._state.failures)
            return self._backoff.after(self._state.failures)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            seconds = self.step()
            with self._stepped:
                self._stepped.notify_all()
            if seconds > 0:
                self._wake.wait(seconds)

    def _is_empty(self) -> bool:
        counts = self._outbox.counts()
        return counts.waiting == 0 and counts.blobs_waiting == 0

    def _rest(self) -> float:
        """Nothing may be sent now: for how many seconds."""
        pause, longest = self._turns.until_next(), self._rounds or LOOK_AGAIN
        if pause is None:
            self._outbox.tidy()
        rest = longest if pause is None else min(longest, pause)
        return max(self._backoff.first if self._sent else 0.0, rest)

    def _carry(self, letter: Letter) -> None:
        try:
            answer = post(self._client, letter, self._sent_at)
        except NoAnswerError as e:
            self._fail(e.failure)
            if e.failure is Failure.NO_ANSWER:
                self._turns.try_later(letter)
            else:
                self._turns.pause(self._state.failures)
            return
        self._take(answer, letter)

    def _take(self, answer: Answer, letter: Letter) -> None:
        meaning, said = outcome(letter.kind, answer.status), f"answer {answer.status}"
        if meaning is Outcome.DONE:
            self._sent[letter.kind, letter.key] = None
            self._forget_sent()
            self._succeed(letter)
        elif meaning is Outcome.REFUSED:
            self._outbox.set_aside(letter.kind, letter.key, said)
            log.error("%s %s is set aside: %s", letter.kind, letter.key, said)
            self._succeed(letter, set_aside=1)
        else:
            self._fail(said)
            if meaning is Outcome.FAILED:
                self._turns.try_later(letter)
            elif answer.status != 401 or not self._client.reread_proof():
                self._turns.pause(self._state.failures, answer.retry_after)

    def _sent_at(self, letter: Letter) -> datetime:
        return self._outbox.sent_at(letter, self._clock())

    def _forget_sent(self) -> None:
        try:
            for kind, key in list(self._sent):
                self._outbox.delivered(kind, key)
                del self._sent[kind, key]
        except OutboxError as e:
            log.error("delivery: %s", e)

    def _succeed(self, letter: Letter, set_aside: int = 0) -> None:
        self._turns.went(letter)
        aside = self._state.set_aside + set_aside
        self._state = replace(self._state, last_success=self._clock(), failures=0, last_error="", set_aside=aside)

    def _fail(self, error: str) -> None:
        self._state = replace(self._state, failures=self._state.failures + 1, last_error=str(error))
        log.warning("delivery failed %d times in a row: %s", self._state.failures, error)
