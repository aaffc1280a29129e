from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written


def test_a_feeds_words_are_read() -> None:
    feed = (
        "<rss><channel><title>News</title><link>https://a.example/</link><item>"
        "<description><![CDATA[<p>Good <b>mor</b>ning</p>]]></description>"
        "<summary>&lt;p&gt;again&lt;/p&gt;</summary></item></channel></rss>"
    )
    assert said(shown(feed, "application/rss+xml")) == [(Channel.PAGE, "News\nGood morning\nagain")]


def test_a_chat_stanza_is_read() -> None:
    stanza = "<message to='bo@a.example'><body>hello</body><active/></message>"
    assert said(written(stanza, "text/xml")) == [(Channel.MESSAGE, "hello")]


def test_passwords_are_never_read() -> None:
    call = (
        "<s:Body><wsse:Password>open the door</wsse:Password><pin><![CDATA[open the door]]></pin>"
        "<text>hello</text></s:Body>"
    )
    assert said(written(call, "application/soap+xml")) == [(Channel.POST, "hello")]


def test_json_in_an_element_is_walked() -> None:
    secret = '<token>{"text": "open the door"}</token>'
    body = '<data>{"password": "open the door", "text": "hello you"}</data>'
    assert said(written(f"<call>{secret}{body}</call>", "text/xml")) == [(Channel.POST, "hello you")]


def test_a_sentence_in_an_attribute_that_says_something_is_read() -> None:
    document = (
        '<a><say text="see you at the river" id="one two three"/><t title="Tab" password="my open sesame words"/></a>'
    )
    assert [text for _, text in said(written(document, "application/xml"))] == ["see you at the river"]
