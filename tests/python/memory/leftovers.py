# Compiling leaves dead dicts and lists behind, which the first ones of a program use again: so many are not new.
import sys


class Shelf:
    def __init__(self, books):
        self.books = books

    def titles(self):
        return [book.title for book in self.books]

    def count(self):
        def step(total, book):
            return total + len(book)

        return sum(step(0, book) for book in self.books)


def settings():
    global changed
    changed = True


kept = [None] * 100
slots = range(100)


def new_blocks(make):
    before = sys.getallocatedblocks()
    for index in slots:
        kept[index] = make()
    return sys.getallocatedblocks() - before


print(new_blocks(lambda: []))
print(new_blocks(lambda: []))
print(new_blocks(lambda: {}))
# expect: 72
# expect: 2
# expect: 42
