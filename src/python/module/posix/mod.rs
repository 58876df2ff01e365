//! `posix`: files in memory, names, and what a process knows of itself. CPython: Modules/posixmodule.c.

mod entry;
pub mod path;
mod stat;

pub use entry::{ENTRY_SPEC, SCAN_SPEC};

use super::{NativeModule, add, add_int, add_str, int_argument};
use crate::python::files::{Errno, FileResult, FileSystem, flags};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Method, NONE, buffer, bytes, dict, float, int, list, str, structseq, tuple, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};
use path::{Path, Place, Takes, os_error};

/// The number of the only process.
const PROCESS: i64 = 4321;
/// Processors that the program sees.
const PROCESSORS: i64 = 4;

macro_rules! numbers {
    ($($name:ident $value:literal)*) => {
        &[$((stringify!($name), $value),)*]
    };
}

const CONSTANTS: &[(&str, i64)] = numbers! {
    F_OK 0 R_OK 4 W_OK 2 X_OK 1
    O_RDONLY 0 O_WRONLY 1 O_RDWR 2 O_CREAT 0o100 O_EXCL 0o200 O_NOCTTY 0o400 O_TRUNC 0o1000 O_APPEND 0o2000
    O_NONBLOCK 0o4000 O_SYNC 0o4010000 O_DIRECTORY 0o200000 O_NOFOLLOW 0o400000 O_CLOEXEC 0o2000000
    O_TMPFILE 0o20200000
    EX_OK 0 EX_USAGE 64 EX_DATAERR 65 EX_NOINPUT 66 EX_SOFTWARE 70 EX_OSERR 71 EX_IOERR 74 EX_CONFIG 78
    P_ALL 0 P_PID 1 P_PGID 2 WNOHANG 1 WUNTRACED 2 WCONTINUED 8
    PRIO_PROCESS 0 PRIO_PGRP 1 PRIO_USER 2 RTLD_LAZY 1 RTLD_NOW 2 RTLD_GLOBAL 256 RTLD_LOCAL 0
    SEEK_DATA 3 SEEK_HOLE 4 TMP_MAX 238328 NGROUPS_MAX 65536
};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "posix",
    methods: &[
        Method::new(
            "stat",
            "(path, *, dir_fd=None, follow_symlinks=True)",
            stat::stat,
        ),
        Method::new("lstat", "(path, *, dir_fd=None)", stat::lstat),
        Method::new("fstat", "(fd)", stat::fstat),
        Method::new(
            "access",
            "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)",
            access,
        ),
        Method::new("listdir", "(path=None)", listdir),
        Method::new("scandir", "(path=None)", entry::scandir),
        Method::new("mkdir", "(path, mode=511, *, dir_fd=None)", mkdir),
        Method::new("rmdir", "(path, *, dir_fd=None)", |vm, _, args| {
            on_path(vm, "rmdir", args, FileSystem::remove_folder)
        }),
        Method::new("remove", "(path, *, dir_fd=None)", |vm, _, args| {
            on_path(vm, "remove", args, FileSystem::remove_file)
        }),
        Method::new("unlink", "(path, *, dir_fd=None)", |vm, _, args| {
            on_path(vm, "unlink", args, FileSystem::remove_file)
        }),
        Method::new("chdir", "(path)", |vm, _, args| {
            on_path(vm, "chdir", args, FileSystem::go_to)
        }),
        Method::new(
            "rename",
            "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
            |vm, _, args| on_two(vm, "rename", args, FileSystem::rename),
        ),
        Method::new(
            "replace",
            "(src, dst, *, src_dir_fd=None, dst_dir_fd=None)",
            |vm, _, args| on_two(vm, "replace", args, FileSystem::rename),
        ),
        Method::new(
            "link",
            "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)",
            |vm, _, args| on_two(vm, "link", args, FileSystem::add_name),
        ),
        Method::new(
            "symlink",
            "(src, dst, target_is_directory=False, *, dir_fd=None)",
            |vm, _, args| on_two(vm, "symlink", args, FileSystem::make_link),
        ),
        Method::new("readlink", "(path, *, dir_fd=None)", stat::readlink),
        Method::new(
            "chmod",
            "(path, mode, *, dir_fd=None, follow_symlinks=True)",
            stat::chmod,
        ),
        Method::new(
            "utime",
            "(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)",
            stat::utime,
        ),
        Method::new("truncate", "(path, length)", truncate),
        Method::new("getcwd", "()", |vm, _, _| {
            let current = vm.files().current.clone();
            str::try_new(vm, &current)
        }),
        Method::new("getcwdb", "()", |vm, _, _| {
            let current = vm.files().current.clone();
            bytes::try_new(vm, current.as_bytes())
        }),
        Method::new("open", "(path, flags, mode=511, *, dir_fd=None)", open),
        Method::new("close", "(fd)", |vm, _, args| {
            on_descriptor(vm, args, |files, fd| files.close(fd))
        }),
        Method::new("closerange", "(fd_low, fd_high, /)", |vm, _, args| {
            let (low, high) = (
                int_argument(vm, args.get(vm, 0))?,
                int_argument(vm, args.get(vm, 1))?,
            );
            for descriptor in low.max(3)..high.min(4096) {
                let _ = vm.files().close(descriptor);
            }
            Ok(vm.none())
        }),
        Method::new("fsync", "(fd)", |vm, _, args| {
            on_descriptor(vm, args, |files, fd| files.opened(fd).map(|_| ()))
        }),
        Method::new("fdatasync", "(fd)", |vm, _, args| {
            on_descriptor(vm, args, |files, fd| files.opened(fd).map(|_| ()))
        }),
        Method::new("read", "(fd, length, /)", read),
        Method::new("write", "(fd, data, /)", write),
        Method::new("lseek", "(fd, position, how, /)", lseek),
        Method::new("ftruncate", "(fd, length, /)", |vm, _, args| {
            let len = vm.index_value(args.get(vm, 1), types::OVERFLOW_ERROR)?;
            let Ok(len) = u64::try_from(len) else {
                return Err(os_error(vm, Errno::INVAL, &[]));
            };
            on_descriptor(vm, args, |files, fd| files.truncate(fd, len))
        }),
        Method::new("dup", "(fd, /)", |vm, _, args| {
            let descriptor = int_argument(vm, args.get(vm, 0))?;
            let copy = vm.files().duplicate(descriptor);
            let copy = done(vm, copy, &[])?;
            Ok(int::new(vm, i64::from(copy)))
        }),
        Method::new("isatty", "(fd, /)", |vm, _, _| Ok(vm.bool(false))),
        Method::new("umask", "(mask, /)", |vm, _, args| {
            let mask = int_argument(vm, args.get(vm, 0))? as u32 & 0o777;
            let old = std::mem::replace(&mut vm.files().umask, mask);
            Ok(int::new(vm, i64::from(old)))
        }),
        Method::new("fspath", "(path)", fspath),
        Method::new("strerror", "(code, /)", |vm, _, args| {
            let number = int_argument(vm, args.get(vm, 0))?;
            Ok(str::new(vm, &crate::python::files::error_text(number)))
        }),
        Method::new("urandom", "(size, /)", urandom),
        Method::new("getrandom", "(size, flags=0)", urandom),
        Method::new("getpid", "()", |vm, _, _| Ok(int::new(vm, PROCESS))),
        Method::new("getppid", "()", |vm, _, _| Ok(int::new(vm, PROCESS - 1))),
        Method::new("getpgrp", "()", |vm, _, _| Ok(int::new(vm, PROCESS))),
        Method::new("getpgid", "(pid)", |vm, _, _| Ok(int::new(vm, PROCESS))),
        Method::new("getsid", "(pid, /)", |vm, _, _| Ok(int::new(vm, PROCESS))),
        Method::new("getuid", "()", |vm, _, _| Ok(int::new(vm, 1000))),
        Method::new("geteuid", "()", |vm, _, _| Ok(int::new(vm, 1000))),
        Method::new("getgid", "()", |vm, _, _| Ok(int::new(vm, 1000))),
        Method::new("getegid", "()", |vm, _, _| Ok(int::new(vm, 1000))),
        Method::new("getlogin", "()", |vm, _, _| Ok(str::new(vm, "user"))),
        Method::new("cpu_count", "()", |vm, _, _| Ok(int::new(vm, PROCESSORS))),
        Method::new("sched_yield", "()", |vm, _, _| Ok(vm.none())),
        Method::new("sched_getaffinity", "(pid, /)", |vm, _, _| {
            let numbers: Vec<Own> = (0..PROCESSORS).map(|number| int::new(vm, number)).collect();
            let numbers = tuple::from_owned(vm, numbers);
            let made = vm.call(types::SET, &[numbers.addr()]);
            vm.decref(numbers);
            made
        }),
        Method::new("getloadavg", "()", |vm, _, _| {
            let loads = (0..3).map(|_| float::new(vm, 0.0)).collect();
            Ok(tuple::from_owned(vm, loads))
        }),
        Method::new("get_terminal_size", "(fd=1, /)", |vm, _, _| {
            Err(os_error(vm, Errno(25), &[]))
        }),
        Method::new("uname", "()", |vm, _, _| {
            let parts = ["Linux", "localhost", "6.1.0", "#1 SMP", "x86_64"];
            let parts = parts.map(|part| str::new(vm, part)).into();
            structseq::new(vm, types::UNAME_RESULT, parts)
        }),
        Method::new("times", "()", |vm, _, _| {
            let worked = super::time::worked_seconds(vm);
            let parts = [worked, 0.0, 0.0, 0.0, 100.0 + worked];
            let parts = parts.map(|part| float::new(vm, part)).into();
            structseq::new(vm, types::TIMES_RESULT, parts)
        }),
        Method::new("putenv", "(name, value, /)", |vm, _, _| Ok(vm.none())),
        Method::new("unsetenv", "(name, /)", |vm, _, _| Ok(vm.none())),
        Method::new("_exit", "(status)", |vm, _, args| {
            let status = args.get(vm, 0);
            Err(match vm.call(types::SYSTEM_EXIT, &[status]) {
                Ok(exception) => vm.raise(exception),
                Err(raised) => raised,
            })
        }),
        Method::new("get_inheritable", "(fd, /)", |vm, _, _| Ok(vm.bool(false))),
        Method::new("set_inheritable", "(fd, inheritable, /)", |vm, _, _| {
            Ok(vm.none())
        }),
        Method::new("device_encoding", "(fd)", |vm, _, _| Ok(vm.none())),
        Method::new("sysconf", "(name, /)", sysconf),
        Method::new("waitstatus_to_exitcode", "(status)", |vm, _, args| {
            let status = int_argument(vm, args.get(vm, 0))?;
            let code = if status & 0x7F == 0 {
                status >> 8 & 0xFF
            } else {
                -(status & 0x7F)
            };
            Ok(int::new(vm, i64::from(code)))
        }),
    ],
    types: &[
        types::STAT_RESULT,
        types::TERMINAL_SIZE,
        types::UNAME_RESULT,
        types::TIMES_RESULT,
        types::DIR_ENTRY,
    ],
    init,
};

