//! Native functions that call others, done in Python where a thread may have to wait inside them.
//!
//! `Context.run` and `functools.partial` are between most threads of a program and its functions:
//! `asyncio.to_thread(time.sleep, 1)` is a partial of a context's `run` of `time.sleep`. A thread cannot wait below a
//! native call and let its starter go on, so in a thread the instruction that calls one of them calls one of these
//! instead. No traceback shows their frames.

use super::scheduler::{self, Leaving};
use crate::python::code::Op;
use crate::python::memory::{Addr, Own};
use crate::python::module::_contextvars;
use crate::python::object::{Method, builtin_function, descriptor, dict, str, tuple, types};
use crate::python::vm::{PyResult, Raised, Vm};

const SOURCE: &str = "\
def run(context, callable, /, *args, **keywords):
    enter(context)
    try:
        return callable(*args, **keywords)
    finally:
        leave(context)

def call(partial, /, *args, **keywords):
    return partial.func(*partial.args, *args, **partial.keywords | keywords)
";

/// The functions, owned; `NULL` until a thread needs them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Functions {
    globals: Addr,
    run: Addr,
    call: Addr,
}

impl Functions {
    /// What the machine keeps.
    pub fn references(&self) -> Vec<Addr> {
        vec![self.globals, self.run, self.call]
    }

    /// Whether a frame with these globals is one of theirs.
    pub fn own(&self, globals: Addr) -> bool {
        !globals.is_null() && globals == self.globals
    }
}

static ENTER: Method = Method::new("enter", "(context, /)", |vm, _, args| {
    _contextvars::enter_counted(vm, args.get(vm, 0))?;
    Ok(vm.none())
});

static LEAVE: Method = Method::new("leave", "(context, /)", |vm, _, args| {
    _contextvars::exit_counted(vm, args.get(vm, 0));
    Ok(vm.none())
});

fn functions(vm: &mut Vm) -> PyResult<Functions> {
    if !vm.threads.redirect.globals.is_null() {
        return Ok(vm.threads.redirect);
    }
    let globals = dict::new(vm);
    for method in [&ENTER, &LEAVE] {
        let row = vm.natives.len();
        vm.natives.push(method);
        let function = builtin_function::new(vm, row, Addr::NULL, Addr::NULL)?;
        dict::set_name(vm, globals.addr(), method.name, function);
    }
    let done = vm.run_source(SOURCE, "<threads>", "exec", globals.addr(), globals.addr())?;
    vm.decref(done);
    let mut found = [Addr::NULL; 2];
    for (name, place) in ["run", "call"].into_iter().zip(&mut found) {
        let key = str::new(vm, name);
        let function = dict::get(vm, globals.addr(), key.addr())?;
        vm.decref(key);
        if let Some(function) = function {
            *place = vm.incref(function).into_addr();
        }
    }
    let [run, call] = found;
    vm.threads.redirect = Functions {
        globals: globals.into_addr(),
        run,
        call,
    };
    Ok(vm.threads.redirect)
}

/// What stands in for a native function: which of the two, and its first argument.
enum Native {
    /// `Context.run`
    Run,
    /// An instance of `functools.partial`.
    Partial,
}

/// `Err` where the running thread's loop called `Context.run` of `context`, and has to call the Python function in its
/// place.
pub fn context_run(vm: &mut Vm, context: Addr) -> PyResult<()> {
    redirect(vm, Native::Run, context)
}

/// The same for a partial.
pub fn partial_call(vm: &mut Vm, partial: Addr) -> PyResult<()> {
    redirect(vm, Native::Partial, partial)
}

fn redirect(vm: &mut Vm, native: Native, first: Addr) -> PyResult<()> {
    // The call slot of a partial counts as a native call, a method does not.
    let depth = match native {
        Native::Run => 1,
        Native::Partial => 2,
    };
    let Some((op, callable)) = scheduler::called_here(vm, depth) else {
        return Ok(());
    };
    let is_it = match (&native, vm.type_of(callable)) {
        (Native::Partial, _) => callable == first,
        (Native::Run, types::METHOD_DESCRIPTOR) => {
            let row = descriptor::method_row(vm, callable);
            vm.natives[row].name == "run" && descriptor::owner(vm, callable) == types::CONTEXT
        }
        (Native::Run, types::BUILTIN_FUNCTION_OR_METHOD) => {
            vm.field(callable, builtin_function::SELF) == first
        }
        _ => false,
    };
    if !is_it {
        return Ok(());
    }
    let functions = functions(vm)?;
    let function = match native {
        Native::Run => functions.run,
        Native::Partial => functions.call,
    };
    let Some(frame) = vm.frames.last() else {
        return Ok(());
    };
    let instruction = vm.program_ref(frame.code).instructions[frame.current()];
    let Some(bottom) = scheduler::operands(frame, op, instruction.arg) else {
        return Ok(());
    };
    let function = vm.incref(function);
    let first = vm.incref(first);
    if op == Op::CallFunctionEx {
        let given = vm.field(bottom, 16);
        let mut items = vec![first.addr()];
        items.extend(tuple::items(vm, given));
        let args = tuple::new(vm, &items);
        vm.decref(first);
        replace(vm, bottom, 0, function);
        replace(vm, bottom, 16, args);
    } else {
        replace(vm, bottom, 0, function);
        replace(vm, bottom, 8, first);
    }
    vm.threads.leaving = Some(Leaving::Again);
    Err(Raised)
}

fn replace(vm: &mut Vm, bottom: Addr, at: u64, value: Own) {
    let old = vm.replace_field(bottom, at, Some(value));
    vm.xdecref(old);
}
