# repr of futures and tasks in every state.
import asyncio
import re


def show(value):
    text = re.sub(r"0x[0-9a-f]+", "0x", repr(value))
    print(re.sub(r"/\S*/|\S*/(?=shown)", "", text))


async def wait(event):
    await event.wait()


async def fail():
    raise KeyError("k")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    show(future)
    future.add_done_callback(print)
    show(future)
    future.add_done_callback(print)
    future.add_done_callback(len)
    show(future)
    print(future.remove_done_callback(print), future.remove_done_callback(len), future.remove_done_callback(len))
    future.set_result([1, 2])
    show(future)
    other = loop.create_future()
    other.cancel("why")
    show(other)
    third = loop.create_future()
    third.set_exception(ValueError("bad"))
    show(third)
    print(repr(third.exception()), third.cancel())

    event = asyncio.Event()
    show(event)
    task = asyncio.create_task(wait(event), name="waiter")
    show(task)
    await asyncio.sleep(0)
    show(task)
    show(event)
    event.set()
    await task
    show(task)
    show(event)
    bad = asyncio.create_task(fail(), name="bad")
    await asyncio.wait([bad])
    show(bad)
    print(repr(bad.exception()))
    show(asyncio.Lock())
    show(asyncio.Semaphore(3))
    show(asyncio.Queue(maxsize=2))
    show(asyncio.Condition())
    print(loop)
    for state in (future.result, loop.create_future().result, loop.create_future().exception, other.result):
        try:
            print(state())
        except (asyncio.InvalidStateError, asyncio.CancelledError) as error:
            print(type(error), error)


asyncio.run(main())  # expect: <Future pending>
# expect: <Future pending cb=[print()]>
# expect: <Future pending cb=[print(), <1 more>, len()]>
# expect: 2 1 0
# expect: <Future finished result=[1, 2]>
# expect: <Future cancelled>
# expect: <Future finished exception=ValueError('bad')>
# expect: ValueError('bad') False
# expect: <asyncio.locks.Event object at 0x [unset]>
# expect: <Task pending name='waiter' coro=<wait() running at shown.py:11>>
# expect: <Task pending name='waiter' coro=<wait() running at shown.py:12> wait_for=<Future pending cb=[Task.task_wakeup()]>>
# expect: <asyncio.locks.Event object at 0x [unset, waiters:1]>
# expect: <Task finished name='waiter' coro=<wait() done, defined at shown.py:11> result=None>
# expect: <asyncio.locks.Event object at 0x [set]>
# expect: <Task finished name='bad' coro=<fail() done, defined at shown.py:15> exception=KeyError('k')>
# expect: KeyError('k')
# expect: <asyncio.locks.Lock object at 0x [unlocked]>
# expect: <asyncio.locks.Semaphore object at 0x [unlocked, value:3]>
# expect: <Queue at 0x maxsize=2>
# expect: <asyncio.locks.Condition object at 0x [unlocked]>
# expect: <_UnixSelectorEventLoop running=True closed=False debug=False>
# expect: [1, 2]
# expect: <class 'asyncio.exceptions.InvalidStateError'> Result is not set.
# expect: <class 'asyncio.exceptions.InvalidStateError'> Exception is not set.
# expect: <class 'asyncio.exceptions.CancelledError'> why