/// What the environment of the program says.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("HOME", "/home/user"),
    ("LANG", "C.UTF-8"),
    ("PATH", "/usr/local/bin:/usr/bin:/bin"),
    ("PWD", "/home/user"),
    ("SHELL", "/bin/bash"),
    ("USER", "user"),
];

fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    for (name, value) in CONSTANTS {
        add_int(vm, module, name, *value);
    }
    let environment = dict::new(vm);
    for (name, value) in ENVIRONMENT {
        let (name, value) = (
            bytes::new(vm, name.as_bytes()),
            bytes::new(vm, value.as_bytes()),
        );
        dict::set(vm, environment.addr(), name.addr(), value.addr())?;
        vm.decref(name);
        vm.decref(value);
    }
    add(vm, module, "environ", environment);
    let functions = list::new(vm);
    for name in [
        "HAVE_LSTAT",
        "HAVE_FCHDIR",
        "HAVE_FTRUNCATE",
        "HAVE_FSTATAT",
    ] {
        let name = str::new(vm, name);
        list::append(vm, functions.addr(), name)?;
    }
    add(vm, module, "_have_functions", functions);
    let names = dict::new(vm);
    for (name, number) in SYSTEM_LIMITS {
        let number = int::new(vm, number.0);
        dict::set_name(vm, names.addr(), name, number);
    }
    add(vm, module, "sysconf_names", names);
    let error = vm.incref(types::OS_ERROR);
    add(vm, module, "error", error);
    add_str(vm, module, "__doc__", "What the operating system offers.");
    Ok(())
}

