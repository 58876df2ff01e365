"""What the compiler warns of, before the program runs."""
x = 5
if x is 1: pass
if x is not 'a': pass
x is (1, 2)
x is -1
x is ()
1 is x is 2
None is x
try:
    assert (x, 'msg')
    assert ()
except AssertionError: pass
try: (1)(2)
except TypeError: pass
try: 'a'(1)
except TypeError: pass
try:
    [1](2)
except TypeError: pass
try: f'{x}'(1)
except TypeError: pass
try: (1, 2)(3)
except TypeError: pass
try: {1}[0]
except TypeError: pass
try: 1[0]
except TypeError: pass
try: None[0]
except TypeError: pass
try: [1, 2]['a']
except TypeError: pass
try: 'abc'[1.5]
except TypeError: pass
try: (1,2)[None]
except TypeError: pass
try: (lambda: 1)[0]
except TypeError: pass
a = '\d\w'
b = b'\z'
c = '''
first
\q second
'''
d = f'\d {x} \w'
e = '\777'
f = [0x1for x in []]
g = 1if x else 2
h = [1, 2
     ](3) if 0 else 1
while 0: 3 is 3
def fn():
    return x is 1.5
try:
    pass
finally:
    x is 3
"ab" "\c" '\e'
x is 1 if x is 2 else 3
try: (i for i in x)(1)
except TypeError: pass
try: {}(1)
except TypeError: pass
try: True[0]
except TypeError: pass
try: 'a'[(1,)]
except TypeError: pass
try: [][f'{1}']
except TypeError: pass
