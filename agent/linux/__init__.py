"""What Linux tells of a desktop: accessibility (AT-SPI) first, the X server's keys where a program tells nothing."""
