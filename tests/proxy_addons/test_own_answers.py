import pytest
from mitmproxy.exceptions import AddonHalt
from mitmproxy.http import Response

from proxy_addons.own_answers import OwnAnswers, answer
from tests.proxy_addons.factories import flow


def test_no_other_addon_sees_what_was_answered():
    asked, own = flow(), OwnAnswers()
    with pytest.raises(AddonHalt):
        answer(asked, Response.make(200))
    assert asked.response.status_code == 200
    for hook in (own.request, own.responseheaders, own.response, own.error):
        with pytest.raises(AddonHalt):
            hook(asked)


def test_all_others_go_on():
    for hook in (OwnAnswers().request, OwnAnswers().responseheaders, OwnAnswers().response, OwnAnswers().error):
        hook(flow())


@pytest.mark.parametrize(("said", "streamed"), [(None, False), (Response.make(200), True)])
def test_what_cannot_be_answered_is_shut(said, streamed):
    asked = flow(method="POST")
    asked.request.stream = streamed
    with pytest.raises(AddonHalt):
        answer(asked, said)
    assert asked.error
    assert asked.response is None
