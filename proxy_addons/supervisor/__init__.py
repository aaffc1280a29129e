"""Several gateways side by side, each for its share of the devices, and the program that watches over them."""
