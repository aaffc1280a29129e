"""The services whose messages are read by name. To add one, copy its nearest neighbour, its examples, and name it here:
docs/extending.md."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from detection.extract.services.amazon import AMAZON
from detection.extract.services.base import Pieces, Service
from detection.extract.services.bing import BING
from detection.extract.services.bluesky import BLUESKY
from detection.extract.services.brave_search import BRAVE_SEARCH
from detection.extract.services.character_ai import CHARACTER_AI
from detection.extract.services.chatgpt import CHATGPT
from detection.extract.services.claude import CLAUDE
from detection.extract.services.copilot import COPILOT
from detection.extract.services.deepseek import DEEPSEEK
from detection.extract.services.discord import DISCORD
from detection.extract.services.disqus import DISQUS
from detection.extract.services.duck_ai import DUCK_AI
from detection.extract.services.duckduckgo import DUCKDUCKGO
from detection.extract.services.ecosia import ECOSIA
from detection.extract.services.facebook import FACEBOOK
from detection.extract.services.gemini import GEMINI
from detection.extract.services.giphy import GIPHY
from detection.extract.services.gmail import GMAIL
from detection.extract.services.google import GOOGLE
from detection.extract.services.google_apis import GOOGLE_APIS
from detection.extract.services.google_chat import GOOGLE_CHAT
from detection.extract.services.google_docs import GOOGLE_DOCS
from detection.extract.services.grok import GROK
from detection.extract.services.huggingchat import HUGGINGCHAT
from detection.extract.services.instagram import INSTAGRAM
from detection.extract.services.janitor_ai import JANITOR_AI
from detection.extract.services.jitsi_meet import JITSI_MEET
from detection.extract.services.kahoot import KAHOOT
from detection.extract.services.mastodon import MASTODON
from detection.extract.services.matrix import MATRIX
from detection.extract.services.mattermost import MATTERMOST
from detection.extract.services.messenger import MESSENGER
from detection.extract.services.meta_ai import META_AI
from detection.extract.services.microsoft_365_copilot import MICROSOFT_365_COPILOT
from detection.extract.services.microsoft_forms import MICROSOFT_FORMS
from detection.extract.services.microsoft_graph import MICROSOFT_GRAPH
from detection.extract.services.mistral import MISTRAL
from detection.extract.services.openai import OPENAI
from detection.extract.services.outlook import OUTLOOK
from detection.extract.services.padlet import PADLET
from detection.extract.services.perplexity import PERPLEXITY
from detection.extract.services.pi import PI
from detection.extract.services.pinterest import PINTEREST
from detection.extract.services.poe import POE
from detection.extract.services.pubnub import PUBNUB
from detection.extract.services.quizlet import QUIZLET
from detection.extract.services.reddit import REDDIT
from detection.extract.services.replika import REPLIKA
from detection.extract.services.roblox import ROBLOX
from detection.extract.services.rocket_chat import ROCKET_CHAT
from detection.extract.services.scratch import SCRATCH
from detection.extract.services.slack import SLACK
from detection.extract.services.snapchat import SNAPCHAT
from detection.extract.services.spotify import SPOTIFY
from detection.extract.services.steam import STEAM
from detection.extract.services.teams import TEAMS
from detection.extract.services.tenor import TENOR
from detection.extract.services.threads import THREADS
from detection.extract.services.tiktok import TIKTOK
from detection.extract.services.tumblr import TUMBLR
from detection.extract.services.twitch import TWITCH
from detection.extract.services.twitter import TWITTER
from detection.extract.services.wattpad import WATTPAD
from detection.extract.services.wikipedia import WIKIPEDIA
from detection.extract.services.yahoo import YAHOO
from detection.extract.services.youtube import YOUTUBE
from detection.extract.services.zulip import ZULIP

__all__ = ["SERVICES", "Pieces", "Service", "service_at"]

SERVICES: tuple[Service, ...] = (
    AMAZON,
    BING,
    BLUESKY,
    BRAVE_SEARCH,
    CHARACTER_AI,
    CHATGPT,
    CLAUDE,
    COPILOT,
    DEEPSEEK,
    DISCORD,
    DISQUS,
    DUCKDUCKGO,
    DUCK_AI,
    ECOSIA,
    FACEBOOK,
    GEMINI,
    GIPHY,
    GMAIL,
    GOOGLE,
    GOOGLE_APIS,
    GOOGLE_CHAT,
    GOOGLE_DOCS,
    GROK,
    HUGGINGCHAT,
    INSTAGRAM,
    JANITOR_AI,
    JITSI_MEET,
    KAHOOT,
    MASTODON,
    MATRIX,
    MATTERMOST,
    MESSENGER,
    META_AI,
    MICROSOFT_365_COPILOT,
    MICROSOFT_FORMS,
    MICROSOFT_GRAPH,
    MISTRAL,
    OPENAI,
    OUTLOOK,
    PADLET,
    PERPLEXITY,
    PI,
    PINTEREST,
    POE,
    PUBNUB,
    QUIZLET,
    REDDIT,
    REPLIKA,
    ROBLOX,
    ROCKET_CHAT,
    SCRATCH,
    SLACK,
    SNAPCHAT,
    SPOTIFY,
    STEAM,
    TEAMS,
    TENOR,
    THREADS,
    TIKTOK,
    TUMBLR,
    TWITCH,
    TWITTER,
    WATTPAD,
    WIKIPEDIA,
    YAHOO,
    YOUTUBE,
    ZULIP,
)

_UNNAMED = Service(name="", hosts=("you.com", "chai-research.com"), known=(), chatbot=True)
"""Chatbots whose messages nobody has described: they go by their hosts, and the general readers read them."""

_BY_HOST = {host: service for service in (*SERVICES, _UNNAMED) for host in service.hosts}
_COUNTRY = re.compile(r"(?:com?\.)?[a-z]{2,3}")
"""What ``*`` stands for at the end of a host: com, de, co.uk, com.br."""


def service_at(url: str) -> Service | None:
    try:
        return _service((urlsplit(url).hostname or "").lower())
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _service(host: str) -> Service | None:
    """The one whose host is the longest that this is, or lies below."""
    labels = host.split(".")
    for start in range(len(labels)):
        whole = ".".join(labels[start:])
        if found := _BY_HOST.get(whole):
            return found
        name, _, ending = whole.partition(".")
        if (found := _BY_HOST.get(f"{name}.*")) and _COUNTRY.fullmatch(ending):
            return found
    return None
