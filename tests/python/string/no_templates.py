# `string` is a module before 3.14, not a package.
try:
    import string.templatelib
except ModuleNotFoundError as error:
    print(error)  # expect: No module named 'string.templatelib'; 'string' is not a package
import string

print(string.__file__.rsplit("/", 1)[1], string.digits)  # expect: string.py 0123456789
