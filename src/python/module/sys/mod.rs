//! `sys`: the interpreter's own numbers and names. CPython: Python/sysmodule.c.

mod attributes;
mod breakpoint;
mod coroutines;
mod frames;
mod hooks;
mod malloc_stats;
mod sequences;
mod sizes;
mod stdlib_names;

pub use breakpoint::builtin as breakpoint;
pub use stdlib_names::STDLIB_MODULE_NAMES;

use super::{NativeModule, int_argument};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, NONE, dict, exception, flags, float, int, str, tuple, types};
use crate::python::vm::trace::Listener;
use crate::python::vm::typedata::TP_DICT;
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "sys",
    methods: &[
        Method::new("addaudithook", "(hook)", nothing),
        Method::new("audit", "(*args)", nothing),
        Method::new("_clear_internal_caches", "()", nothing),
        Method::new("_clear_type_cache", "()", nothing),
        Method::new("_debugmallocstats", "()", malloc_stats::write),
        Method::new("_getframe", "(depth=0, /)", frames::getframe),
        Method::new(
            "_getframemodulename",
            "(depth=0)",
            frames::getframemodulename,
        ),
        Method::new("_current_exceptions", "()", frames::current_exceptions),
        Method::new("_current_frames", "()", frames::current_frames),
        Method::new("_get_cpu_count_config", "()", |vm, _, _| {
            Ok(int::new(vm, -1))
        }),
        Method::new("_setprofileallthreads", "(function, /)", setprofile),
        Method::new("_settraceallthreads", "(function, /)", settrace),
        Method::new(
            "activate_stack_trampoline",
            "(backend, /)",
            activate_stack_trampoline,
        ),
        Method::new("deactivate_stack_trampoline", "()", nothing),
        Method::new("breakpointhook", "(*args, **kwargs)", breakpoint::hook),
        Method::new("call_tracing", "(func, args, /)", call_tracing),
        Method::new("get_asyncgen_hooks", "()", coroutines::get_hooks),
        Method::new(
            "set_asyncgen_hooks",
            "(firstiter=None, finalizer=None)",
            coroutines::set_hooks,
        ),
        Method::new(
            "get_coroutine_origin_tracking_depth",
            "()",
            coroutines::get_origin_depth,
        ),
        Method::new(
            "set_coroutine_origin_tracking_depth",
            "(depth)",
            coroutines::set_origin_depth,
        ),
        Method::new("_is_gil_enabled", "()", |vm, _, _| Ok(vm.bool(true))),
        Method::new("_is_interned", "(string, /)", is_interned),
        Method::new("_is_immortal", "(op, /)", |vm, _, args| {
            let immortal = vm.is_immortal(args.get(vm, 0));
            Ok(vm.bool(immortal))
        }),
        Method::new(
            "_clear_type_descriptors",
            "(type, /)",
            clear_type_descriptors,
        ),
        Method::new("displayhook", "(object, /)", hooks::displayhook),
        Method::new("exc_info", "()", hooks::exc_info),
        Method::new(
            "excepthook",
            "(exctype, value, traceback, /)",
            hooks::excepthook,
        ),
        Method::new("exception", "()", hooks::exception),
        Method::new("exit", "(status=None, /)", exit),
        Method::new("get_int_max_str_digits", "()", get_int_max_str_digits),
        Method::new("getallocatedblocks", "()", sizes::getallocatedblocks),
        Method::new("getdefaultencoding", "()", encoding),
        Method::new("getdlopenflags", "()", |vm, _, _| Ok(int::new(vm, 2))),
        Method::new("getfilesystemencodeerrors", "()", |vm, _, _| {
            Ok(str::new(vm, "surrogateescape"))
        }),
        Method::new("getfilesystemencoding", "()", encoding),
        Method::new("getprofile", "()", |vm, _, _| {
            Ok(listener(vm, vm.tracers.profile))
        }),
        Method::new("gettrace", "()", |vm, _, _| {
            Ok(listener(vm, vm.tracers.trace))
        }),
        Method::new("setprofile", "(function, /)", setprofile),
        Method::new("settrace", "(function, /)", settrace),
        Method::new("getrecursionlimit", "()", getrecursionlimit),
        Method::new("getrefcount", "(object, /)", sizes::getrefcount),
        Method::new("getsizeof", "(object, default=None)", sizes::getsizeof).with_tuple(),
        Method::new("getswitchinterval", "()", getswitchinterval),
        Method::new(
            "getunicodeinternedsize",
            "(*, _only_immortal=False)",
            interned_size,
        ),
        Method::new("intern", "(string, /)", intern),
        Method::new("is_finalizing", "()", |vm, _, _| Ok(vm.bool(false))),
        Method::new("is_stack_trampoline_active", "()", |vm, _, _| {
            Ok(vm.bool(false))
        }),
        Method::new(
            "set_int_max_str_digits",
            "(maxdigits)",
            set_int_max_str_digits,
        ),
        Method::new("setdlopenflags", "(flags, /)", nothing),
        Method::new("setrecursionlimit", "(limit, /)", setrecursionlimit),
        Method::new("setswitchinterval", "(interval, /)", setswitchinterval),
        Method::new("unraisablehook", "(unraisable, /)", hooks::unraisablehook),
    ],
    types: &[],
    init: attributes::init,
};

