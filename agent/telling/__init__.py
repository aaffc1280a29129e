"""What the person at the device is told: what is monitored, why and by whom; never what was detected."""
