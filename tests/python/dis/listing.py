# Disassembly.
import dis


def f(a, b=2):
    for i in range(a):
        if i > b:
            print(i, f"{b!r}")
    try:
        return [x for x in (1, 2)]
    except ValueError as e:
        a.b += 1


dis.dis(f)
print([i.opname for i in dis.get_instructions("x = y.z(1)")])
print(dis.code_info(f).replace(__file__, "FILE"))
dis.dis("a[1:2] = -b if c else not d")
print(dis.opmap["LOAD_FAST"], dis.opname[dis.opmap["CALL"]], dis.stack_effect(dis.opmap["BUILD_LIST"], 3), dis.hasjump[:3])
dis.dis(lambda: (yield 1), show_offsets=True)
i = next(iter(dis.get_instructions(f)))
print(i.opname, i.offset, i.starts_line, i.line_number, i.argval)
print(dis.Bytecode("1").dis(), list(dis.findlinestarts(f.__code__))[:3], dis.findlabels(f.__code__.co_code)[:2])

# expect:    5            RESUME                   0
# expect:
# expect:    6            LOAD_GLOBAL              1 (range + NULL)
# expect:                 LOAD_FAST                0 (a)
# expect:                 CALL                     1
# expect:                 GET_ITER
# expect:         L1:     FOR_ITER                23 (to L3)
# expect:                 STORE_FAST               2 (i)
# expect:
# expect:    7            LOAD_FAST_LOAD_FAST     33 (i, b)
# expect:                 COMPARE_OP             148 (bool(>))
# expect:                 POP_JUMP_IF_TRUE         2 (to L2)
# expect:                 JUMP_BACKWARD           10 (to L1)
# expect:
# expect:    8    L2:     LOAD_GLOBAL              3 (print + NULL)
# expect:                 LOAD_FAST_LOAD_FAST     33 (i, b)
# expect:                 CONVERT_VALUE            2 (repr)
# expect:                 FORMAT_SIMPLE
# expect:                 CALL                     2
# expect:                 POP_TOP
# expect:                 JUMP_BACKWARD           25 (to L1)
# expect:
# expect:    6    L3:     END_FOR
# expect:                 POP_TOP
# expect:
# expect:    9            NOP
# expect:
# expect:   10    L4:     LOAD_CONST               1 ((1, 2))
# expect:                 GET_ITER
# expect:                 LOAD_FAST_AND_CLEAR      3 (x)
# expect:                 SWAP                     2
# expect:         L5:     BUILD_LIST               0
# expect:                 SWAP                     2
# expect:         L6:     FOR_ITER                 4 (to L7)
# expect:                 STORE_FAST_LOAD_FAST    51 (x, x)
# expect:                 LIST_APPEND              2
# expect:                 JUMP_BACKWARD            6 (to L6)
# expect:         L7:     END_FOR
# expect:                 POP_TOP
# expect:         L8:     SWAP                     2
# expect:                 STORE_FAST               3 (x)
# expect:         L9:     RETURN_VALUE
# expect:
# expect:   --   L10:     SWAP                     2
# expect:                 POP_TOP
# expect:
# expect:   10            SWAP                     2
# expect:                 STORE_FAST               3 (x)
# expect:                 RERAISE                  0
# expect:
# expect:   --   L11:     PUSH_EXC_INFO
# expect:
# expect:   11            LOAD_GLOBAL              4 (ValueError)
# expect:                 CHECK_EXC_MATCH
# expect:                 POP_JUMP_IF_FALSE       31 (to L15)
# expect:                 STORE_FAST               4 (e)
# expect:
# expect:   12   L12:     LOAD_FAST                0 (a)
# expect:                 COPY                     1
# expect:                 LOAD_ATTR                6 (b)
# expect:                 LOAD_CONST               2 (1)
# expect:                 BINARY_OP               13 (+=)
# expect:                 SWAP                     2
# expect:                 STORE_ATTR               3 (b)
# expect:        L13:     POP_EXCEPT
# expect:                 LOAD_CONST               0 (None)
# expect:                 STORE_FAST               4 (e)
# expect:                 DELETE_FAST              4 (e)
# expect:                 RETURN_CONST             0 (None)
# expect:
# expect:   --   L14:     LOAD_CONST               0 (None)
# expect:                 STORE_FAST               4 (e)
# expect:                 DELETE_FAST              4 (e)
# expect:                 RERAISE                  1
# expect:
# expect:   11   L15:     RERAISE                  0
# expect:
# expect:   --   L16:     COPY                     3
# expect:                 POP_EXCEPT
# expect:                 RERAISE                  1
# expect: ExceptionTable:
# expect:   L4 to L5 -> L11 [0]
# expect:   L5 to L8 -> L10 [2]
# expect:   L8 to L9 -> L11 [0]
# expect:   L10 to L11 -> L11 [0]
# expect:   L11 to L12 -> L16 [1] lasti
# expect:   L12 to L13 -> L14 [1] lasti
# expect:   L14 to L16 -> L16 [1] lasti
# expect: ['RESUME', 'LOAD_NAME', 'LOAD_ATTR', 'LOAD_CONST', 'CALL', 'STORE_NAME', 'RETURN_CONST']
# expect: Name:              f
# expect: Filename:          FILE
# expect: Argument count:    2
# expect: Positional-only arguments: 0
# expect: Kw-only arguments: 0
# expect: Number of locals:  5
# expect: Stack size:        5
# expect: Flags:             OPTIMIZED, NEWLOCALS
# expect: Constants:
# expect:    0: None
# expect:    1: (1, 2)
# expect:    2: 1
# expect: Names:
# expect:    0: range
# expect:    1: print
# expect:    2: ValueError
# expect:    3: b
# expect: Variable names:
# expect:    0: a
# expect:    1: b
# expect:    2: i
# expect:    3: x
# expect:    4: e
# expect:   0           RESUME                   0
# expect:
# expect:   1           LOAD_NAME                0 (c)
# expect:               TO_BOOL
# expect:               POP_JUMP_IF_FALSE        3 (to L1)
# expect:               LOAD_NAME                1 (b)
# expect:               UNARY_NEGATIVE
# expect:               JUMP_FORWARD             6 (to L2)
# expect:       L1:     LOAD_NAME                2 (d)
# expect:               TO_BOOL
# expect:               UNARY_NOT
# expect:       L2:     LOAD_NAME                3 (a)
# expect:               LOAD_CONST               0 (1)
# expect:               LOAD_CONST               1 (2)
# expect:               STORE_SLICE
# expect:               RETURN_CONST             2 (None)
# expect: 85 CALL -2 [72, 77, 78]
# expect:  20          0       RETURN_GENERATOR
# expect:              2       POP_TOP
# expect:              4       RESUME                   0
# expect:              6       LOAD_CONST               1 (1)
# expect:              8       YIELD_VALUE              0
# expect:             10       RESUME                   1
# expect:             12       RETURN_VALUE
# expect: RESUME 0 True 5 0
# expect:   0           RESUME                   0
# expect:
# expect:   1           RETURN_CONST             0 (1)
# expect:  [(0, 5), (2, 6), (30, 7)] [74, 44]
