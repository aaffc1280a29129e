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
PROCESSOR = "qemu64,-cx16"
"""With cx16 some kernels stop at random under emulation. It is too plain for the model's runtime: programs that load
it end with an illegal instruction, and so it is the machine that is looked at here."""
BOX = """\
school = "Hill School"
hostname = "gatehouse.hill.example"
outside = "eth0"
[[network]]
name = "pupils"
interface = "eth1"
address = "10.20.0.1/16"
"""
SEEN = """\
#!/bin/sh
systemctl is-active gatehouse-first-start gatehouse-firewall gatehouse-dns | xargs echo SEEN units: >/dev/ttyS0
ip -br address show eth1 | xargs echo SEEN card: >/dev/ttyS0
nft list table inet gatehouse | grep -c chain | xargs echo SEEN chains: >/dev/ttyS0
poweroff
"""


@pytest.mark.parametrize(
    ("given", "said"), [((), "say where"), (("box.iso",), "say where"), (("--what", "1", "x.raw"), "usage")]
)
def test_it_says_what_it_wants(given: tuple[str, ...], said: str) -> None:
    done = subprocess.run([BUILD, *given], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.slow
@pytest.mark.skipif("GATEHOUSE_ROUNDS" in os.environ, reason="has no short form: half an hour under emulation")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a system in a folder")
@pytest.mark.skipif(any(shutil.which(tool) is None for tool in TOOLS), reason=f"needs {', '.join(TOOLS)}")
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
        "runcmd: [[sh, -c, 'systemctl start gatehouse-first-start; /root/seen']]\n"
    )
    subprocess.run(["genisoimage", "-quiet", "-V", "cidata", "-J", "-r", "-o", tmp_path / "seed.iso", seed], check=True)
    started = subprocess.run(
        ["qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", PROCESSOR, "-smp", "2", "-m", "3072",
         "-display", "none", "-serial", "stdio", "-no-reboot",
         "-nic", "user,restrict=on,model=virtio", "-nic", "user,restrict=on,model=virtio",
         "-drive", f"file={disk},if=virtio,format=raw", "-drive", f"file={tmp_path}/seed.iso,if=virtio,format=raw",
         "-kernel", disk.with_suffix(".vmlinuz"), "-initrd", disk.with_suffix(".initrd"),
         "-append", "root=LABEL=gatehouse rw net.ifnames=0 console=ttyS0 quiet mitigations=off oops=panic panic=-1"],
        capture_output=True, text=True, errors="replace", timeout=1500, check=False,
    )  # fmt: skip
    seen = dict(re.findall(r"SEEN (\w+): (.*?)\s*$", started.stdout, re.MULTILINE))
    assert seen.get("units", "").split() == ["active"] * 3, started.stdout[-3000:]
    assert "10.20.0.1/16" in seen["card"]
    assert int(seen["chains"]) >= 5
    assert "with the password" not in started.stdout
