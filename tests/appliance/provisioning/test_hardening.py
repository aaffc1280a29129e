"""What a unit may not do."""

from appliance.provisioning.hardening import CLOSED, NO_NAMESPACES, THE_CAGE


def test_the_cage_can_be_made_by_a_unit_that_starts_it() -> None:
    """Tried with a browser: without mount there is no cage, and where parts of /proc are hidden none gets its own."""
    assert "SystemCallFilter=@system-service @mount seccomp sethostname\n" in THE_CAGE
    for hides in (
        "ProtectKernelTunables",
        "ProtectKernelLogs",
        "ProtectHostname",
        "ProcSubset",
        "PrivateUsers",
        "SUIDSGID",
    ):
        assert hides not in CLOSED + THE_CAGE


def test_the_others_make_no_namespaces_and_see_no_other_processes() -> None:
    for line in ("RestrictNamespaces=yes\n", "ProtectProc=invisible\n", "SystemCallFilter=~@privileged\n"):
        assert line in NO_NAMESPACES
