"""`tutorbot demo`: the real bot beside the simulator, with a small sample cohort."""
