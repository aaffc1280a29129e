"""The sensor on the device. Not written yet: the gateway is the only sensor so far."""
