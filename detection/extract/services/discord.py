"""Discord: messages sent and listed over its API, and those the gateway pushes.

Source: Discord's developer documentation, "Message resource" (Create Message, Get Channel Messages) and "Gateway
events" (MESSAGE_CREATE in the ``d`` of an event), discord.com/developers/docs. The web client packs its gateway with
zlib-stream or zstd-stream, where nothing is read; what it sends and lists goes over the API.
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.shapes import objects
from detection.observation import Channel

_ROOM = r"/api(?:/v\d+)?/channels/(?P<conversation>\d+)"

DISCORD = Service(
    name="Discord",
    hosts=("discord.com", "discordapp.com", "discord.gg"),
    known=(
        known(_ROOM + r"/messages(?:/\d+)?", objects(Channel.MESSAGE, text="content"), sent=True),
        known(_ROOM + r"/messages(?:/search)?", objects(Channel.MESSAGE, each="[]", text="content",
              author="author.global_name|author.username"), sent=False),
        known(r"/", objects(Channel.MESSAGE, each="d", text="content", author="author.global_name|author.username",
              conversation="channel_id"), frame=True),
        silent(_ROOM + r"/typing", sent=True),
        silent(r"/api(?:/v\d+)?/science", sent=True),
    ),
)  # fmt: skip
