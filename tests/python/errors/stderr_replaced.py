"""What is printed about an uncaught exception goes to `sys.stderr`, whatever it is: each piece, then an empty text."""
import sys


class Writer:
    def write(self, text):
        print(ascii(text))

    def flush(self):
        pass


sys.stderr = Writer()
int("하나")
# expect: 'Traceback (most recent call last):\n'
# expect: ''
# expect: '  File "tests/python/errors/stderr_replaced.py", line 14, in <module>\n    int("\ud558\ub098")\n    ~~~^^^^^^^^\n'
# expect: ''
# expect: "ValueError: invalid literal for int() with base 10: '\ud558\ub098'\n"
# expect: ''
