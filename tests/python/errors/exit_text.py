"""`SystemExit` with a text writes it and ends with 1."""
raise SystemExit("그만")
