# Cancelling: a CancelledError is raised at the await, can be caught, cleaned up after, and even refused.
import asyncio


async def worker(name):
    try:
        print(name, "works")
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print(name, "cancelled", error.args)
        raise
    finally:
        print(name, "cleans up")


async def stubborn():
    while True:
        try:
            await asyncio.sleep(10)
            return "done"
        except asyncio.CancelledError:
            print("not now")


async def main():
    task = asyncio.create_task(worker("a"))
    await asyncio.sleep(0)
    print(task.cancel(), task.cancelled(), task.done())
    try:
        await task
    except asyncio.CancelledError:
        print("gone", task.cancelled(), task.done())

    early = asyncio.create_task(worker("early"))
    early.cancel()
    try:
        await early
    except asyncio.CancelledError:
        print("never began")

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    print(await task)

    inner = asyncio.create_task(asyncio.sleep(0.1, "safe"))
    outer = asyncio.create_task(asyncio.wait_for(asyncio.shield(inner), 1))
    await asyncio.sleep(0)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("outer cancelled", inner.cancelled())
    print(await inner)

    tasks = [asyncio.create_task(worker(n)) for n in "xy"]
    group = asyncio.gather(*tasks)
    await asyncio.sleep(0)
    group.cancel()
    try:
        await group
    except asyncio.CancelledError:
        print([task.cancelled() for task in tasks])
    print(tasks[0].cancel())
    try:
        tasks[0].result()
    except asyncio.CancelledError as error:
        print(repr(error))


asyncio.run(main())  # expect: a works
# expect: True False False
# expect: a cancelled ()
# expect: a cleans up
# expect: gone True True
# expect: never began
# expect: not now
# expect: done
# expect: outer cancelled False
# expect: safe
# expect: x works
# expect: y works
# expect: x cancelled ()
# expect: x cleans up
# expect: y cancelled ()
# expect: y cleans up
# expect: [True, True]
# expect: False
# expect: CancelledError()


async def left_behind():
    asyncio.create_task(worker("left"))
    await asyncio.sleep(0)
    print("main ends")


asyncio.run(left_behind())  # expect: left works
# expect: main ends
# expect: left cancelled ()
# expect: left cleans up
