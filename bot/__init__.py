"""The conversation. Knows Telegram."""
