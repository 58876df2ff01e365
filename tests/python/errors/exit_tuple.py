"""`SystemExit` with several arguments has them all as its code."""
import sys

sys.exit((1, "두 번째"))
