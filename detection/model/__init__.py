"""A small second opinion: reads a text and says of which category it reads like, with a probability.

It runs on this machine and tells nobody.
"""

import os

# onnxruntime otherwise makes an id for this machine when it is imported, and reports to its maker over the internet.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
