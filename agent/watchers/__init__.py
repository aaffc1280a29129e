"""What is seen beside the screen: documents that are saved, names of what is printed and of files on a USB stick."""
