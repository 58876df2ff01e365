# os.environ and what a process knows of itself: only what is the same everywhere.
import os
import sys

os.environ["GREETING"] = "hello"
print(os.environ["GREETING"], os.getenv("GREETING"), os.environ.get("MISSING"), os.getenv("MISSING", "default"))  # expect: hello hello None default
print("GREETING" in os.environ, os.environ.pop("GREETING"), "GREETING" in os.environ)  # expect: True hello False
for bad in (lambda: os.environ["MISSING"], lambda: os.environ.__setitem__("A", 1)):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: KeyError: 'MISSING'
# expect: TypeError: str expected, not int
print(type(os.environ).__name__, isinstance(os.environ, dict), os.environ.setdefault("NEW", "x"))  # expect: _Environ False x
print(os.name, os.sep, os.linesep == "\n", os.pathsep, os.curdir, os.pardir, os.extsep, os.devnull)  # expect: posix / True : . .. . /dev/null
print(os.getpid() > 0, os.getpid() == os.getpid(), os.cpu_count() >= 1, len(os.urandom(8)), os.strerror(2))  # expect: True True True 8 No such file or directory
print(os.path.join("a", "b", "/c", "d"), os.path.split("/a/b.txt"), os.path.splitext("x.tar.gz"), os.path.dirname("/a/b"))  # expect: /c/d ('/a', 'b.txt') ('x.tar', '.gz') /a
print(os.path.normpath("a//b/../c"), os.path.commonpath(["/a/b", "/a/c"]), os.path.relpath("/a/b", "/a"), os.path.isabs("/x"))  # expect: a/c /a b True
print(os.path.expandvars("$NEW/y"), os.fsencode("한"), os.fsdecode(b"abc"))  # expect: x/y b'\xed\x95\x9c' abc
print(isinstance(os.stat("/tmp"), os.stat_result), os.path.isdir("/tmp"))  # expect: True True
with open(os.devnull, "w") as f:
    print(f.write("gone"))  # expect: 4
print(open(os.devnull).read() == "")  # expect: True
