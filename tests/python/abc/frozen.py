# From 3.11 on the code of `abc` and a few others stands in the interpreter: it is called by no file.
import abc
import os
import traceback

print(abc.ABC.register.__func__ is abc.ABCMeta.register)  # expect: True
try:
    issubclass(1, abc.ABC)
except TypeError as error:
    for frame in traceback.extract_tb(error.__traceback__)[1:]:
        name = frame.filename.replace("\\", "/")
        print(name if name.startswith("<") else name.split("/")[-1], frame.name)  # expect: <frozen abc> __subclasscheck__
print(abc.ABCMeta.register.__code__.co_filename.endswith("abc.py"), abc.__file__.endswith("abc.py"))  # expect: False True
print(type(os.environ).__name__, isinstance(os.environ, dict))  # expect: _Environ False
