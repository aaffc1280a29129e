"""What can be read on a window, asked of a program that answers from a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from agent.linux.accessible_bus import ROOT, AccessibleBus
from agent.linux.accessible_line import Ref
from agent.linux.roles import Role, State, bits
from agent.linux.window_text import LONGEST, MOST_NODES, document_of, frame_of, texts_of

SHOWING = bits((State.SHOWING,))


@dataclass(frozen=True)
class Node:
    role: Role
    text: str = ""
    name: str = ""
    states: int = SHOWING
    below: Sequence["Node"] = ()
    address: str = ""


@dataclass
class Table(AccessibleBus):
    """Nodes by their path; ``asked`` is what was read of them."""

    nodes: Mapping[Ref, Node]
    below: Mapping[Ref, list[Ref]]
    answers_at_once: bool = False
    asked: list[str] = field(default_factory=list)

    def role(self, ref: Ref) -> int | None:
        return self.nodes[ref].role

    def states(self, ref: Ref) -> int:
        return self.nodes[ref].states

    def name(self, ref: Ref) -> str:
        self.asked.append(f"name {ref.path}")
        return self.nodes[ref].name

    def children(self, ref: Ref) -> list[Ref]:
        return self.below[ref]

    def length(self, ref: Ref) -> int:
        self.asked.append(f"length {ref.path}")
        return len(self.nodes[ref].text)

    def text(self, ref: Ref, start: int, end: int) -> str | None:
        self.asked.append(f"text {ref.path}")
        return self.nodes[ref].text[start:end]

    def address(self, ref: Ref) -> str:
        return self.nodes[ref].address

    def process(self, owner: str) -> int | None:
        return int(owner.removeprefix(":1."))

    def matches(self, ref: Ref, states: int, roles: int, most: int) -> list[Ref] | None:
        if not self.answers_at_once:
            return None
        return [r for r, n in self.nodes.items() if roles >> n.role & 1 and n.states & states == states][:most]


def table(*tops: Node, at_once: bool = False) -> Table:
    nodes, below = dict[Ref, Node](), dict[Ref, list[Ref]]()

    def add(node: Node, path: str) -> Ref:
        ref = Ref(":1.7", path)
        nodes[ref] = node
        below[ref] = [add(child, f"{path}/{i}") for i, child in enumerate(node.below)]
        return ref

    program = Ref(":1.7", "/program")
    below[ROOT], below[program] = [program], [add(top, f"/{i}") for i, top in enumerate(tops)]
    return Table(nodes, below, at_once)


TOP = Ref(":1.7", "/0")
WINDOW = Node(
    Role.FRAME,
    below=[
        Node(Role.HEADING, name="Cats of the world"),
        Node(Role.PARAGRAPH, "All about \ufffc and dogs", below=[Node(Role.LINK, "cats"), Node(Role.STATIC, "dogs")]),
        Node(Role.PASSWORD_TEXT, "hunter2", "hunter2"),
        Node(Role.LABEL, "hidden", states=0),
        Node(Role.ENTRY, "what is written", states=SHOWING | bits((State.FOCUSED, State.EDITABLE))),
        Node(Role.IMAGE, name="a fine cat"),
    ],
)


@pytest.mark.parametrize("at_once", [True, False])
def test_texts_are_read_in_order_and_each_once(at_once: bool) -> None:
    bus = table(WINDOW, at_once=at_once)
    assert texts_of(bus, TOP) == ["Cats of the world", "All about   and dogs", "cats", "dogs", "a fine cat"]


@pytest.mark.parametrize("at_once", [True, False])
def test_of_a_password_nothing_is_asked_but_what_it_is(at_once: bool) -> None:
    bus = table(WINDOW, at_once=at_once)
    texts_of(bus, TOP)
    assert not [asked for asked in bus.asked if asked.endswith("/0/2")]


def test_a_huge_window_is_read_as_far_as_it_may_be() -> None:
    many = Node(Role.FRAME, below=[Node(Role.LABEL, f"line {i} " * 50) for i in range(5 * MOST_NODES)])
    bus = table(many)
    texts = texts_of(bus, TOP)
    assert sum(map(len, texts)) <= LONGEST
    assert len(bus.asked) < 3 * MOST_NODES


def test_a_deep_window_has_an_end() -> None:
    node = Node(Role.LABEL, "the bottom")
    for _ in range(100):
        node = Node(Role.SECTION, below=[node])
    assert texts_of(table(node), TOP) == []


def test_a_pages_address_is_found_and_else_a_documents_name() -> None:
    page = Node(Role.FRAME, below=[Node(Role.DOCUMENT_WEB, address="https://example.org/", name="Example")])
    letter = Node(Role.FRAME, below=[Node(Role.DOCUMENT_TEXT, name="Letter")])
    assert document_of(table(page), TOP) == ("https://example.org/", "")
    assert document_of(table(letter), TOP) == ("", "Letter")
    assert document_of(table(WINDOW), TOP) == ("", "")


def test_the_active_window_of_a_program_is_found_by_its_number_and_title() -> None:
    active = SHOWING | bits((State.ACTIVE,))
    bus = table(
        Node(Role.FRAME, name="One"),
        Node(Role.FRAME, name="Two", states=active),
        Node(Role.FRAME, name="Three", states=0),
    )
    assert frame_of(bus, 7, "Two") == Ref(":1.7", "/1")
    assert frame_of(bus, 8, "Two") is None
    assert frame_of(bus, None, "Two") is None
    both = table(Node(Role.FRAME, name="One", states=active), Node(Role.FRAME, name="Two", states=active))
    assert frame_of(both, 7, "Two") == Ref(":1.7", "/1")
