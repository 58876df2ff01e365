"""Sockets of a program that has no network: a pair of them works, in memory; everything else is out of reach."""

import enum
import select

__all__ = ["fromfd", "getfqdn", "create_connection", "create_server", "has_dualstack_ipv6", "AddressFamily", "SocketKind",
           "AddressInfo", "MsgFlag", "socket", "socketpair", "SocketType", "error", "timeout", "gaierror", "herror",
           "gethostname", "gethostbyname", "getaddrinfo", "getnameinfo", "getdefaulttimeout", "setdefaulttimeout",
           "inet_aton", "inet_ntoa", "inet_pton", "inet_ntop", "htons", "htonl", "ntohs", "ntohl", "has_ipv6"]

error = OSError
timeout = TimeoutError
has_ipv6 = True


class herror(OSError):
    __module__ = "socket"


class gaierror(OSError):
    __module__ = "socket"


class AddressFamily(enum.IntEnum):
    AF_UNSPEC = 0
    AF_UNIX = 1
    AF_INET = 2
    AF_INET6 = 10


class SocketKind(enum.IntEnum):
    SOCK_STREAM = 1
    SOCK_DGRAM = 2
    SOCK_RAW = 3
    SOCK_RDM = 4
    SOCK_SEQPACKET = 5
    SOCK_NONBLOCK = 0o4000
    SOCK_CLOEXEC = 0o2000000


class MsgFlag(enum.IntFlag):
    MSG_OOB = 1
    MSG_PEEK = 2
    MSG_DONTROUTE = 4
    MSG_TRUNC = 32
    MSG_DONTWAIT = 64
    MSG_WAITALL = 256
    MSG_NOSIGNAL = 16384


class AddressInfo(enum.IntFlag):
    AI_PASSIVE = 1
    AI_CANONNAME = 2
    AI_NUMERICHOST = 4
    AI_V4MAPPED = 8
    AI_ALL = 16
    AI_ADDRCONFIG = 32
    AI_NUMERICSERV = 1024


for _kind in (AddressFamily, SocketKind, MsgFlag, AddressInfo):
    globals().update(_kind.__members__)
    __all__.extend(_kind.__members__)
del _kind

IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6 = 0, 1, 6, 17, 41
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
SOL_SOCKET, SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_BROADCAST, SO_SNDBUF, SO_RCVBUF = 1, 2, 3, 4, 6, 7, 8
SO_KEEPALIVE, SO_LINGER, SO_REUSEPORT, TCP_NODELAY, IPV6_V6ONLY, SOMAXCONN = 9, 13, 15, 1, 26, 4096
INADDR_ANY, INADDR_LOOPBACK, INADDR_BROADCAST = 0, 0x7F000001, 0xFFFFFFFF
EAI_NONAME, EAI_AGAIN, EAI_FAIL = -2, -3, -4

_default_timeout = None
_GLOBAL_DEFAULT_TIMEOUT = object()  # the default where a timeout may be None
_CAPACITY = 212992  # bytes that a pair holds before a writer must wait


def _no_network():
    return OSError(101, "Network is unreachable: programs run here without a network")


class _Pipe:
    """One direction of a pair."""

    __slots__ = "data", "ended"

    def __init__(self):
        self.data, self.ended = bytearray(), False


