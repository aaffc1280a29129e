"""Desktops whose system is asked again and again, because it tells too little by itself: Windows and macOS."""
