"""A Telegram for demos and tests: a Bot API server with its rules and a chat page. Imports nothing of the bot."""
