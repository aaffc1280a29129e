"""What every sample site's pages are made of: templates, style sheets and drawn pictures."""

import re
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from appliance.sample.exchange import Request, Response, Site, not_found
from appliance.sample.pictures import picture

_ENVIRONMENT = Environment(
    loader=PackageLoader("appliance.sample"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STYLE = re.compile(r"/style/([a-z]+)\.css")
_PICTURE = re.compile(r"/picture/([a-z-]{1,40})-(\d{2,4})x(\d{2,4})\.jpg")
LARGEST = 1600


def face(author: str) -> str:
    """The picture of a made-up person."""
    return "portrait-" + re.sub(r"[^a-z]", "", author.lower())[:20]


_ENVIRONMENT.globals["face"] = face


def page(template: str, *, status: int = 200, **values: object) -> Response:
    text = _ENVIRONMENT.get_template(template).render(values)
    return Response(status=status, body=text.encode(), media_type="text/html; charset=utf-8")


def with_resources(site: Site) -> Site:
    """The site, with style sheets below ``/style/`` and pictures below ``/picture/``."""

    def answer(request: Request) -> Response:
        return _resource(request.path) or site(request)

    return answer


def _resource(path: str) -> Response | None:
    if found := _STYLE.fullmatch(path):
        file = files("appliance.sample") / "static" / f"{found[1]}.css"
        return Response(body=file.read_bytes(), media_type="text/css") if file.is_file() else not_found()
    if found := _PICTURE.fullmatch(path):
        name, width, height = found[1], int(found[2]), int(found[3])
        if max(width, height) > LARGEST:
            return not_found()
        return Response(body=picture(name, width, height), media_type="image/jpeg")
    return None
