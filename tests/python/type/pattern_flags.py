# Which patterns match a class with several bases: what the first of its order says that matches any.
import collections
import collections.abc


class First:
    pass


class Plain:
    pass


def kind(value):
    match value:
        case [*_]:
            return "sequence"
        case {}:
            return "mapping"
    return "neither"


for bases in ((dict,), (Plain, dict), (Plain, list), (collections.UserDict, Plain, list),
              (Plain, collections.UserDict, collections.abc.Sequence), (collections.UserList, dict, Plain),
              (dict, collections.abc.Sequence, Plain), (collections.UserList, collections.abc.Mapping), (str, Plain)):
    made = type("Made", bases, {})
    below = type("Below", (First, made), {})
    print([base.__name__ for base in bases], kind(made()), kind(below()), below.__flags__ >> 5 & 3)  # expect: ['dict'] mapping mapping 2
# expect: ['Plain', 'dict'] mapping mapping 2
# expect: ['Plain', 'list'] sequence sequence 1
# expect: ['UserDict', 'Plain', 'list'] mapping mapping 2
# expect: ['Plain', 'UserDict', 'Sequence'] mapping mapping 2
# expect: ['UserList', 'dict', 'Plain'] sequence sequence 1
# expect: ['dict', 'Sequence', 'Plain'] mapping mapping 2
# expect: ['UserList', 'Mapping'] sequence sequence 1
# expect: ['str', 'Plain'] neither neither 0
