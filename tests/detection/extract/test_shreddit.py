from detection.extract.shreddit import Said, said_in

COMMENT = (
    '<shreddit-comment author="{who}" permalink="/r/bees/comments/1ab/comment/9/">'
    '<div slot="commentMeta">{who} 2h</div><div id="x" slot="comment"><p>{text}</p></div>'
    '<shreddit-comment-action-row slot="actionRow">Reply'
    "</shreddit-comment-action-row>{replies}</shreddit-comment>"
)


def test_each_comment_is_read_with_its_author_and_thread_and_nothing_around_it() -> None:
    markup = COMMENT.format(who="ann", text="hello", replies=COMMENT.format(who="bob", text="hi &amp; bye", replies=""))
    assert list(said_in(markup)) == [Said("hello", "ann", "t3_1ab"), Said("hi & bye", "bob", "t3_1ab")]


def test_a_post_is_read_with_its_title() -> None:
    markup = (
        '<shreddit-post author="ann" post-title="Bees &amp; ants" permalink="/r/bees/comments/1ab/x/">'
        '<a slot="title">Bees</a><div slot="text-body"><p>Which is which?</p></div></shreddit-post>'
    )
    assert [said.text for said in said_in(markup)] == ["Bees & ants", "Which is which?"]


def test_an_advertisement_is_left_out() -> None:
    advertisement = '<shreddit-ad-post post-title="Buy this"><div slot="text-body">now</div></shreddit-ad-post>'
    assert list(said_in(advertisement)) == []


def test_markup_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    assert [said.text for said in said_in('<shreddit-comment author="ann"><div slot="comment"><p>hel')] == ["hel"]
    assert list(said_in('<shreddit-comment author="')) == []
    assert list(said_in("")) == []
