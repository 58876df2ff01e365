# Every task has a context of its own, a copy of its creator's.
import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


async def handle(name):
    before = user.get()
    user.set(name)
    await asyncio.sleep(0)
    return before, user.get()


async def main():
    user.set("main")
    print(await asyncio.gather(handle("ada"), handle("bob")))
    print(user.get())
    await handle("direct")
    print(user.get())
    context = contextvars.copy_context()
    context.run(user.set, "copied")
    print(user.get(), context[user])
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: print("soon", user.get()), context=context)
    loop.call_soon(lambda: print("now", user.get()))
    loop.call_later(0.01, lambda: print("later", user.get()))
    user.set("changed")
    await asyncio.sleep(0.02)
    token = user.set("token")
    user.reset(token)
    print(user.get())


asyncio.run(main())  # expect: [('main', 'ada'), ('main', 'bob')]
# expect: main
# expect: direct
# expect: direct copied
# expect: soon copied
# expect: now direct
# expect: later direct
# expect: changed
print(user.get())  # expect: nobody
