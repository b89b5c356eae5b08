"""A small world for the demo: three cohorts, simulated learners, and some weeks behind them."""
