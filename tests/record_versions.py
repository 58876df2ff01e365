"""Writes what real CPythons print into `NAME.VERSION.out` beside test files, for versions older than 3.13.

    python3 tests/record_versions.py VERSION=PATH/TO/python … FILE.py …
"""
import os
import subprocess
import sys

pythons = dict(argument.split("=", 1) for argument in sys.argv[1:] if "=" in argument)
for path in (argument for argument in sys.argv[1:] if "=" not in argument):
    for version, python in pythons.items():
        done = subprocess.run([python, "-s", "-S", path], capture_output=True, encoding="utf-8", env={"PYTHONHASHSEED": "0"})
        assert done.returncode == 0, done.stderr
        with open(f"{os.path.splitext(path)[0]}.{version}.out", "w", encoding="utf-8") as file:
            file.write(done.stdout)
