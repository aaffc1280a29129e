"""Elements as a Mac's programs might give them: attributes by their names."""

from agent.macos.elements import AccessibleElement

Attributes = dict[str, object]


def drawn(role: str, *below: Attributes, writable: bool = False, **attributes: object) -> Attributes:
    made: Attributes = {"AXRole": role, "AXChildren": list(below), "writable": writable, "asked": [], **attributes}
    for child in below:
        child["AXParent"] = made
    return made


def element(of: Attributes) -> AccessibleElement:
    return AccessibleElement(of, ask, settable, lambda each: str(id(each)))


def ask(of: object, name: str) -> object:
    assert isinstance(of, dict)
    of["asked"].append(name)
    return of.get(name)


def settable(of: object, name: str) -> object:
    assert isinstance(of, dict)
    assert name == "AXValue"
    return of["writable"]
