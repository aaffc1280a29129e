from detection.conversations.mailbox_heads import MailboxHeads

HEAD = b"From: Jo <jo@y.test>\r\nX-Long: one\r\nSubject: a long\r\n way\r\nContent-Type: text/plain\r\n"


def test_who_wrote_and_what_it_is_about_is_kept_and_nothing_else() -> None:
    heads = MailboxHeads()
    heads.note("1", HEAD)
    assert heads.of("1") == b"from: Jo <jo@y.test>\r\nsubject: a long way\r\ncontent-type: text/plain\r\n"
    assert heads.whose("1") == b"from: Jo <jo@y.test>\r\nsubject: a long way\r\n"
    assert heads.of("2") == heads.whose("2") == b""
    heads.forget()
    assert (heads.of("1"), heads.size) == (b"", 0)


def test_a_header_of_one_line_does_not_replace_a_whole_one() -> None:
    heads = MailboxHeads()
    heads.note("1", HEAD)
    heads.note("1", b"Subject: other\r\n")
    heads.note("1", b"no header")
    assert b"a long way" in heads.of("1")


def test_a_mailbox_of_many_mails_does_not_fill_the_memory() -> None:
    heads = MailboxHeads()
    for number in range(3000):
        heads.note(str(number), HEAD + b"To: " + b"a@b.test, " * 500 + b"\r\n")
    assert 400_000 < heads.size < 600_000
    assert heads.of("0") == b""
    assert heads.of("2999")
