"""A symbolic link, swapped in one step: whoever follows it finds the old place or the new one."""

from dataclasses import dataclass

from appliance.provisioning import folders
from appliance.provisioning.ledger import Facts, Key
from appliance.provisioning.plan import Site

KIND = "link"


@dataclass(frozen=True, slots=True)
class Link:
    path: str
    target: str

    @property
    def key(self) -> Key:
        return Key(KIND, self.path)

    def lacks(self, site: Site) -> str:
        link = site.machine.at(self.path)
        if link.is_symlink() and str(link.readlink()) == self.target:
            return ""
        return f"link {self.path} to {self.target}"

    def do(self, site: Site) -> None:
        link = site.machine.at(self.path)
        if link.exists() and not link.is_symlink():
            raise FileExistsError(17, "is there and is no link of ours; move it away", str(link))
        site.ledger.note(self.key)
        folders.make_above(site, self.key, self.path)
        draft = link.with_name(f".{link.name}.new")
        draft.unlink(missing_ok=True)
        draft.symlink_to(self.target)
        draft.replace(link)


def undo(site: Site, key: Key, facts: Facts) -> None:
    link = site.machine.at(key.name)
    if link.is_symlink():
        link.unlink()
    folders.remove_above(site, facts)
