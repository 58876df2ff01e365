"""Patterns of file names as regular expressions, and paths that are only text."""
import fnmatch
import pathlib

for pattern in "*.txt", "a?[b-d]*", "[!x]**y":
    print(fnmatch.translate(pattern), fnmatch.filter(["a.txt", "aXb1", "b.txt", "ay"], pattern))  # expect: (?s:.*\.txt)\Z ['a.txt', 'b.txt']
# expect: (?s:a.[b-d].*)\Z ['aXb1']
# expect: (?s:[^x].*y)\Z ['ay']
for path, name in ("c:/", "x"), ("c:/a.tar.gz", ""), ("c:/a", "b.c"):
    try:
        print(pathlib.PureWindowsPath(path).with_stem(name))
    except ValueError as error:
        print(error)  # expect: PureWindowsPath('c:/') has an empty name
# expect: PureWindowsPath('c:/a.tar.gz') has a non-empty suffix
# expect: c:\b.c