/// Settings that a program can change and that change nothing here.
pub struct Settings {
    /// `sys.setswitchinterval`, in seconds.
    pub switch_interval: f64,
    /// About asynchronous generators and coroutines.
    pub hooks: coroutines::Hooks,
}

impl Settings {
    /// The references that are held here.
    pub fn references(&self) -> [Addr; 2] {
        [self.hooks.firstiter, self.hooks.finalizer]
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            switch_interval: 0.005,
            hooks: Default::default(),
        }
    }
}

/// The lowest limit that `sys.set_int_max_str_digits` takes besides 0.
const INT_MAX_STR_DIGITS_THRESHOLD: i32 = 640;

fn nothing(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(vm.none())
}

fn encoding(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(str::intern(vm, "utf-8"))
}

/// An argument that must be a `str`, for the functions that say so.
fn string_argument(vm: &mut Vm, function: &str, argument: Addr) -> PyResult<()> {
    if vm.has_flag(argument, flags::UNICODE_SUBCLASS) {
        return Ok(());
    }
    let name = if argument == NONE {
        "None".into()
    } else {
        vm.type_name(argument)
    };
    Err(vm.type_error(format!("{function}() argument must be str, not {name}")))
}

fn intern(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let string = args.get(vm, 0);
    string_argument(vm, "intern", string)?;
    if vm.type_of(string) != types::STR {
        let name = vm.type_name(string);
        return Err(vm.type_error(format!("can't intern {name}")));
    }
    let string = vm.incref(string);
    Ok(str::intern_object(vm, string))
}

fn is_interned(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let string = args.get(vm, 0);
    string_argument(vm, "_is_interned", string)?;
    let interned = str::is_interned(vm, string);
    Ok(vm.bool(interned))
}

/// Takes `__dict__` and `__weakref__` out of a class, which would hold it for those that have its descriptors.
fn clear_type_descriptors(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let class = args.get(vm, 0);
    if !vm.has_flag(class, flags::TYPE_SUBCLASS) {
        let name = vm.type_name(class);
        return Err(vm.type_error(format!(
            "_clear_type_descriptors() argument must be type, not {name}"
        )));
    }
    if vm.type_flags(class) & flags::IMMUTABLETYPE != 0 {
        return Err(vm.type_error("argument is immutable"));
    }
    vm.type_modified(class);
    let namespace = vm.field(class, TP_DICT);
    for name in ["__dict__", "__weakref__"] {
        let key = str::intern(vm, name);
        let removed = dict::remove(vm, namespace, key.addr());
        vm.decref(key);
        let removed = removed?;
        vm.xdecref(removed);
    }
    Ok(vm.none())
}

