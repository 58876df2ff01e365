# Tests inside a program.
import doctest
import sys
import unittest
from unittest import mock


class T(unittest.TestCase):
    def setUp(self):
        self.x = 1

    def test_pass(self):
        self.assertEqual(self.x, 1)

    def test_fail(self):
        self.assertEqual([1, 2], [1, 3])

    @unittest.skip("no")
    def test_skip(self): ...

    def test_error(self):
        1 / 0

    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "b.d"):
            raise ValueError("bad")

    def test_sub(self):
        for i in range(2):
            with self.subTest(i=i):
                self.assertLess(i, 2)


import io
out = io.StringIO()
result = unittest.TextTestRunner(stream=out, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print(result.testsRun, len(result.failures), len(result.errors), result.skipped[0][1], result.wasSuccessful())
print(result.failures[0][1].replace(__file__, "FILE"))
print([line for line in out.getvalue().splitlines() if line.startswith("test_")])


def double(x):
    """
    >>> double(2)
    4
    >>> double("a")
    'aa'
    >>> double(None)
    Traceback (most recent call last):
    TypeError: unsupported operand type(s) for *: 'NoneType' and 'int'
    """
    return x * 2


print(doctest.testmod(sys.modules["__main__"]))
m = mock.Mock(return_value=3)
print(m(1, a=2), m.call_args, m.call_count, mock.call(1) == mock.call(1))
with mock.patch("sys.argv", ["x"]):
    print(sys.argv)

# expect: 6 1 1 no False
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 16, in test_fail
# expect:     self.assertEqual([1, 2], [1, 3])
# expect:     ~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^
# expect: AssertionError: Lists differ: [1, 2] != [1, 3]
# expect:
# expect: First differing element 1:
# expect: 2
# expect: 3
# expect:
# expect: - [1, 2]
# expect: ?     ^
# expect:
# expect: + [1, 3]
# expect: ?     ^
# expect:
# expect:
# expect: ['test_error (__main__.T.test_error) ... ERROR', 'test_fail (__main__.T.test_fail) ... FAIL', 'test_pass (__main__.T.test_pass) ... ok', 'test_raises (__main__.T.test_raises) ... ok', "test_skip (__main__.T.test_skip) ... skipped 'no'", 'test_sub (__main__.T.test_sub) ... ok']
# expect: TestResults(failed=0, attempted=3)
# expect: 3 call(1, a=2) 1 True
# expect: ['x']
