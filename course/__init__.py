"""What is taught and the rules of learning; pure: no clock, file, network, database or randomness."""
