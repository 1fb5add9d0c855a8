"""The tests of schedules: what a run pays, when it ends, payment plans, and repayment agreements."""
