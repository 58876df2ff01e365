# The loop itself: callbacks, timers, its clock, handlers of exceptions.
import asyncio


def callback(n, loop):
    print("callback", n)
    if n == 3:
        loop.stop()


loop = asyncio.new_event_loop()
start = loop.time()
loop.call_soon(callback, 1, loop)
timer = loop.call_later(1.5, callback, 3, loop)
loop.call_at(start + 1, callback, 2, loop)
cancelled = loop.call_later(0.1, callback, 9, loop)
cancelled.cancel()
print(cancelled.cancelled(), timer.when() > start)  # expect: True True
loop.run_forever()  # expect: callback 1
# expect: callback 2
# expect: callback 3
print(round(loop.time() - start, 1), loop.is_running(), loop.is_closed())  # expect: 1.5 False False
print(loop.run_until_complete(asyncio.sleep(0.1, "slept")))  # expect: slept


def handler(loop, context):
    print("handler:", context["message"].split(" at ")[0], repr(context.get("exception")))


async def fails():
    raise ValueError("nobody looks")


async def forgets():
    asyncio.create_task(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)


loop.set_exception_handler(handler)
loop.run_until_complete(forgets())  # expect: handler: Task exception was never retrieved ValueError('nobody looks')
loop.call_soon(lambda: 1 / 0)
loop.run_until_complete(asyncio.sleep(0))  # expect: handler: Exception in callback <lambda>() ZeroDivisionError('division by zero')
future = loop.create_future()
future.set_exception(KeyError("unseen"))
del future  # expect: handler: Future exception was never retrieved KeyError('unseen')


async def waits_for_ever():
    await loop.create_future()


task = loop.create_task(waits_for_ever())
loop.run_until_complete(asyncio.sleep(0))
del task
import gc
gc.collect()  # expect: handler: Task was destroyed but it is pending! None
loop.close()
print(loop.is_closed(), loop)  # expect: True <_UnixSelectorEventLoop running=False closed=True debug=False>
try:
    loop.call_soon(print)
except RuntimeError as error:
    print(error)  # expect: Event loop is closed


async def nested():
    try:
        coro = asyncio.sleep(0)
        asyncio.run(coro)
    except RuntimeError as error:
        print(error)
        coro.close()
    try:
        asyncio.get_running_loop().run_until_complete(asyncio.get_running_loop().create_future())
    except RuntimeError as error:
        print(error)


asyncio.run(nested())  # expect: asyncio.run() cannot be called from a running event loop
# expect: This event loop is already running
