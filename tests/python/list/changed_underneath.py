# A comparison and an assignment that change the list at which they look.
class Clearing:
    def __init__(self, victim):
        self.victim = victim

    def __eq__(self, other):
        self.victim.clear()
        return False

    def __iter__(self):
        yield from self.victim
        self.victim.clear()


left, right = [], []
left.append(Clearing(right))
right.append(Clearing(left))
print(left == right, len(left), len(right))  # expect: False 1 0

left = []
left.append(Clearing(left))
print(left == [1], left != [1], left)  # expect: False True []

left = [0]
left.append(Clearing(left))
print(left < [0, 1, 2])  # expect: True

numbers = list(range(5))
try:
    numbers[::-1] = Clearing(numbers)
except ValueError as error:
    print(error, numbers)  # expect: attempt to assign sequence of size 5 to extended slice of size 0 []
