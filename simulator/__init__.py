"""A Telegram for demos and tests: a Bot API server and a chat page, knowing nothing of the bot.

It refuses what Telegram refuses, in Telegram's words, for the methods in `simulator.methods`.
Left out: MarkdownV2 (refused), media groups, inline mode, payments, channels and topics, group
administrators, a method call as the answer to a webhook, and the wait before a large upload.
Telegram documents neither whether a press can be answered twice nor whether a message of someone
who blocked the bot can be edited; here both are taken.
"""
