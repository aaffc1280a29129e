"""The sensor in the network: mitmproxy addons, run by our own lean master."""
