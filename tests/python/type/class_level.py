"""What happens on the level of classes: chained descriptors, errors while a class is made, lookups that ask no metaclass."""


class Shape:
    @classmethod
    @property
    def title(cls):
        return f"a property of {cls.__name__}"

    @classmethod
    @staticmethod
    def plain(*args):
        return args


try:
    print(Shape.title)
    print(Shape.plain(1))
except TypeError as error:
    print("TypeError")  # expect: <bound method title of <class '__main__.Shape'>>
# expect: (<class '__main__.Shape'>, 1)


class Broken:
    def __set_name__(self, owner, name):
        raise LookupError(name)


try:
    class Owner:
        field = Broken()
except Exception as error:
    print(type(error).__name__, error, repr(error.__cause__), getattr(error, "__notes__", None))  # expect: LookupError field None ["Error calling __set_name__ on 'Broken' instance 'field' in 'Owner'"]


class Meta(type):
    def __getattribute__(cls, name):
        print("asked for", name)
        return super().__getattribute__(name)


class Watched(metaclass=Meta):
    pass


Watched.__name__  # expect: asked for __name__


class Slotted:
    __slots__ = ("number",)


try:
    Slotted().nubmer = 1
except AttributeError as error:
    print(error, getattr(error, "name", "no name"))  # expect: 'Slotted' object has no attribute 'nubmer' and no __dict__ for setting new attributes nubmer
