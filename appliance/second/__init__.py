"""A gateway on a box without an appliance: it joins the first box's, and goes by what is agreed there."""
