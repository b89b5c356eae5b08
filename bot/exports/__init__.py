"""What the bot knows as files for other programs: CSV and XLSX, written page by page."""
