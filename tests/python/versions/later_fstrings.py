"""What f-strings may hold: from 3.12 on any expression, before neither their own quotes nor a backslash."""


def tried(source):
    try:
        exec(source, {'names': ['가', '나'], 'd': {'k': 1}})
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset, repr(error.text))


tried('''print(f"{'-'.join(names)}")''')
tried(r'''print(f"{'\n'.join(names)}")''')
tried('''print(f"{"a"}")''')
tried("""print(f'{d['k']}')""")
tried("""print('가나', f'{d['k']}')""")
tried('''print(f"{f"{1}"}")''')
tried("""print(f'{1:{'>'}5}')""")
tried('''print(f"{1:{5}}", f"{'x'!r:>{5}}")''')
# expect: 가-나
# expect: 가
# expect: 나
# expect: a
# expect: 1
# expect: 가나 1
# expect: 1
# expect:     1
# expect:     1   'x'