class socket:
    """An end of a pair, or a socket that reaches nobody."""

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is not None:
            raise OSError(9, "Bad file descriptor")
        self._open(AddressFamily.AF_INET if family == -1 else family, SocketKind.SOCK_STREAM if type == -1 else type,
                   0 if proto == -1 else proto, None, None)

    def _open(self, family, type, proto, incoming, outgoing):
        self._family, self._type, self._proto = family, type, proto
        self._in, self._out = incoming, outgoing
        self._timeout = _default_timeout
        self._fd = select._open(self)

    def _readable(self):
        return self._in is not None and bool(self._in.data or self._in.ended)

    def _writable(self):
        return self._out is not None and (self._out.ended or len(self._out.data) < _CAPACITY)

    @property
    def family(self):
        return AddressFamily(self._family)

    @property
    def type(self):
        return SocketKind(self._type)

    @property
    def proto(self):
        return self._proto

    @property
    def timeout(self):
        return self._timeout

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __repr__(self):
        kind = type(self)
        closed = " [closed]" if self._fd < 0 else ""
        name = f"{kind.__module__}.{kind.__qualname__}"
        return f"<{name}{closed} fd={self._fd}, family={self._family}, type={self._type}, proto={self._proto}>"

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def fileno(self):
        return self._fd

    def detach(self):
        number, self._fd = self._fd, -1
        select._close(number)
        return number

    def close(self):
        if self._fd >= 0:
            self.detach()
            if self._out is not None:
                self._in.ended = self._out.ended = True
                select._wake()

    def shutdown(self, how, /):
        self._connected()
        if how != SHUT_WR:
            self._in.ended = True
        if how != SHUT_RD:
            self._out.ended = True
        select._wake()

    def setblocking(self, flag, /):
        self._timeout = None if flag else 0.0

    def getblocking(self):
        return self._timeout != 0

    def settimeout(self, value, /):
        if value is not None and value < 0:
            raise ValueError("Timeout value out of range")
        self._timeout = value if value is None else float(value)

    def gettimeout(self):
        return self._timeout

    def set_inheritable(self, inheritable, /):
        pass

    def get_inheritable(self):
        return False

    def setsockopt(self, level, optname, value, optlen=None, /):
        pass

    def getsockopt(self, level, optname, buflen=0, /):
        return 0

    def getsockname(self):
        return "" if self._family == AddressFamily.AF_UNIX else ("0.0.0.0", 0)

    def getpeername(self):
        self._connected()
        return ""

    def _connected(self):
        if self._fd < 0:
            raise OSError(9, "Bad file descriptor")
        if self._in is None:
            raise OSError(107, "Transport endpoint is not connected")

    def _wait(self, ready):
        if not ready() and (self._timeout == 0 or not select._wait(ready, self._timeout)):
            if self._timeout == 0:
                raise BlockingIOError(11, "Resource temporarily unavailable")
            raise TimeoutError("timed out")

    def send(self, data, flags=0, /):
        self._connected()
        self._wait(self._writable)
        if self._out.ended:
            raise BrokenPipeError(32, "Broken pipe")
        part = bytes(memoryview(data)[:_CAPACITY - len(self._out.data)])
        self._out.data += part
        select._wake()
        return len(part)

    def sendall(self, data, flags=0, /):
        data = memoryview(data).cast("B")
        while data:
            data = data[self.send(data, flags):]

    def recv(self, bufsize, flags=0, /):
        self._connected()
        if bufsize < 0:
            raise ValueError("negative buffersize in recv")
        self._wait(self._readable)
        part = bytes(self._in.data[:bufsize])
        if not flags & MsgFlag.MSG_PEEK:
            del self._in.data[:bufsize]
            select._wake()
        return part

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = memoryview(buffer).cast("B")
        part = self.recv(nbytes or len(view), flags)
        view[:len(part)] = part
        return len(part)

    def recvmsg_into(self, buffers, ancbufsize=0, flags=0, /):
        views = [memoryview(buffer).cast("B") for buffer in buffers]
        part = self.recv(sum(map(len, views)), flags)
        done = 0
        for view in views:
            piece = part[done:done + len(view)]
            view[:len(piece)] = piece
            done += len(piece)
        return done, [], 0, None

    def recvmsg(self, bufsize, ancbufsize=0, flags=0, /):
        return self.recv(bufsize, flags), [], 0, None

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None, /):
        return self.send(b"".join(map(bytes, buffers)), flags)

    def connect(self, address, /):
        raise _no_network()

    def connect_ex(self, address, /):
        return 101

    def bind(self, address, /):
        raise _no_network()

    def listen(self, backlog=128, /):
        raise _no_network()

    def accept(self):
        raise OSError(22, "Invalid argument")

    def sendto(self, data, *flags_and_address):
        raise _no_network()

    def recvfrom(self, bufsize, flags=0, /):
        return self.recv(bufsize, flags), None

    def dup(self):
        raise _no_network()

    def makefile(self, mode="r", *args, **keywords):
        raise _no_network()


SocketType = socket


def socketpair(family=None, type=SocketKind.SOCK_STREAM, proto=0):
    """Two sockets: what is sent to one is received from the other."""
    there, back = _Pipe(), _Pipe()
    pair = socket.__new__(socket), socket.__new__(socket)
    for end, incoming, outgoing in zip(pair, (there, back), (back, there)):
        end._open(AddressFamily.AF_UNIX if family is None else family, type, proto, incoming, outgoing)
    return pair


def fromfd(fd, family, type, proto=0):
    raise OSError(9, "Bad file descriptor")


def create_connection(address, timeout=None, source_address=None, *, all_errors=False):
    raise _no_network()


def create_server(address, *, family=AddressFamily.AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    raise _no_network()


def has_dualstack_ipv6():
    return False


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    raise gaierror(EAI_AGAIN, "Temporary failure in name resolution: programs run here without a network")


def getnameinfo(sockaddr, flags, /):
    raise gaierror(EAI_AGAIN, "Temporary failure in name resolution: programs run here without a network")


def gethostbyname(hostname, /):
    raise gaierror(EAI_AGAIN, "Temporary failure in name resolution: programs run here without a network")


def gethostname():
    return "localhost"


def getfqdn(name=""):
    return name or "localhost"


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(timeout, /):
    global _default_timeout
    _default_timeout = timeout


def inet_aton(ip_addr, /):
    parts = ip_addr.split(".")
    try:
        return bytes(map(int, parts)) if len(parts) == 4 else _bad_address()
    except ValueError:
        _bad_address()


def _bad_address():
    raise OSError("illegal IP address string passed to inet_aton")


def inet_ntoa(packed_ip, /):
    if len(packed_ip) != 4:
        raise OSError("packed IP wrong length")
    return ".".join(map(str, packed_ip))


def inet_pton(address_family, ip_string, /):
    import ipaddress
    kind = ipaddress.IPv6Address if address_family == AddressFamily.AF_INET6 else ipaddress.IPv4Address
    try:
        return kind(ip_string).packed
    except ValueError:
        raise OSError("illegal IP address string passed to inet_pton") from None


def inet_ntop(address_family, packed_ip, /):
    import ipaddress
    if len(packed_ip) != (16 if address_family == AddressFamily.AF_INET6 else 4):
        raise ValueError("invalid length of packed IP address string")
    return str(ipaddress.ip_address(bytes(packed_ip)))


def htons(x, /):
    return int.from_bytes(x.to_bytes(2, "big"), "little")


def htonl(x, /):
    return int.from_bytes(x.to_bytes(4, "big"), "little")


ntohs, ntohl = htons, htonl
