"""Shell patterns, matched directly: `*`, `?`, `[seq]`, `[!seq]`."""

import os

__all__ = ["filter", "filterfalse", "fnmatch", "fnmatchcase"]


def fnmatch(name, pat):
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


def _class_end(pat, start):
    """Where the set that opens before `start` closes, or -1."""
    at = start + 1 if pat[start:start + 1] in ("!", b"!") else start
    at += 1
    while at < len(pat) and pat[at:at + 1] not in ("]", b"]"):
        at += 1
    return at if at < len(pat) else -1


def _in_class(char, members):
    at, found = 0, False
    negated = members[:1] in ("!", b"!")
    members = members[1:] if negated else members
    while at < len(members):
        if at + 2 < len(members) and members[at + 1:at + 2] in ("-", b"-"):
            found = found or members[at:at + 1] <= char <= members[at + 2:at + 3]
            at += 3
        else:
            found = found or char == members[at:at + 1]
            at += 1
    return found != negated


def fnmatchcase(name, pat):
    """Whether the whole of `name` matches; the last `*` is tried again with one more character."""
    at, p, star, resume = 0, 0, -1, 0
    while at < len(name):
        step = pat[p:p + 1]
        if step in ("*", b"*"):
            star, resume, p = p, at, p + 1
            continue
        end = _class_end(pat, p + 1) if step in ("[", b"[") else -1
        if end >= 0:
            matched, width = _in_class(name[at:at + 1], pat[p + 1:end]), end + 1 - p
        else:
            matched, width = step in ("?", b"?") or step == name[at:at + 1] and bool(step), 1
        if matched:
            at, p = at + 1, p + width
        elif star >= 0:
            resume += 1
            at, p = resume, star + 1
        else:
            return False
    return all(rest in ("*", b"*") for rest in (pat[i:i + 1] for i in range(p, len(pat))))


def filter(names, pat):
    return [name for name in names if fnmatch(name, pat)]


def filterfalse(names, pat):
    return [name for name in names if not fnmatch(name, pat)]
