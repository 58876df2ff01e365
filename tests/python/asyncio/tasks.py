# What a task is: its names, its states, who is current, what is left of it.
import asyncio
import gc
import sys
import weakref


async def child(n):
    await asyncio.sleep(0)
    return n * 2


async def main():
    me = asyncio.current_task()
    print(me.get_name(), type(me), me.done(), me.cancelled())
    task = asyncio.create_task(child(4))
    print(task.get_name(), task.done(), asyncio.isfuture(task), isinstance(task, asyncio.Future))
    print(sorted(t.get_name() for t in asyncio.all_tasks()))
    named = asyncio.create_task(child(5), name="five")
    print(await task, await named, named.get_name(), task.result(), task.exception())
    named.set_name("fünf")
    print(named.get_name(), task._state, task._callbacks, task._fut_waiter, task.get_coro().cr_frame)
    print([t.get_name() for t in asyncio.all_tasks()])

    coro = child(6)
    print(sys.getrefcount(coro))
    task = asyncio.create_task(coro)
    print(sys.getrefcount(coro), sys.getrefcount(task) > 2)
    await task
    print(sys.getrefcount(coro), sys.getrefcount(task), coro.cr_frame)
    ref = weakref.ref(task)
    del task
    print(ref().get_name(), sys.getrefcount(coro))
    print(type(asyncio.Future().__await__()).__name__, asyncio.iscoroutinefunction(child), asyncio.iscoroutine(coro))
    try:
        task = asyncio.create_task(child)
    except TypeError as error:
        print(str(error).split(" at ")[0])
    try:
        await coro
    except RuntimeError as error:
        print(error)
    print(gc.collect() >= 0)


asyncio.run(main())  # expect: Task-1 <class '_asyncio.Task'> False False
# expect: Task-2 False True True
# expect: ['Task-1', 'Task-2']
# expect: 8 10 five 8 None
# expect: fünf FINISHED None None None
# expect: ['Task-1']
# expect: 2
# expect: 3 True
# expect: 3 4 None
# expect: Task-3 3
# expect: FutureIter True True
# expect: a coroutine was expected, got <function child
# expect: cannot reuse already awaited coroutine
# expect: True
try:
    asyncio.current_task()
except RuntimeError as error:
    print(error)  # expect: no running event loop
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)  # expect: no running event loop
try:
    asyncio.run(child)
except (ValueError, TypeError) as error:
    print(str(error).split(" <")[0])  # expect: a coroutine was expected, got
