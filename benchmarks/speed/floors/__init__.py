"""What ours is measured against: the smallest bots that echo, and a lean Bot API to serve them."""
