"""The sensor on the device: a session sees, a service knows whose it is, inspects it and sends what is detected."""
