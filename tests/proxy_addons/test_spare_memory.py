import subprocess
import sys
from pathlib import Path

from proxy_addons.spare_memory import EVERY, SpareMemory

MANY = """
from pathlib import Path
from proxy_addons.spare_memory import EVERY, SpareMemory

def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 >> 20

times = iter((0.0, EVERY, EVERY, EVERY))
spare = SpareMemory(lambda: next(times))
kept = [bytes(20_000 + n % 7 * 9000) for n in range(4000)]
full = megabytes()
kept[::2] = [None] * 2000
before = megabytes()
print(full, before, spare.give_back(), megabytes())
"""
ROOT = Path(__file__).parents[2]


def test_what_is_free_between_what_stays_goes_back_to_the_system():
    done = subprocess.run([sys.executable, "-c", MANY], cwd=ROOT, capture_output=True, text=True, check=True)
    full, before, given, after = done.stdout.split()
    assert given == "True"
    assert int(before) > int(full) * 0.9, "or there would be nothing to do"
    assert int(after) < int(full) * 0.7


def test_not_more_than_once_a_minute():
    asked = []
    times = iter((0.0, 1.0, EVERY, EVERY, EVERY + 1, 2 * EVERY + 2, 2 * EVERY + 2))
    spare = SpareMemory(lambda: next(times))
    spare._trim = lambda rest: asked.append(rest) or 1
    assert [spare.give_back() for _ in range(4)] == [False, True, False, True]
    assert asked == [0, 0]


def test_where_the_system_knows_no_such_thing_nothing_happens():
    spare = SpareMemory(iter((0.0, 2 * EVERY)).__next__)
    spare._trim = None
    assert not spare.give_back()
