"""AT-SPI's numbers as sets of bits."""

from agent.linux.roles import READ, Role, State, bits, has


def test_a_set_of_bits_has_what_was_put_in_and_nothing_else() -> None:
    states = bits((State.FOCUSED, State.SHOWING))
    assert has(states, State.FOCUSED, State.SHOWING)
    assert not has(states, State.EDITABLE)
    assert has(states)


def test_a_field_for_passwords_is_among_nothing_that_is_read() -> None:
    assert Role.PASSWORD_TEXT not in READ
