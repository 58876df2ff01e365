# Where CPython is ended by the system, an error says so: these expectations are this engine's own.
import ctypes

for address in (0, 8, 1 << 60, -1):
    try:
        print(ctypes.c_long.from_address(address).value)
    except OSError as error:
        print(error)
# expect: [Errno 14] Bad address: 0x0 is not mapped (CPython crashes here: segmentation fault)
# expect: [Errno 14] Bad address: 0x8 is not mapped (CPython crashes here: segmentation fault)
# expect: [Errno 14] Bad address: 0x1000000000000000 is not mapped (CPython crashes here: segmentation fault)
# expect: [Errno 14] Bad address: 0xffffffffffffffff is not mapped (CPython crashes here: segmentation fault)


class Gone:
    pass


gone = Gone()
address = id(gone)
del gone
try:
    ctypes.cast(address, ctypes.py_object).value
except OSError as error:
    print(error.errno, str(error).split(" is ")[1])  # expect: 14 no live object (CPython crashes here: segmentation fault)
try:
    ctypes.memset(0, 1, 8)
except OSError as error:
    print(error)  # expect: [Errno 14] Bad address: 0x0 is not mapped (CPython crashes here: segmentation fault)
try:
    ctypes.CDLL("libc.so.6")
except OSError as error:
    print(error)  # expect: libc.so.6: cannot open shared object file: programs run here without foreign libraries
try:
    ctypes.CFUNCTYPE(ctypes.c_int)(1234)()
except OSError as error:
    print(error)  # expect: [Errno 14] Bad address: 0x4d2 is no function (CPython crashes here: segmentation fault)
