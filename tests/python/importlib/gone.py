"""Modules that 3.13 has no more."""
import importlib.util

for name in "imghdr", "nntplib", "sndhdr", "telnetlib", "smtplib", "ftplib":
    print(name, importlib.util.find_spec(name) is not None)  # expect: imghdr False
# expect: nntplib False
# expect: sndhdr False
# expect: telnetlib False
# expect: smtplib True
# expect: ftplib True
