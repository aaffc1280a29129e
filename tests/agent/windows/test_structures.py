from ctypes import Structure, sizeof

import pytest

from agent.windows import structures

SIZES = {
    structures.Rect: 16,
    structures.LastInputInfo: 8,
    structures.BitmapInfoHeader: 40,
    structures.Overlapped: 32,
    structures.SecurityAttributes: 24,
    structures.ServiceStatus: 28,
    structures.SessionNotification: 8,
    structures.StartupInfo: 104,
    structures.ProcessInformation: 24,
    structures.SessionInfo: 24,
    structures.ServiceTableEntry: 16,
    structures.WindowClass: 80,
    structures.ThreadMessage: 48,
    structures.NotifyIconData: 976,
}
"""On 64 bits, by Microsoft's headers."""


@pytest.mark.parametrize("structure", SIZES)
def test_each_is_as_large_as_windows_has_it(structure: type[Structure]) -> None:
    assert sizeof(structure) == SIZES[structure]
