"""Who uses the explicit proxy signs in, where the settings say so, and is known by that instead of by their address."""

import asyncio
import binascii
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Mapping
from weakref import WeakKeyDictionary

from mitmproxy.connection import Client
from mitmproxy.flow import Flow
from mitmproxy.http import HTTPFlow, Response
from mitmproxy.proxy.mode_specs import RegularMode

from detection.observation import Subject
from proxy_addons.identify import address_of
from proxy_addons.own_answers import answer
from proxy_addons.proxy_accounts import Account, Accounts
from proxy_addons.watchdog import Watchdog

SOURCE = "proxy-sign-in"
HEADER = "proxy-authorization"
ASK = {"Proxy-Authenticate": 'Basic realm="The school\'s network", charset="UTF-8"', "Content-Type": "text/plain"}
CHECKED_AT_ONCE = 2
WAITING = 500
WRONG = 30
"""Passwords a device may get wrong before it waits for the next ten minutes to begin."""
WINDOW = 600.0


class ProxySignIn:
    def __init__(
        self,
        accounts: Accounts | None,
        person: Callable[[str, str, str], Subject],
        watchdog: Watchdog,
        left_alone: Callable[[str], bool] = lambda host: False,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """``person``: what is known of one, by their reference, address and who says so.

        ``left_alone``: hosts to which nobody's visit is read. Devices ask for them before anybody could sign in.
        """
        self._accounts, self._person, self._watchdog, self._left_alone = accounts, person, watchdog, left_alone
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._people: WeakKeyDictionary[Client, str] = WeakKeyDictionary()
        self._checking = asyncio.Semaphore(CHECKED_AT_ONCE)
        self._waiting = 0
        self._wrong, self._window = Counter[str](), 0.0

    def subject_of(self, flow: Flow) -> Subject | None:
        """None where nobody signed in, or it is not said who that is."""
        person = self._people.get(flow.client_conn)
        return self._person(person, address_of(flow), SOURCE) if person else None

    async def http_connect(self, flow: HTTPFlow) -> None:
        if isinstance(flow.client_conn.proxy_mode, RegularMode) and flow.response is None:
            flow.response = await self._refusal(flow)

    async def requestheaders(self, flow: HTTPFlow) -> None:
        """The header never goes on: not to the host that is visited, and not to who reads what was noticed."""
        if not isinstance(flow.client_conn.proxy_mode, RegularMode):
            return
        within = flow.client_conn in self._people and HEADER not in flow.request.headers
        refused = None if within else await self._refusal(flow)
        flow.request.headers.pop(HEADER, None)
        if refused:
            answer(flow, refused)

    async def _refusal(self, flow: HTTPFlow) -> Response | None:
        if self._accounts is None or self._left_alone(flow.request.host):
            return None
        given, address = _given(flow.request.headers), address_of(flow)
        if given is None:
            return _ask("Sign in to use the school's network.")
        account = self._accounts.remembered(*given)
        if account is None:
            if self._is_guessing(address):
                return _ask("Too many wrong passwords from this device. Wait ten minutes.")
            if self._waiting >= WAITING:
                return Response.make(503, "Too many sign in at once. Try again.\n", {"Retry-After": "5"})
            account = await self._checked(self._accounts, *given)
        if account is None:
            self._wrong[address] += 1
            self._watchdog.count("proxy_sign_in_refused")
            return _ask("The name or the password is wrong.")
        self._people[flow.client_conn] = account.person
        return None

    async def _checked(self, accounts: Accounts, login: str, password: str) -> Account | None:
        self._waiting += 1
        try:
            async with self._checking:
                return accounts.remembered(login, password) or await asyncio.to_thread(accounts.check, login, password)
        finally:
            self._waiting -= 1

    def _is_guessing(self, address: str) -> bool:
        if self._clock() - self._window > WINDOW:
            self._wrong.clear()
            self._window = self._clock()
        return self._wrong[address] >= WRONG


def _given(headers: Mapping[str, str]) -> tuple[str, str] | None:
    scheme, _, packed = headers.get(HEADER, "")[:2000].partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        plain = b64decode(packed.strip(), validate=True)
    except binascii.Error:
        return None
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        text = plain.decode("latin-1")
    login, colon, password = text.partition(":")
    return (login, password) if colon and login else None


def _ask(said: str) -> Response:
    return Response.make(407, f"{said}\n", ASK)
