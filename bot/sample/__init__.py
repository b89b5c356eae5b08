"""Sample data for the demo: three cohorts of simulated learners with some weeks of history."""
