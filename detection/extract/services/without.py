"""Well-known services that no file here reads by name, and why: docs/coverage.md lists them beside those that are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    name: str
    seen: bool
    """Whether the general readers see what they can; else nothing can be read at the gateway."""
    why: str


WITHOUT: tuple[Without, ...] = (
    Without(name="Snapchat My AI", seen=True, why="no public source for the wire format"),
    Without(
        name="Snaps and pictures on Snapchat", seen=False, why="end-to-end encrypted, or encrypted with a key apart"
    ),
    Without(name="Chats of two people on Messenger", seen=False, why="end-to-end encrypted, but for those never moved"),
    Without(name="Webex on the web", seen=False, why="messages are encrypted by the client"),
    Without(name="Zoom's chat", seen=True, why="no public source for the wire format"),
    Without(name="Ecosia's AI chat", seen=True,
            why="no public source for its wire format; a question in the address is read"),
    Without(name="Chai", seen=True, why="no public source for the wire format"),
    Without(name="Quora", seen=True, why="its calls are named only in scrapers"),
    Without(name="Telegram on the web", seen=False, why="a protocol of its own, encrypted inside the connection"),
    Without(name="Chats in Roblox games", seen=False, why="they do not go over HTTP"),
    Without(name="XChat on X", seen=False, why="end-to-end encrypted"),
    Without(name="WhatsApp", seen=False, why="end-to-end encrypted"),
    Without(name="Signal", seen=False, why="end-to-end encrypted"),
    Without(name="iMessage", seen=False, why="end-to-end encrypted"),
    Without(name="Yahoo Mail", seen=True, why="no public source for what is sent and opened"),
    Without(name="Microsoft 365 (Word, Excel and PowerPoint in the browser)", seen=True,
            why="no public source for how edits are sent"),
    Without(name="Google Slides and Sheets", seen=True, why="no public source for their edits; comments are read"),
    Without(name="Google Classroom", seen=True, why="no public source for its page's own calls"),
    Without(name="Canva", seen=True, why="no public source for its wire format"),
    Without(name="Seesaw", seen=True, why="no public source for its wire format"),
    Without(name="Showbie", seen=True, why="no public source for its wire format"),
    Without(name="ClassDojo", seen=True, why="no public source for what pupils write"),
)  # fmt: skip
