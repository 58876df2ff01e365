# Folders: made, listed, walked, renamed, removed.
import os
import shutil
import stat

shutil.rmtree("/tmp/folders", ignore_errors=True)
os.makedirs("/tmp/folders/a/b/c")
os.chdir("/tmp/folders")
print(os.getcwd(), os.listdir())  # expect: /tmp/folders ['a']
for name in ("one.txt", "a/two.txt", "a/b/three.py"):
    with open(name, "w") as f:
        f.write(name * 3)
print(sorted(os.listdir()), sorted(os.listdir("a")), os.listdir(b"a/b/c"))  # expect: ['a', 'one.txt'] ['b', 'two.txt'] []
for folder, folders, files in os.walk("."):
    folders.sort()
    print(folder, folders, sorted(files))  # expect: . ['a'] ['one.txt']
# expect: ./a ['b'] ['two.txt']
# expect: ./a/b ['c'] ['three.py']
# expect: ./a/b/c [] []
print([folder for folder, _, _ in os.walk(".", topdown=False)][-1])  # expect: .
with os.scandir("a") as entries:
    print(sorted((e.name, e.is_dir(), e.is_file(), e.path, e.stat().st_size if e.is_file() else 0) for e in entries))  # expect: [('b', True, False, 'a/b', 0), ('two.txt', False, True, 'a/two.txt', 27)]
print(os.path.isdir("a"), os.path.isfile("a"), os.path.isfile("one.txt"), os.path.exists("zzz"), os.path.getsize("one.txt"))  # expect: True False True False 21
os.rename("one.txt", "a/moved.txt")
print(sorted(os.listdir("a")), os.path.exists("one.txt"))  # expect: ['b', 'moved.txt', 'two.txt'] False
os.replace("a/moved.txt", "a/two.txt")
print(open("a/two.txt").read())  # expect: one.txtone.txtone.txt
info = os.stat("a/two.txt")
print(stat.S_ISREG(info.st_mode), stat.filemode(info.st_mode), info.st_size, info[6], info.st_nlink)  # expect: True -rw-r--r-- 21 21 1
os.chmod("a/two.txt", 0o600)
print(oct(os.stat("a/two.txt").st_mode), os.access("a/two.txt", os.W_OK), os.access("nothing", os.F_OK))  # expect: 0o100600 True False
os.utime("a/two.txt", (1000, 2000))
print(os.path.getmtime("a/two.txt"), os.stat("a/two.txt").st_mtime_ns, os.path.getatime("a/two.txt"))  # expect: 2000.0 2000000000000 1000.0
os.symlink("two.txt", "a/link")
print(os.readlink("a/link"), os.path.islink("a/link"), os.path.realpath("a/link"), os.path.samefile("a/link", "a/two.txt"))  # expect: two.txt True /tmp/folders/a/two.txt True
os.link("a/two.txt", "a/hard")
print(os.stat("a/hard").st_nlink, os.path.samefile("a/hard", "a/two.txt"))  # expect: 2 True


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


attempt(lambda: os.mkdir("a"))  # expect: FileExistsError: [Errno 17] File exists: 'a'
attempt(lambda: os.makedirs("a/b"))  # expect: FileExistsError: [Errno 17] File exists: 'a/b'
attempt(lambda: os.makedirs("a/b", exist_ok=True))  # expect: None
attempt(lambda: os.rmdir("a"))  # expect: OSError: [Errno 39] Directory not empty: 'a'
attempt(lambda: os.rmdir("nothing"))  # expect: FileNotFoundError: [Errno 2] No such file or directory: 'nothing'
attempt(lambda: os.remove("nothing"))  # expect: FileNotFoundError: [Errno 2] No such file or directory: 'nothing'
attempt(lambda: os.remove("a"))  # expect: IsADirectoryError: [Errno 21] Is a directory: 'a'
attempt(lambda: os.listdir("nothing"))  # expect: FileNotFoundError: [Errno 2] No such file or directory: 'nothing'
attempt(lambda: os.listdir("a/two.txt"))  # expect: NotADirectoryError: [Errno 20] Not a directory: 'a/two.txt'
attempt(lambda: os.rename("nothing", "else"))  # expect: FileNotFoundError: [Errno 2] No such file or directory: 'nothing' -> 'else'
attempt(lambda: os.chdir("a/two.txt"))  # expect: NotADirectoryError: [Errno 20] Not a directory: 'a/two.txt'
attempt(lambda: os.stat(1.5))  # expect: TypeError: stat: path should be string, bytes, os.PathLike or integer, not float
attempt(lambda: os.mkdir(5))  # expect: TypeError: mkdir: path should be string, bytes or os.PathLike, not int
attempt(lambda: os.readlink("a"))  # expect: OSError: [Errno 22] Invalid argument: 'a'
attempt(lambda: os.fspath(5))  # expect: TypeError: expected str, bytes or os.PathLike object, not int
os.removedirs("a/b/c") if not os.listdir("a/b/c") else None
print(sorted(os.listdir("a")), os.path.exists("a/b/c"))  # expect: ['b', 'hard', 'link', 'two.txt'] False
