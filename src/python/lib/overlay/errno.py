"""Numbers of the errors that an OSError names."""

EPERM, ENOENT, ESRCH, EINTR, EIO, EBADF, ECHILD, EAGAIN, ENOMEM, EACCES = 1, 2, 3, 4, 5, 9, 10, 11, 12, 13
EEXIST, ENOTDIR, EISDIR, EINVAL, EMFILE, ENOSPC, EPIPE, EDOM, ERANGE = 17, 20, 21, 22, 24, 28, 32, 33, 34
ELOOP, ENOTSUP, ECONNABORTED, ECONNRESET, ETIMEDOUT, ECONNREFUSED = 40, 95, 103, 104, 110, 111
EWOULDBLOCK = EAGAIN

errorcode = {number: name for name, number in list(globals().items()) if name[0] == "E" and name != "EWOULDBLOCK"}
