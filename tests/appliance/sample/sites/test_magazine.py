import pytest

from appliance.sample.exchange import request
from appliance.sample.sites.magazine import magazine


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/derby", 200), ("/romeo", 404), ("/nothing", 404)])
def test_it_has_its_own_articles_and_not_the_homework_sites(path: str, status: int) -> None:
    assert magazine(request("GET", path)).status == status
