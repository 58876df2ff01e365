# A metaclass's mro(): what it may give, and what it does while it runs.
def told(order):
    class Meta(type):
        def mro(cls):
            return order(cls)

    try:
        class Made(metaclass=Meta):
            pass
    except TypeError as error:
        return str(error)
    return [ancestor.__name__ for ancestor in Made.__mro__]


print(told(lambda cls: type.mro(cls)[::-1]))  # expect: ['object', 'Made']
print(told(lambda cls: [cls, dict, object]))  # expect: mro() returned base with unsuitable layout ('dict')
print(told(lambda cls: [cls, int]))  # expect: mro() returned base with unsuitable layout ('int')
print(told(lambda cls: [1]))  # expect: mro() returned a non-class ('int')
print(told(lambda cls: 1))  # expect: 'int' object is not iterable


class Extending(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ != "Below":
            try:
                class Below(cls):
                    pass
            except TypeError as error:
                print(error)
        return type.mro(cls)


class Extended(metaclass=Extending):
    pass  # expect: Cannot extend an incomplete type 'Extended'


# Bases that mro() itself assigns once more.
class Assigning(type):
    ready = False

    def mro(cls):
        if Assigning.ready:
            if cls.__name__ == "First":
                Second.__bases__ = (First,)
            if cls.__name__ == "Second":
                First.__bases__ = (Second,)
        return type.mro(cls)


class Base(metaclass=Assigning):
    pass


class First(Base):
    pass


class Second(Base):
    pass


Assigning.ready = True
try:
    First.__bases__ += ()
except TypeError as error:
    print(error)  # expect: a __bases__ item causes an inheritance cycle
Assigning.ready = False
print(First.__bases__, Second.__mro__, Base.__subclasses__())  # expect: (<class '__main__.Base'>,) (<class '__main__.Second'>, <class '__main__.Base'>, <class 'object'>) [<class '__main__.First'>, <class '__main__.Second'>]


class Refusing(type):
    ready = False

    def mro(cls):
        if Refusing.ready and cls.__name__ == "Lower":
            raise ValueError("no order")
        return type.mro(cls)


class One(metaclass=Refusing):
    pass


class Other(metaclass=Refusing):
    pass


class Upper(One):
    pass


class Lower(Upper):
    pass


Refusing.ready = True
try:
    Upper.__bases__ = (Other,)
except ValueError as error:
    print(error, Upper.__bases__, Upper.__mro__, Lower.__mro__, One.__subclasses__(), Other.__subclasses__())  # expect: no order (<class '__main__.One'>,) (<class '__main__.Upper'>, <class '__main__.One'>, <class 'object'>) (<class '__main__.Lower'>, <class '__main__.Upper'>, <class '__main__.One'>, <class 'object'>) [<class '__main__.Upper'>] []


# The value of a class that a comparison takes away while it is read.
class Evil:
    def __hash__(self):
        return hash("attribute")

    def __eq__(self, other):
        if "attribute" in vars(Holder):
            del Holder.attribute
        return False


class Descriptor:
    def __get__(self, instance, owner=None):
        return 1


class Holder:
    attribute = Descriptor()


holder = Holder()
vars(holder)[Evil()] = 0
print(holder.attribute, hasattr(holder, "attribute"))  # expect: 1 False


# A name that is a subclass of str.
class Name(str):
    pass


class Plain:
    def __init__(self):
        self.message = "found"


print(getattr(Plain(), Name("message")), hasattr(Plain(), Name("other")))  # expect: found False
