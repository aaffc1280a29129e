"""The host names of the sample web and what stands behind each. All under ``.test``, which nobody can own."""

from collections.abc import Mapping

from appliance.sample.exchange import Site
from appliance.sample.pages import with_resources
from appliance.sample.sites.assistant import assistant
from appliance.sample.sites.forum import Forum
from appliance.sample.sites.helpline import helpline
from appliance.sample.sites.homework import Homework
from appliance.sample.sites.lookup import lookup
from appliance.sample.sites.magazine import magazine
from appliance.sample.sites.post import Post

CHAT_HOST = "chat.schoolyard.test"
HELPLINE_HOST = "www.listening-ear.test"


def build_sites() -> Mapping[str, Site]:
    """Everything but the chat, which has a server of its own."""
    sites: dict[str, Site] = {
        "www.lookup.test": lookup,
        "homework.test": Homework(),
        "www.bell-magazine.test": magazine,
        "forum.schoolyard.test": Forum(),
        "post.schoolyard.test": Post(),
        "helper.test": assistant,
        HELPLINE_HOST: helpline,
    }
    return {host: with_resources(site) for host, site in sites.items()}
