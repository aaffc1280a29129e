"""What would make provisioning fail half-way, found before anything is touched."""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path

from appliance.provisioning import folders, made, networkd
from appliance.provisioning.box import Box
from appliance.provisioning.ledger import Key, Ledger
from appliance.provisioning.machine import HERE, Machine
from appliance.provisioning.settings_files import NEAR_CONSOLE, OWN_KEY, STATE

OLDEST = 12
_CARDS, _PROCESSORS = Path("/sys/class/net"), Path("/proc/cpuinfo")
_SECOND_LEVEL = ("popcnt", "sse4_1", "sse4_2", "ssse3")
"""Of x86-64-v2, which any processor since 2009 has; the plain types of virtual machines (kvm64, qemu64) hide them."""


def of_the_machine(machine: Machine, *, dry: bool) -> list[str]:
    """Sentences, each with what to do."""
    found = []
    if os.geteuid() != 0 and not dry:
        found.append("only root may change the system: run it with sudo, or look first with --dry-run")
    release = machine.release()
    name = release.get("PRETTY_NAME", "a system without /etc/os-release")
    if release.get("ID") != "debian":
        found.append(f"this is {name}: the box runs on Debian 12 or 13")
    elif (release.get("VERSION_ID") or "99").isdigit() and int(release.get("VERSION_ID") or "99") < OLDEST:
        found.append(f"this is {name}: bring it to Debian 13 first")
    return found


def of_the_processor(machine: Machine, processors: Path = _PROCESSORS) -> list[str]:
    """The model's arithmetic ends a program where these are missing, and with it nearly all of the box."""
    if machine.root != HERE:
        return []
    flags = next((line for line in processors.read_text("utf-8").splitlines() if line.startswith("flags")), None)
    if flags is None:  # no x86
        return []
    missing = [each for each in _SECOND_LEVEL if each not in flags.split()]
    return (
        [f"the processor lacks {', '.join(missing)}: choose the type host, or x86-64-v3, for the virtual machine"]
        if missing
        else []
    )


def of_the_cards(machine: Machine, box: Box, cards: Path = _CARDS) -> list[str]:
    """Only where the machine is the one we run on: an image's cards are not known when it is made."""
    if machine.root != HERE:
        return []
    there = sorted(each.name for each in cards.iterdir()) if cards.is_dir() else []
    missing = [card for card in networkd.cards(box) if card not in there]
    seen = ", ".join(name for name in there if name != "lo") or "none"
    found = [f"there is no card {card}; this machine has: {seen}. Correct box.toml" for card in missing]
    if _named_in_interfaces(machine, names := [network.interface for network in box.network]):
        found.append(
            f"/etc/network/interfaces speaks of {' or '.join(names)} too: take it out there, the box sets it up itself"
        )
    return found


def of_the_way_in(box: Box, surroundings: Mapping[str, str]) -> list[str]:
    """Whoever works over SSH must not be locked out: the firewall answers nobody whom ``ssh_from`` does not name."""
    words = surroundings.get("SSH_CONNECTION", "").split()
    if not words or any(ipaddress.ip_address(words[0]) in ipaddress.ip_network(each) for each in box.ssh_from):
        return []
    return [
        f"you are signed in by SSH from {words[0]}, which ssh_from does not name: the box would not answer you again"
    ]


def of_the_updates(machine: Machine, box: Box) -> list[str]:
    """A timer that can never find anything would only look as if the box were kept up to date."""
    if box.update is None or machine.at(str(box.update.root)).is_file():
        return []
    return [
        f"update.root: {box.update.root} is not there: put the root metadata there that the publisher gave you, or "
        "take [update] out of box.toml"
    ]


def of_the_sign_in(machine: Machine, box: Box) -> list[str]:
    """No worker starts where nobody could be told from anybody."""
    accounts = box.proxy.accounts
    if accounts is None or machine.at(str(accounts)).is_file():
        return []
    return [
        f"proxy.accounts: {accounts} is not there: make the first with sudo gatehouse proxy-account add LOGIN --file "
        f"{accounts}, or take the line out of box.toml until then"
    ]


def of_what_it_was(ledger: Ledger, box: Box) -> list[str]:
    """A box's records, or its place beside another box, are not lost by a line in box.toml."""
    joined, records = Key(made.KIND, OWN_KEY) in ledger, Key(folders.KIND, STATE) in ledger
    if box.appliance and records:
        return [
            "this box has an appliance with records of its own, so [appliance] cannot make it a second gateway: back "
            "them up, take them off with gatehouse provision --remove, and begin anew"
        ]
    if joined and not box.appliance:
        return [
            "this box is a second gateway, and box.toml has no [appliance] any more: for an appliance of its own take "
            "it off with gatehouse provision --remove, and begin anew"
        ]
    return []


def of_the_links(box: Box) -> str:
    """What to know of the alerts before the first is sent; empty where they lead to an address that was given."""
    if box.console_url or box.appliance:
        return ""
    return (
        f"Note: alerts link to {NEAR_CONSOLE}, which leads to the console only through an SSH tunnel (docs/deploy.md). "
        "For links that work elsewhere put something before the console, and its address into console_url "
        "(docs/from-home.md)."
    )


def surroundings_of(process: int) -> Mapping[str, str]:
    """What a process or one of those above it was given; sudo keeps SSH_CONNECTION from us."""
    while process > 1:
        try:
            given = Path(f"/proc/{process}/environ").read_bytes().decode("utf-8", "replace")
            above = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[1]
        except OSError:
            break
        found = dict(each.split("=", 1) for each in given.split("\0") if "=" in each)
        if "SSH_CONNECTION" in found:
            return found
        process = int(above)
    return {}


def _named_in_interfaces(machine: Machine, names: list[str]) -> bool:
    files = [machine.at("/etc/network/interfaces"), *sorted(machine.at("/etc/network/interfaces.d").glob("*"))]
    words = [line.split()[:2] for file in files if file.is_file() for line in file.read_text("utf-8").splitlines()]
    return any(each == ["iface", name] for each in words for name in names)
