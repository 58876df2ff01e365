# Asynchronous generators, comprehensions and context managers.
import asyncio
import contextlib


async def ticks(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            got = yield i
            if got:
                print("got", got)
    finally:
        await asyncio.sleep(0)
        print("ticks closed")


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0)
        return self.n


@contextlib.asynccontextmanager
async def resource(name):
    print("open", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("handled", error)
    finally:
        print("close", name)


class Connection:
    async def __aenter__(self):
        await asyncio.sleep(0)
        print("enter")
        return self

    async def __aexit__(self, kind, value, trace):
        print("exit", kind)
        return True


async def main():
    print([i async for i in ticks(3)])
    print({i: i * i async for i in Countdown(3) if i})
    async for i in ticks(5):
        if i == 1:
            break
    else:
        print("not reached")
    generator = ticks(2)
    print(generator.__name__, generator.ag_running, await generator.__anext__())
    print(await generator.asend("hello"))
    await generator.aclose()
    print(await anext(generator, "over"))
    try:
        await generator.__anext__()
    except StopAsyncIteration as error:
        print(repr(error))
    generator = ticks(2)
    await anext(generator)
    try:
        await generator.athrow(KeyError("thrown"))
    except KeyError as error:
        print(repr(error))

    async with resource("db") as db:
        print(db)
        raise ValueError("oops")
    async with Connection():
        1 / 0
    async with contextlib.AsyncExitStack() as stack:
        print(await stack.enter_async_context(resource("a")), await stack.enter_async_context(resource("b")))
        stack.push_async_callback(asyncio.sleep, 0)
    async with contextlib.aclosing(ticks(9)) as numbers:
        async for n in numbers:
            break
    print("end")


asyncio.run(main())  # expect: ticks closed
# expect: [0, 1, 2]
# expect: {2: 4, 1: 1}
# expect: ticks False 0
# expect: got hello
# expect: 1
# expect: ticks closed
# expect: ticks closed
# expect: over
# expect: StopAsyncIteration()
# expect: ticks closed
# expect: KeyError('thrown')
# expect: open db
# expect: DB
# expect: handled oops
# expect: close db
# expect: enter
# expect: exit <class 'ZeroDivisionError'>
# expect: open a
# expect: open b
# expect: A B
# expect: close b
# expect: close a
# expect: ticks closed
# expect: end


async def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


async def running():
    generator = stubborn()
    await generator.asend(None)
    try:
        await generator.aclose()
    except RuntimeError as error:
        print(error)
    try:
        await stubborn().asend(5)
    except TypeError as error:
        print(error)
    generator = ticks(1)
    step = generator.__anext__()
    await step
    try:
        await step
    except RuntimeError as error:
        print(error)
    await generator.aclose()


asyncio.run(running())  # expect: async generator ignored GeneratorExit
# expect: can't send non-None value to a just-started async generator
# expect: cannot reuse already awaited __anext__()/asend()
# expect: ticks closed
