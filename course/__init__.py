"""The course model and the rules of learning. Pure: no clock, file, network or randomness."""
