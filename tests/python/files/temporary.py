# Temporary files and folders; copying, moving and removing trees.
import glob
import os
import shutil
import tempfile

with tempfile.TemporaryDirectory() as folder:
    print(folder.startswith("/tmp/tmp"), os.path.isdir(folder), os.listdir(folder))
    path = os.path.join(folder, "file.txt")
    with open(path, "w") as f:
        f.write("content")
    print(os.listdir(folder), os.path.getsize(path))  # expect: True True []
# expect: ['file.txt'] 7
print(os.path.exists(folder))  # expect: False
with tempfile.NamedTemporaryFile("w+", suffix=".log", prefix="run-") as f:
    f.write("logged")
    f.flush()
    f.seek(0)
    print(f.read(), os.path.basename(f.name).startswith("run-"), f.name.endswith(".log"), os.path.exists(f.name))  # expect: logged True True True
print(os.path.exists(f.name))  # expect: False
with tempfile.TemporaryFile() as f:
    print(f.write(b"bytes"), f.seek(0), f.read())  # expect: 5 0 b'bytes'
with tempfile.SpooledTemporaryFile(max_size=10, mode="w+") as f:
    f.write("short")
    f.seek(0)
    print(f.read())  # expect: short
descriptor, path = tempfile.mkstemp()
print(os.write(descriptor, b"low level"), os.lseek(descriptor, 0, os.SEEK_SET), os.read(descriptor, 3))  # expect: 9 0 b'low'
os.close(descriptor)
os.remove(path)
work = tempfile.mkdtemp()
os.chdir(work)
os.makedirs("src/inner")
for name in ("src/a.py", "src/b.txt", "src/inner/c.py"):
    with open(name, "w") as f:
        f.write(f"# {name}\n")
print(shutil.copy("src/a.py", "copy.py"), open("copy.py").read())  # expect: copy.py # src/a.py
# expect:
print(shutil.copytree("src", "dst"), sorted(glob.glob("dst/**", recursive=True)))  # expect: dst ['dst/', 'dst/a.py', 'dst/b.txt', 'dst/inner', 'dst/inner/c.py']
print(sorted(glob.glob("*.py")), sorted(glob.glob("src/*")), glob.glob("none*"), glob.has_magic("*"))  # expect: ['copy.py'] ['src/a.py', 'src/b.txt', 'src/inner'] [] True
print(shutil.move("copy.py", "dst/moved.py"), sorted(os.listdir("dst")))  # expect: dst/moved.py ['a.py', 'b.txt', 'inner', 'moved.py']
shutil.rmtree("dst")
print(os.path.exists("dst"), shutil.which("nothing-at-all"))  # expect: False None
try:
    shutil.rmtree("dst")
except OSError as error:
    print(type(error).__name__, error)  # expect: FileNotFoundError [Errno 2] No such file or directory: 'dst'
with open("big", "wb") as f:
    f.write(b"x" * 100_000)
shutil.copyfile("big", "big2")
print(os.path.getsize("big2"), shutil.copy2("big", "src"))  # expect: 100000 src/big
os.chdir("/")
shutil.rmtree(work)
print(os.path.exists(work))  # expect: False