/// The value of a system call, or its error with these paths.
pub fn done<T>(vm: &mut Vm, result: FileResult<T>, paths: &[Addr]) -> PyResult<T> {
    result.map_err(|error| os_error(vm, error, paths))
}

/// The name that a path argument is; open files have none here.
fn name_of(vm: &mut Vm, path: &Path) -> PyResult<String> {
    match &path.place {
        Place::Name(name) => Ok(name.clone()),
        Place::Descriptor(_) => Err(os_error(vm, Errno(95), &[path.given])),
    }
}

fn on_path(
    vm: &mut Vm,
    function: &str,
    args: Args,
    act: impl Fn(&mut FileSystem, &str) -> FileResult<()>,
) -> PyResult<Own> {
    let path = path::argument(vm, function, "path", Takes::Names, args.get(vm, 0))?;
    let name = name_of(vm, &path)?;
    let result = act(vm.files(), &name);
    result.map_err(|error| path.fail(vm, error, None))?;
    Ok(vm.none())
}

fn on_two(
    vm: &mut Vm,
    function: &str,
    args: Args,
    act: impl Fn(&mut FileSystem, &str, &str) -> FileResult<()>,
) -> PyResult<Own> {
    let source = path::argument(vm, function, "src", Takes::Names, args.get(vm, 0))?;
    let target = path::argument(vm, function, "dst", Takes::Names, args.get(vm, 1))?;
    let (from, to) = (name_of(vm, &source)?, name_of(vm, &target)?);
    let result = act(vm.files(), &from, &to);
    result.map_err(|error| source.fail(vm, error, Some(&target)))?;
    Ok(vm.none())
}

