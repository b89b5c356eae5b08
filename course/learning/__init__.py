"""Progress, the next step, marking and review: what a learner does, as pure rules."""
