"""What cannot be pickled, and what is no pickle, in the words of the pickler in C."""
import pickle


def local():
    def inner():
        pass

    class Inner:
        pass

    return inner, Inner, Inner()


def tried(function, *arguments):
    try:
        function(*arguments)
    except Exception as error:
        print(repr(type(error)), str(error).split(" at 0x")[0])


tried(pickle.dumps, lambda: 1)  # expect: <class '_pickle.PicklingError'> Can't pickle <function <lambda>
for object in local():
    tried(pickle.dumps, object)  # expect: <class 'AttributeError'> Can't get local object 'local.<locals>.inner'
# expect: <class 'AttributeError'> Can't get local object 'local.<locals>.Inner'
# expect: <class 'AttributeError'> Can't get local object 'local.<locals>.Inner'
tried(pickle.dumps, (number for number in ()))  # expect: <class 'TypeError'> cannot pickle 'generator' object
tried(pickle.dumps, pickle)  # expect: <class 'TypeError'> cannot pickle 'module' object
tried(pickle.loads, b"")  # expect: <class 'EOFError'> Ran out of input
tried(pickle.loads, b"garbage")  # expect: <class '_pickle.UnpicklingError'> pickle data was truncated
tried(pickle.loads, b"\xff")  # expect: <class '_pickle.UnpicklingError'> invalid load key, '\xff'.
tried(pickle.loads, b"?")  # expect: <class '_pickle.UnpicklingError'> invalid load key, '?'.
tried(pickle.loads, pickle.dumps([1, 2, 3])[:-1])  # expect: <class '_pickle.UnpicklingError'> pickle data was truncated

import traceback

try:
    pickle.dumps([local()[0]])
except Exception as error:
    frames = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    print(frames, hasattr(error, "__notes__"))  # expect: ['<module>'] False
