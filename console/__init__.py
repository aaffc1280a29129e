"""What people look at: the review console, and apart from it the page devices are set up with."""
