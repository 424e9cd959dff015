"""The facts and the debts: what is known, and what is owed. Knows SQLite, not Telegram."""
