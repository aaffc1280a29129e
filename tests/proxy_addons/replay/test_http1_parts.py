from proxy_addons.replay.http1_parts import Framing, Kind, Part


def test_a_part_is_whole_where_nothing_else_is_said_and_a_framing_is_no_length() -> None:
    assert Part(Kind.END) == Part(Kind.END, b"", whole=True)
    assert not any(isinstance(framing, int) for framing in Framing)
