# Runs one section of the recorded measurements on the engine, and prints it as JSON. What comes before this text: the
# measuring functions, and the names SECTION and MODULES.


def statements(text):
    """The top-level statements of a text, so that one that fails does not take the others along."""
    piece = []
    for line in text.splitlines():
        starts = line[:1] not in (" ", "", "#") and not line.startswith(("else", "except"))
        if starts and piece and not piece[-1].startswith("@"):
            yield "\n".join(piece)
            piece = []
        piece.append(line)
    yield "\n".join(piece)


def kinds():
    namespace = {"__name__": "kinds"}
    for name in MODULES.split():
        try:
            namespace[name] = __import__(name)
        except ImportError:
            pass
    for statement in statements(KINDS[KINDS.index("class Empty") :]):
        try:
            exec(statement, namespace)
        except (NameError, ImportError, AttributeError):
            pass
    return namespace


def json(value):
    if isinstance(value, dict):
        return "{" + ", ".join(json(str(key)) + ": " + json(item) for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(json, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return {None: "null", True: "true", False: "false"}[value] if value is None or value is True or value is False else repr(value)


print("RESULT", json(SECTIONS[SECTION]()))
