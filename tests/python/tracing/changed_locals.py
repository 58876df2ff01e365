"""A trace function that changes a variable of the frame that it is told of."""
import sys

def trace(frame, event, arg):
    if event == 'line' and frame.f_code.co_name == 'counts':
        if frame.f_locals.get('total') == 3:
            frame.f_locals['total'] = 100
    return trace

def counts(limit):
    total = 0
    for number in range(limit):
        total += number
    return total

def encloses():
    total = 3
    def counts():
        nonlocal total
        total += 1
        return total
    return counts()

sys.settrace(trace)
first = counts(5)
second = encloses()
sys.settrace(None)
print(first, second)
# expect: 107 101
