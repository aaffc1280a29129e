import sys
from ctypes import sizeof

import pytest

from detection.windows_job import BasicLimits, Limits, bounded, ending_with_us, enter, new_job


@pytest.mark.skipif(sys.maxsize < 2**32, reason="sizes of 64 bits")
def test_the_structures_have_the_sizes_that_windows_wants() -> None:
    assert (sizeof(BasicLimits), sizeof(Limits)) == (64, 144)


def test_a_reader_of_documents_is_bound_in_memory_time_and_processes() -> None:
    limits = bounded(700 << 20, 1200)
    assert limits.process_memory == 700 << 20
    assert (limits.basic.process_time, limits.basic.processes) == (12_000_000_000, 1)
    assert limits.basic.flags == 0x2 | 0x8 | 0x100 | 0x400


def test_what_must_not_outlive_its_maker_ends_with_the_jobs_handle_and_what_it_opened_does_not() -> None:
    assert ending_with_us().basic.flags == 0x2000 | 0x1000


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        new_job(ending_with_us())
    with pytest.raises(OSError, match="this is not Windows"):
        enter(0)
