"""Pickling needs files and binary formats that this interpreter does not have; importing it is harmless."""

HIGHEST_PROTOCOL, DEFAULT_PROTOCOL = 5, 4


class PickleError(Exception):
    """The base of what pickling raises."""


class PicklingError(PickleError):
    """An object cannot be pickled."""


class UnpicklingError(PickleError):
    """A pickle cannot be read."""


def _unavailable(*args, **kwargs):
    raise PickleError("pickle is not available in this interpreter")


dump = dumps = load = loads = _unavailable
