"""What `traceback` says of names and of syntax: it makes suggestions from 3.12 on."""
import traceback

undefined = 1
for text in ("undefinde", "x = = 1"):
    try:
        exec(compile(text, "<text>", "exec"))
    except Exception as error:
        print(traceback.format_exception_only(type(error), error)[-1], end="")  # expect: NameError: name 'undefinde' is not defined
# expect: SyntaxError: invalid syntax
