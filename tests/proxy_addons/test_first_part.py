from proxy_addons.first_part import FirstPart


def test_every_chunk_passes_untouched_and_the_beginning_is_kept():
    part = FirstPart(5)
    assert [part(chunk) for chunk in (b"abc", b"def", b"")] == [b"abc", b"def", b""]
    assert (part.body, part.whole, part.size) == (b"abcde", False, 6)


def test_a_body_that_fits_is_kept_whole():
    part = FirstPart(6)
    part(b"abcdef")
    assert (part.body, part.whole) == (b"abcdef", True)
