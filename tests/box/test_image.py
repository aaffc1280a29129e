"""The recipe of the image: it says what it lacks; what it makes starts, and becomes the box that cloud-init names."""

import os
import re
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
BUILD = PROJECT / "appliance" / "provisioning" / "image" / "build"
TOOLS = (
    "debootstrap",
    "mke2fs",
    "mcopy",
    "mkfs.vfat",
    "sfdisk",
    "grub-mkstandalone",
    "qemu-system-x86_64",
    "genisoimage",
)
KERNEL = "root=LABEL=gatehouse rw net.ifnames=0 console=ttyS0 quiet mitigations=off clearcpuid=cx16 oops=panic panic=-1"
"""One that uses cx16 stops at random under emulation, and NumPy does not go without: so the processor has it, and the
kernel does not look."""
BOX = """\
school = "Hill School"
hostname = "gatehouse.hill.example"
outside = "eth0"
[[network]]
name = "pupils"
interface = "eth1"
address = "10.20.0.1/16"
"""
UNITS = ("first-start", "firewall", "dns", "appliance", "worker", "console", "gateway")
CONSOLE = "http://localhost:8000/"
SEEN = f"""\
#!/bin/sh
say() {{ echo "SEEN $*" >/dev/ttyS0; }}
units() {{ systemctl is-active {" ".join(f"gatehouse-{unit}" for unit in UNITS)} | xargs; }}
answer() {{ python3 -c "from urllib.request import urlopen; print(urlopen('{CONSOLE}').url)" 2>&1 | tail -1; }}
systemctl start gatehouse-first-start
for _ in $(seq 90); do
    case "$(units)$(answer)" in *inactive*|*failed*|*activating*|*rror*) sleep 5 ;; *) break ;; esac
done
say units: $(units)
say console: $(answer)
say card: $(ip -br address show eth1)
say chains: $(nft list table inet gatehouse | grep -c chain)
say reading: $(nft list set inet gatehouse reading | grep -c elements)
poweroff
"""
PATIENCE = 3000
"""Seconds; a quarter of an hour on two cores that had much else to do."""


def lacking() -> str:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    return f"not installed here: {', '.join(missing)}; scripts/test --all installs them" if missing else ""


@pytest.mark.parametrize(
    ("given", "said"), [((), "say where"), (("box.iso",), "say where"), (("--what", "1", "x.raw"), "usage")]
)
def test_it_says_what_it_wants(given: tuple[str, ...], said: str) -> None:
    done = subprocess.run([BUILD, *given], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.slow
@pytest.mark.skipif("GATEHOUSE_ROUNDS" in os.environ, reason="has no short form: a quarter of an hour")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a system in a folder")
@pytest.mark.skipif(lacking() != "", reason=lacking())
def test_it_starts_and_becomes_the_box(tmp_path: Path) -> None:
    """Under an emulated processor, ten times slower than a real one. No network: all it needs is on it."""
    disk, seed = tmp_path / "gatehouse.raw", tmp_path / "seed"
    subprocess.run([BUILD, "--size", "6G", disk], check=True, env=os.environ | {"TMPDIR": str(tmp_path)})
    seed.mkdir()
    (seed / "meta-data").write_text("instance-id: one\n")
    indented = {name: textwrap.indent(text, " " * 6) for name, text in (("box", BOX), ("seen", SEEN))}
    (seed / "user-data").write_text(
        "#cloud-config\nwrite_files:\n"
        f"  - path: /etc/gatehouse/box.toml\n    content: |\n{indented['box']}"
        f"  - path: /root/seen\n    permissions: '0755'\n    content: |\n{indented['seen']}"
        "runcmd: [[/root/seen]]\n"
    )
    subprocess.run(["genisoimage", "-quiet", "-V", "cidata", "-J", "-r", "-o", tmp_path / "seed.iso", seed], check=True)
    started = subprocess.run(
        ["qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "3072",
         "-display", "none", "-serial", "stdio", "-no-reboot",
         "-nic", "user,restrict=on,model=virtio", "-nic", "user,restrict=on,model=virtio",
         "-drive", f"file={disk},if=virtio,format=raw", "-drive", f"file={tmp_path}/seed.iso,if=virtio,format=raw",
         "-kernel", disk.with_suffix(".vmlinuz"), "-initrd", disk.with_suffix(".initrd"),
         "-append", KERNEL],
        capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False,
    )  # fmt: skip
    seen = dict(re.findall(r"SEEN (\w+): (.*?)\s*$", started.stdout, re.MULTILINE))
    assert seen.get("units", "").split() == ["active"] * len(UNITS), started.stdout[-3000:]
    assert seen["console"] == f"{CONSOLE}sign-in"
    assert seen["reading"] == "0", "nothing is read before somebody has agreed to it"
    assert "10.20.0.1/16" in seen["card"]
    assert int(seen["chains"]) >= 5
    assert "with the password" not in started.stdout
