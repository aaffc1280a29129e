"""The store and everything that happens to a detection after a sensor has reported it."""
