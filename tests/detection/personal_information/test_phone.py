import pytest

from detection.personal_information.phone import MOST, phone_numbers

OWN = [
    ("call me on 07700 900123", "07700 900123", "0770• ••••23"),
    ("07700900123", "07700900123", "0770•••••23"),
    ("my number is +44 7700 900123 x", "+44 7700 900123", "+44 77•• ••••23"),
    ("+44 (0)7700 900123", "+44 (0)7700 900123", "+44 (0)7••• ••••23"),
    ("00447700900123 text me", "00447700900123", "0044••••••••23"),
    ("0 7 7 0 0 9 0 0 1 2 3", "0 7 7 0 0 9 0 0 1 2 3", "0 7 7 0 • • • • • 2 3"),
    ("(07700) 900-123 ring me", "(07700) 900-123", "(0770•) •••-•23"),
    ("07700.900.123", "07700.900.123", "0770•.•••.•23"),
    ("my mums landline is 01632 960123", "01632 960123", "0163• ••••23"),
    ("text me 020 7946 0123", "020 7946 0123", "020 7••• ••23"),
    ("hmu +353 86 123 4567", "+353 86 123 4567", "+353 8• ••• ••67"),
    ("ring me 07700 900123 5pm", "07700 900123", "0770• ••••23"),
]


@pytest.mark.parametrize(("text", "written", "shown"), OWN)
def test_a_number_to_be_reached_on_is_found_and_shown_in_part(text: str, written: str, shown: str) -> None:
    (finding,) = phone_numbers(text)
    assert (text[finding.start : finding.end], finding.shown) == (written, shown)


@pytest.mark.parametrize(
    "text",
    [
        "order number 07700 900123",
        "ref: 07700900123",
        "my student id is 07700900123",
        "tracking 07700900123 says friday",
        "ISBN 0 7475 3269 9",
        "07700900123 + 4 = x",
        "x = 07700900123",
        "what is 07700900123 * 2",
        "0.7700900123",
        "07.12.2025 10:30",
        "07/12/2025",
        "2024-07-12 07:00",
        "20241207",
        "£07700900123",
        "#07700900123",
        "077009001234567890",
        "07700 9001",
        "0800 1111",
        "childline is on 0800 1111, ring them",
        "08081 570192 is free",
        "116 123",
        "999",
        "the dentist is 0161 496 0123, ring them",
        "pizza place 07700 900123",
        "the office is 01632 960123",
        "0161 496 0123",
        "1 1 2 3 5 8 13 21 34",
        "0 1 1 2 3 5 8 13 21",
        "pi is 3.14159265358979",
        "192.168.0.1 and 07.7.0.0.9.0.0.1.2.3",
        "https://example.org/07700900123",
        "id_07700900123",
        "",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert list(phone_numbers(text)) == []


def test_ones_own_number_is_found_beside_a_companys_name() -> None:
    assert [f.shown for f in phone_numbers("im at the pizza place, my number is 07700 900123")] == ["0770• ••••23"]


def test_a_list_of_numbers_is_nobodys_own() -> None:
    numbers = [f"ring 07700 9001{number}0" for number in range(MOST + 1)]
    assert len(list(phone_numbers(", ".join(numbers[:MOST])))) == MOST
    assert list(phone_numbers(", ".join(numbers))) == []


@pytest.mark.parametrize(("text", "own"), [("my number 07700 900123", True), ("so 07700 900123 ok", False)])
def test_words_beside_it_say_whose_it_is(text: str, own: bool) -> None:
    (finding,) = phone_numbers(text)
    assert finding.own is own
