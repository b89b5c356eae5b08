"""What operators and authors run besides the bot: doctor, checks, listings, exports."""
