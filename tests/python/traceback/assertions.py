"""Where a failed assertion is marked: at its comparison in 3.11."""
import traceback

x = 1
for text in ("assert x == 2, 'no'", "assert x and not x == 1", "assert not x", "assert x > 5"):
    try:
        exec(compile(text, "<text>", "exec"))
    except AssertionError as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        print(text, getattr(frame, "colno", None), getattr(frame, "end_colno", None))  # expect: assert x == 2, 'no' 7 13
# expect: assert x and not x == 1 7 23
# expect: assert not x 7 12
# expect: assert x > 5 7 12
