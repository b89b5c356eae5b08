"""What happens by the clock: reminders, broadcasts, digests, reports, exports, recounts."""
