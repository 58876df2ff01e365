"""What `dir` tells of a member."""
from enum import Enum


class Weekday(Enum):
    MONDAY = 1
    TUESDAY = 2

    @classmethod
    def today(cls):
        return cls.MONDAY

    @property
    def is_first(self):
        return self is Weekday.MONDAY


print(dir(Weekday.MONDAY))  # expect: ['__class__', '__doc__', '__eq__', '__hash__', '__module__', 'is_first', 'name', 'today', 'value']


class Single(Enum):
    def __init__(self, *args):
        if any(self.value == other.value for other in self.__class__):
            raise ValueError(f"{self.name} is there twice")


try:
    class Color(Single):
        RED = 1
        ROUGE = 1
except ValueError as error:
    print(error)  # expect: ROUGE is there twice
