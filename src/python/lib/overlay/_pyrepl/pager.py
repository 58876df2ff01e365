"""Long texts, which are printed at once: nobody sits at a terminal."""

import re
import sys


def plain(text):
    """The text without letters that are struck twice, which a terminal shows as bold."""
    return re.sub(".\b", "", text)


def plain_pager(text, title=""):
    sys.stdout.write(plain(text))


def get_pager():
    return plain_pager


def pipe_pager(text, cmd, title=""):
    plain_pager(text, title)


tempfile_pager = tty_pager = plain_pager
