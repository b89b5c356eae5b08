"""A Telegram for demos and tests: a Bot API server and a chat page, knowing nothing of the bot."""
