"""Recurring payments of invoices: what a schedule pays at each run, when it ends, and what paying in parts changes."""
