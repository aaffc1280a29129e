from detection.extract.services import SERVICES
from detection.extract.services.without import WITHOUT


def test_no_service_is_both_read_by_name_and_listed_as_not() -> None:
    assert not {service.name for service in SERVICES} & {without.name for without in WITHOUT}


def test_each_says_why_once() -> None:
    assert all(without.why for without in WITHOUT)
    assert len({without.name for without in WITHOUT}) == len(WITHOUT)
