"""A listener that raises: its exception is the call's, it is taken away, and nothing is released twice."""
import sys

class Stop(Exception):
    pass

def listener_for(wanted):
    def listener(frame, event, arg):
        if event == wanted:
            raise Stop(event)
    return listener

class Box:
    pass

def attempt(wanted, action):
    box = Box()
    before = sys.getrefcount(box)
    sys.setprofile(listener_for(wanted))
    try:
        action(box)
        print(wanted, 'not stopped')
    except Exception as error:
        print(wanted, 'stopped', error, repr(error.__context__))
    finally:
        sys.setprofile(None)
    print(sys.getrefcount(box) - before)

def positional(box):
    return [box, len([box])]

def keywords(box):
    return sorted([1, 2], key=None, reverse=bool(id(box)))

def spread(box):
    return max(*[1, 2], **{'key': None})

def fails(box):
    return ord('xy' * len([box]))

def method(box):
    return [box].count(box)

for action in positional, keywords, spread, fails, method:
    print(action.__name__)
    for wanted in 'c_call', 'c_return', 'c_exception', 'call', 'return':
        attempt(wanted, action)
# expect: positional
# expect: c_call stopped c_call None
# expect: 0
# expect: c_return stopped c_return None
# expect: 0
# expect: c_exception not stopped
# expect: 0
# expect: call stopped call None
# expect: 0
# expect: return stopped return None
# expect: 0
# expect: keywords
# expect: c_call stopped c_call None
# expect: 0
# expect: c_return stopped c_return None
# expect: 0
# expect: c_exception not stopped
# expect: 0
# expect: call stopped call None
# expect: 0
# expect: return stopped return None
# expect: 0
# expect: spread
# expect: c_call stopped c_call None
# expect: 0
# expect: c_return stopped c_return None
# expect: 0
# expect: c_exception not stopped
# expect: 0
# expect: call stopped call None
# expect: 0
# expect: return stopped return None
# expect: 0
# expect: fails
# expect: c_call stopped c_call None
# expect: 0
# expect: c_return stopped c_return None
# expect: 0
# expect: c_exception stopped c_exception None
# expect: 0
# expect: call stopped call None
# expect: 0
# expect: return stopped return None
# expect: 0
# expect: method
# expect: c_call stopped c_call None
# expect: 0
# expect: c_return stopped c_return None
# expect: 0
# expect: c_exception not stopped
# expect: 0
# expect: call stopped call None
# expect: 0
# expect: return stopped return None
# expect: 0
