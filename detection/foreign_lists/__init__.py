"""Lists of other products: each format has its reader; what they read is assembled into phrases of ours."""
