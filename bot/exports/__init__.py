"""Export of the database to CSV and XLSX files, written page by page."""
