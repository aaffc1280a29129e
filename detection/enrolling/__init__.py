"""What a device, or a second gateway, needs to become known to an appliance with a code."""