fn on_descriptor(
    vm: &mut Vm,
    args: Args,
    act: impl Fn(&mut FileSystem, i32) -> FileResult<()>,
) -> PyResult<Own> {
    let descriptor = int_argument(vm, args.get(vm, 0))?;
    if (0..3).contains(&descriptor) {
        return Ok(vm.none());
    }
    let result = act(vm.files(), descriptor);
    done(vm, result, &[])?;
    Ok(vm.none())
}

fn access(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let path = path::argument(vm, "access", "path", Takes::Names, args.get(vm, 0))?;
    let mode = int_argument(vm, args.get(vm, 1))? as u32;
    let name = name_of(vm, &path)?;
    vm.show_known_file(&name);
    let files = vm.files();
    let permissions = files
        .find(&name, true)
        .map(|node| files.node(node).permissions);
    // The owner's bits.
    Ok(match permissions {
        Ok(permissions) => vm.bool(mode & !(permissions >> 6) == 0),
        Err(_) => vm.bool(false),
    })
}

fn listdir(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let path = path::argument(
        vm,
        "listdir",
        "path",
        Takes::DescriptorsOrNone,
        args.get(vm, 0),
    )?;
    let name = name_of(vm, &path)?;
    let found = vm.files().list(&name);
    let found = found.map_err(|error| path.fail(vm, error, None))?;
    let names = list::new(vm);
    for (name, _) in found {
        let name = path::shown(vm, &name, path.is_bytes)?;
        list::append(vm, names.addr(), name)?;
    }
    Ok(names)
}

fn mkdir(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let mode = match args.opt(vm, 1) {
        Some(mode) => int_argument(vm, mode)? as u32,
        None => 0o777,
    };
    on_path(vm, "mkdir", args, |files, name| {
        files.make_folder(name, mode & 0o7777)
    })
}

fn truncate(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let len = vm.index_value(args.get(vm, 1), types::OVERFLOW_ERROR)?;
    let len = usize::try_from(len).map_err(|_| os_error(vm, Errno::INVAL, &[]))?;
    on_path(vm, "truncate", args, |files, name| {
        let node = files.find(name, true)?;
        files.set_len(node, len)
    })
}

fn open(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let path = path::argument(vm, "open", "path", Takes::Names, args.get(vm, 0))?;
    let how = int_argument(vm, args.get(vm, 1))?;
    let mode = match args.opt(vm, 2) {
        Some(mode) => int_argument(vm, mode)? as u32,
        None => 0o777,
    };
    let name = name_of(vm, &path)?;
    if how & 3 == 0 {
        vm.show_known_file(&name);
    }
    let descriptor = match how & 0o20_200_000 == 0o20_200_000 {
        true => open_nameless(vm, &name, how),
        false => vm.files().open(&name, how, mode & 0o7777),
    };
    let descriptor = descriptor.map_err(|error| path.fail(vm, error, None))?;
    Ok(int::new(vm, i64::from(descriptor)))
}

/// A file in a folder that has no name: `O_TMPFILE`.
fn open_nameless(vm: &mut Vm, folder: &str, how: i32) -> FileResult<i32> {
    let name = format!("{folder}/.nameless");
    let files = vm.files();
    let descriptor = files.open(&name, how & 3 | flags::CREATE | flags::EXCLUSIVE, 0o600)?;
    files.remove_file(&name)?;
    Ok(descriptor)
}

