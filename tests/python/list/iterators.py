# An exhausted iterator lets its list go; an exhausted reversed(list) holds it from 3.13 on.
import sys

letters = ["a", "b"]
for make in (iter, reversed):
    iterator = make(letters)
    print(list(iterator), sys.getrefcount(letters) - 1, iterator.__reduce__(), iterator.__length_hint__())
    iterator = make(letters)
    next(iterator), next(iterator)
    print(iterator.__reduce__())
    iterator.__setstate__(0)
    print(list(iterator), iterator.__reduce__())  # expect: ['a', 'b'] 1 (<built-in function iter>, ([],)) 0
# expect: (<built-in function iter>, (['a', 'b'],), 2)
# expect: ['a', 'b'] (<built-in function iter>, ([],))
# expect: ['b', 'a'] 2 (<class 'reversed'>, ([],)) 0
# expect: (<class 'reversed'>, ([],))
# expect: ['a'] (<class 'reversed'>, ([],))

backwards = reversed(letters)
backwards.__setstate__(-5)
print(backwards.__reduce__(), list(backwards))  # expect: (<class 'reversed'>, ([],)) []

exhausted = iter(bytearray(b"x"))
print(list(exhausted), exhausted.__reduce__())  # expect: [120] (<built-in function iter>, ((),))
