"""What must be taken away when a program ends: nothing, since all that it shares goes with it."""


def register(name, rtype):
    pass


def unregister(name, rtype):
    pass


def ensure_running():
    pass


def getfd():
    raise OSError(38, "Function not implemented: programs run here without other processes")
