# What goes wrong in posts: a forgotten await, a blocking call, an error in a task.
import asyncio
import time
import traceback
import warnings

warnings.simplefilter("always")


async def value():
    return 42


async def forgets():
    result = value()
    print(type(result).__name__)
    del result


def show_warning(message, category, filename, lineno, file=None, line=None):
    print(category.__name__, message, lineno)


warnings.showwarning = show_warning
asyncio.run(forgets())  # expect: coroutine
# expect: RuntimeWarning coroutine 'value' was never awaited 17


async def tick(log):
    for i in range(3):
        await asyncio.sleep(0.1)
        log.append(i)


async def blocks():
    time.sleep(0.5)


async def main():
    log = []
    start = time.perf_counter()
    await asyncio.gather(tick(log), blocks())
    print(log, round(time.perf_counter() - start, 1))
    start = time.perf_counter()
    await asyncio.gather(tick(log), asyncio.sleep(0.5))
    print(log, round(time.perf_counter() - start, 1))


asyncio.run(main())  # expect: [0, 1, 2] 0.7
# expect: [0, 1, 2, 0, 1, 2] 0.5


async def inner():
    raise LookupError("deep")


async def outer():
    await inner()


async def failing():
    task = asyncio.create_task(outer())
    try:
        await task
    except LookupError as error:
        print([frame.name for frame in traceback.extract_tb(error.__traceback__)])
        print(error.__context__)
    try:
        task.result()
    except LookupError as error:
        print([frame.name for frame in traceback.extract_tb(error.__traceback__)])
    try:
        await 5
    except TypeError as error:
        print(error)

    async def waits_for_itself():
        await asyncio.current_task()

    try:
        await asyncio.create_task(waits_for_itself())
    except RuntimeError as error:
        print(str(error).split(":")[0])
    reused = value()
    print(await reused)
    try:
        await reused
    except RuntimeError as error:
        print(error)


asyncio.run(failing())  # expect: ['failing', 'outer', 'inner']
# expect: None
# expect: ['failing']
# expect: object int can't be used in 'await' expression
# expect: Task cannot await on itself
# expect: 42
# expect: cannot reuse already awaited coroutine
try:
    asyncio.run(outer())
except LookupError as error:
    print(repr(error))  # expect: LookupError('deep')


async def stops():
    raise SystemExit(3)


try:
    asyncio.run(stops())
except SystemExit as error:
    print("exit", error.code)  # expect: exit 3
