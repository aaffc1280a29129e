"""Profiles are what Apple's systems expect, and replace themselves when they come again."""

import plistlib
from pathlib import Path

import pytest

from console.enrolment.apple_profiles import certificate_profile, proxy_profile
from console.enrolment.root_certificate import load_root
from tests.console.enrolment.schools import settings


def test_the_profile_holds_the_certificate(tmp_path: Path) -> None:
    school = settings(tmp_path)
    root = load_root(school.root)
    profile = plistlib.loads(certificate_profile(school, root))
    (payload,) = profile["PayloadContent"]
    assert (profile["PayloadType"], payload["PayloadType"]) == ("Configuration", "com.apple.security.root")
    assert payload["PayloadContent"] == root.der
    assert profile["PayloadIdentifier"] == "test.hillside.gatehouse.root"
    assert payload["PayloadUUID"] != profile["PayloadUUID"]
    assert certificate_profile(school, root) == certificate_profile(school, load_root(school.root))


@pytest.mark.parametrize("fail_open", [True, False])
def test_the_proxy_comes_apart_from_it(tmp_path: Path, fail_open: bool) -> None:
    school = settings(tmp_path, fail_open=fail_open)
    (payload,) = plistlib.loads(proxy_profile(school, load_root(school.root)))["PayloadContent"]
    assert payload["PayloadType"] == "com.apple.proxy.http.global"
    assert (payload["ProxyType"], payload["ProxyPACURL"]) == ("Auto", "http://gatehouse.hillside.test/proxy.pac")
    assert payload["ProxyPACFallbackAllowed"] is fail_open
