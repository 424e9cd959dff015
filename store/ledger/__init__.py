"""What is owed: chats, subscriptions, editions, deliveries. Knows nothing of the story."""
