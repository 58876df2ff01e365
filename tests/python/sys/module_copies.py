# The interpreter keeps copies of the namespaces of `builtins` and `sys`, which hold what is in them once more.
import gc
import sys

print(sys.getrefcount(len), sys.getrefcount(sum))
print(sys.getrefcount(sys.getrefcount))
namespaces = [space for space in gc.get_referrers(sum) if type(space) is dict]
print(sum("sum" in space for space in namespaces))
copies = [space for space in namespaces if "open" not in space and "sum" in space]
print(all(space["len"] is len for space in copies), len(copies))
# expect: 3 3
# expect: 4
# expect: 2
# expect: True 1