fn interned_size(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(int::new(vm, vm.interned.len() as i64))
}

/// `raise SystemExit(status)`; a tuple gives several arguments, `None` none.
fn exit(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let status = args.opt(vm, 0).unwrap_or(NONE);
    if status == NONE {
        let exception = exception::new_without_args(vm, types::SYSTEM_EXIT)?;
        return Err(vm.raise(exception));
    }
    let arguments = if vm.type_check(status, types::TUPLE) {
        vm.incref(status)
    } else {
        tuple::new(vm, &[status])
    };
    let exception = vm.call_tuple_dict(types::SYSTEM_EXIT, arguments.addr(), Addr::NULL)?;
    vm.decref(arguments);
    Err(vm.raise(exception))
}

fn listener(vm: &mut Vm, function: Addr) -> Own {
    vm.incref(function.some().unwrap_or(NONE))
}

fn settrace(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    Ok(listen(vm, Listener::Trace, args.get(vm, 0)))
}

fn setprofile(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    Ok(listen(vm, Listener::Profile, args.get(vm, 0)))
}

fn listen(vm: &mut Vm, listener: Listener, function: Addr) -> Own {
    let function = (function != NONE).then(|| vm.incref(function));
    vm.set_listener(listener, function);
    vm.none()
}

/// `call_tracing(func, args)`: a call that a debugger follows although it is in a trace function itself.
fn call_tracing(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (function, arguments) = (args.get(vm, 0), args.get(vm, 1));
    if !vm.type_check(arguments, types::TUPLE) {
        let name = vm.type_name(arguments);
        return Err(vm.type_error(format!(
            "call_tracing() argument 2 must be tuple, not {name}"
        )));
    }
    vm.call_tuple_dict(function, arguments, Addr::NULL)
}

/// `activate_stack_trampoline(backend)`: there is no machine code that a profiler could be shown.
fn activate_stack_trampoline(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let backend = args.get(vm, 0);
    string_argument(vm, "activate_stack_trampoline", backend)?;
    match &*str::to_rust(vm, backend) {
        "perf" | "perf_jit" => Ok(vm.none()),
        other => Err(vm.value_error(format!("invalid backend: {other}"))),
    }
}

fn getrecursionlimit(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(int::new(vm, i64::from(vm.limits.recursion)))
}

fn setrecursionlimit(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let limit = int_argument(vm, args.get(vm, 0))?;
    if limit < 1 {
        return Err(vm.value_error("recursion limit must be greater or equal than 1"));
    }
    let own_call = usize::from(vm.profile.recursion_counts_native_calls);
    let depth = vm.frames.len() + own_call;
    if depth >= limit as usize {
        return Err(vm.recursion_error(format!(
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        )));
    }
    vm.limits.recursion = limit as u32;
    Ok(vm.none())
}

fn getswitchinterval(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(float::new(vm, vm.settings.switch_interval))
}

fn setswitchinterval(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let interval = vm.as_double(args.get(vm, 0))?;
    if interval <= 0.0 {
        return Err(vm.value_error("switch interval must be strictly positive"));
    }
    vm.settings.switch_interval = interval;
    Ok(vm.none())
}

fn get_int_max_str_digits(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(int::new(vm, i64::from(vm.int_max_str_digits)))
}

fn set_int_max_str_digits(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let digits = int_argument(vm, args.get(vm, 0))?;
    if digits != 0 && digits < INT_MAX_STR_DIGITS_THRESHOLD {
        return Err(vm.value_error(format!(
            "maxdigits must be 0 or larger than {INT_MAX_STR_DIGITS_THRESHOLD}"
        )));
    }
    vm.int_max_str_digits = digits as u32;
    Ok(vm.none())
}
