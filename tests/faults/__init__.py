"""Kills, cuts and full disks: what Telegram handed over is not lost."""
