"""The Telegram bot and its process: everything that talks to people or to the outside."""
