"""What several tests need: people, a running bot, a place for its data."""
