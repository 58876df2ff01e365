"""A function that is told of calls, of native functions too."""
import sys
events = []
def prof(frame, event, arg):
    name = arg.__name__ if event.startswith('c_') else frame.f_code.co_name
    events.append((event, name))
def f(x):
    return len([x]) + g(x)
def g(x):
    return abs(x)
sys.setprofile(prof)
f(3)
sorted([3, 1], key=lambda v: -v)
try:
    int('x')
except ValueError:
    pass
sys.setprofile(None)
for e in events: print(e)
print(sys.getprofile())
# expect: ('call', 'f')
# expect: ('c_call', 'len')
# expect: ('c_return', 'len')
# expect: ('call', 'g')
# expect: ('c_call', 'abs')
# expect: ('c_return', 'abs')
# expect: ('return', 'g')
# expect: ('return', 'f')
# expect: ('c_call', 'sorted')
# expect: ('call', '<lambda>')
# expect: ('return', '<lambda>')
# expect: ('call', '<lambda>')
# expect: ('return', '<lambda>')
# expect: ('c_return', 'sorted')
# expect: ('c_call', 'setprofile')
# expect: None