fn read(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let descriptor = int_argument(vm, args.get(vm, 0))?;
    let len = vm.index_value(args.get(vm, 1), types::OVERFLOW_ERROR)?;
    let Ok(len) = usize::try_from(len) else {
        return Err(os_error(vm, Errno::INVAL, &[]));
    };
    if descriptor == 0 {
        return Ok(bytes::new(vm, b""));
    }
    let content = vm.files().read(descriptor, len);
    let content = done(vm, content, &[])?;
    bytes::try_new(vm, &content)
}

fn write(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let descriptor = int_argument(vm, args.get(vm, 0))?;
    let content = buffer::content(vm, args.get(vm, 1))?;
    let count = match descriptor {
        1 | 2 => {
            let text = String::from_utf8_lossy(&content).into_owned();
            if descriptor == 1 {
                vm.write_stdout(&text);
            } else {
                vm.write_stderr(&text);
            }
            if vm.stop.is_some() {
                return Err(Raised);
            }
            content.len()
        }
        _ => {
            let written = vm.files().write(descriptor, &content);
            done(vm, written, &[])?
        }
    };
    Ok(int::from_usize(vm, count))
}

fn lseek(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let descriptor = int_argument(vm, args.get(vm, 0))?;
    let offset = vm.index_value(args.get(vm, 1), types::OVERFLOW_ERROR)?;
    let how = int_argument(vm, args.get(vm, 2))?;
    let place = vm.files().seek(descriptor, offset as i64, how);
    let place = done(vm, place, &[])?;
    Ok(int::from_u64(vm, place))
}

fn fspath(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let given = args.get(vm, 0);
    if str::check(vm, given) || bytes::check(vm, given) {
        return Ok(vm.incref(given));
    }
    let class = vm.type_of(given);
    let name = str::intern(vm, "__fspath__");
    let method = vm.get_attr_opt(class, name.addr())?;
    vm.decref(name);
    let shown = vm.type_name(given);
    let Some(method) = method else {
        return Err(vm.type_error(format!(
            "expected str, bytes or os.PathLike object, not {shown}"
        )));
    };
    let path = vm.call(method.addr(), &[given])?;
    vm.decref(method);
    if !str::check(vm, path.addr()) && !bytes::check(vm, path.addr()) {
        let got = vm.type_name(path.addr());
        return Err(vm.type_error(format!(
            "expected {shown}.__fspath__() to return str or bytes, not {got}"
        )));
    }
    Ok(path)
}

/// Bytes as random as everything is here: the same in every run.
fn urandom(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let len = vm.index_value(args.get(vm, 0), types::OVERFLOW_ERROR)?;
    let Ok(len) = usize::try_from(len) else {
        return Err(vm.value_error("negative argument not allowed"));
    };
    vm.check_steps(len as u64 / 64)?;
    vm.unseeded_generators += 1;
    let mut random = fastrand::Rng::with_seed(0x6769_656F_6B00 + u64::from(vm.unseeded_generators));
    let content: Vec<u8> = (0..len).map(|_| random.u8(..)).collect();
    bytes::try_new(vm, &content)
}

struct Limit(i64);

/// What `sysconf` knows.
const SYSTEM_LIMITS: &[(&str, Limit)] = &[
    ("SC_ARG_MAX", Limit(2_097_152)),
    ("SC_CLK_TCK", Limit(100)),
    ("SC_NPROCESSORS_CONF", Limit(PROCESSORS)),
    ("SC_NPROCESSORS_ONLN", Limit(PROCESSORS)),
    ("SC_OPEN_MAX", Limit(1024)),
    ("SC_PAGE_SIZE", Limit(4096)),
    ("SC_PAGESIZE", Limit(4096)),
    ("SC_PHYS_PAGES", Limit(2_097_152)),
    ("SC_AVPHYS_PAGES", Limit(1_048_576)),
    ("SC_IOV_MAX", Limit(1024)),
];

fn sysconf(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let given = args.get(vm, 0);
    if !str::check(vm, given) {
        return Err(vm.type_error("configuration names must be strings or integers"));
    }
    let name = str::to_rust(vm, given);
    match SYSTEM_LIMITS.iter().find(|(known, _)| *known == name) {
        Some((_, limit)) => Ok(int::new(vm, limit.0)),
        None => Err(vm.value_error("unrecognized configuration name")),
    }
}

/// An argument that may be left out or be `None`.
fn given(vm: &Vm, args: Args, at: usize) -> Option<Addr> {
    args.opt(vm, at).filter(|given| *given != NONE)
}
