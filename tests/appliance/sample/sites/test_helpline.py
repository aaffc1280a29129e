from appliance.sample.exchange import request
from appliance.sample.sites.helpline import helpline


def test_there_is_one_page() -> None:
    assert [helpline(request("GET", path)).status for path in ("/", "/more")] == [200, 404]
