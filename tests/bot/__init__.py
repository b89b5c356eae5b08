"""The bot, part by part."""
