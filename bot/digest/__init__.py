"""The digest: decided in pure functions, carried out through the ledger."""
