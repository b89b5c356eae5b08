"""What a person can do: load, decide, save; one function each. Knows neither Telegram nor SQL."""
