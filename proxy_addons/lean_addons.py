"""mitmproxy's master, calling only those addons that have a hook, and looking for them once instead of every time."""

import inspect
from collections.abc import Awaitable, Callable

from mitmproxy.addonmanager import AddonManager, safecall
from mitmproxy.exceptions import AddonHalt
from mitmproxy.flow import Flow
from mitmproxy.hooks import Hook, UpdateHook
from mitmproxy.master import Master
from mitmproxy.options import Options

Called = Callable[..., Awaitable[None] | None]
_ANY_UPDATE = UpdateHook([])


class LeanAddons(AddonManager):
    """For addons that stay what they are: one that takes up a hook later is not called."""

    def __init__(self, master: Master) -> None:
        super().__init__(master)  # type: ignore[no-untyped-call]  # mitmproxy does not say its types here
        self._called: dict[str, tuple[Called, ...]] = {}

    def add(self, *addons: object) -> None:
        super().add(*addons)  # type: ignore[no-untyped-call]
        self._called.clear()

    def remove(self, addon: object) -> None:
        super().remove(addon)  # type: ignore[no-untyped-call]
        self._called.clear()

    async def handle_lifecycle(self, event: Hook) -> None:
        """One step of a connection's life. mitmproxy tells of each a second time, as an update, if anybody asks."""
        await self.trigger_event(event)
        if self._who(_ANY_UPDATE) and isinstance(message := event.args()[0], Flow):
            await self.trigger_event(UpdateHook([message]))

    async def trigger_event(self, event: Hook) -> None:
        args, left = event.args(), list(reversed(self._who(event)))
        try:
            while left:  # once, and once more for each that fails: mitmproxy tells of it, and the next is called
                with safecall():
                    while left:
                        answer = left.pop()(*args)
                        if answer is not None and inspect.isawaitable(answer):
                            await answer
        except AddonHalt:
            return

    def _who(self, event: Hook) -> tuple[Called, ...]:
        if (called := self._called.get(event.name)) is None:
            called = tuple(call for addon in self.chain for _, call in self._iter_hooks(addon, event))
            self._called[event.name] = called
        return called


class LeanMaster(Master):
    def __init__(self, opts: Options) -> None:
        super().__init__(opts)
        self.addons = LeanAddons(self)
