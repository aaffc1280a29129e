"""mitmproxy's master with nothing but what carries traffic: what our inspection is measured against."""

import asyncio
import sys

from mitmproxy.addons import core, next_layer, proxyserver, tlsconfig
from mitmproxy.master import Master
from mitmproxy.options import Options


async def main(port: int, folder: str) -> None:
    master = Master(Options())
    master.addons.add(core.Core(), proxyserver.Proxyserver(), next_layer.NextLayer(), tlsconfig.TlsConfig())
    master.options.update(
        listen_host="127.0.0.1", listen_port=port, confdir=folder, ssl_insecure=True, connection_strategy="lazy"
    )
    await master.run()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
