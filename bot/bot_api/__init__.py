"""The wire to Telegram: transport, polling, sending, media and rate limits. Knows no course."""
