//! `atexit`: functions called when the program ends. CPython: Modules/atexitmodule.c.

use super::NativeModule;
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, dict, int, tuple};
use crate::python::vm::{Args, PyResult, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "atexit",
    methods: &[
        Method::new("register", "(*args, **kwargs)", register).with_tuple(),
        Method::new("_clear", "()", clear),
        Method::new("unregister", "(func, /)", unregister),
        Method::new("_run_exitfuncs", "()", run_exitfuncs),
        Method::new("_ncallbacks", "()", ncallbacks),
    ],
    types: &[],
    init: |_, _| Ok(()),
};

/// A registered call. The references are owned; `keywords` may be `NULL`.
pub struct ExitCall {
    /// What is called.
    pub function: Addr,
    /// A tuple.
    pub args: Addr,
    /// A dict or `NULL`.
    pub keywords: Addr,
}

/// Calls everything that was registered, the last one first; what a function registers is called too.
/// For the end of a run.
pub fn run(vm: &mut Vm) {
    while let Some(call) = vm.exit_calls.pop() {
        if vm.stop.is_none() {
            match vm.call_tuple_dict(call.function, call.args, call.keywords) {
                Ok(result) => vm.decref(result),
                Err(_) => {
                    let function = vm.repr_text(call.function).unwrap_or_default();
                    let message = format!("Exception ignored in atexit callback {function}");
                    vm.write_unraisable_message(Some(message), Addr::NULL);
                }
            }
        }
        drop_call(vm, call);
    }
}

fn drop_call(vm: &mut Vm, call: ExitCall) {
    for reference in [call.function, call.args, call.keywords] {
        vm.decref_word(reference.0);
    }
}

fn register(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let Some(function) = args.opt(vm, 0) else {
        return Err(vm.type_error("register() takes at least 1 argument (0 given)"));
    };
    if !vm.is_callable(function) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let positional = args.skip(1).to_vec(vm);
    let positional = tuple::new(vm, &positional);
    let keywords = args.keywords(vm);
    let mut mapping = Addr::NULL;
    if !keywords.is_empty() {
        let dict = dict::new(vm);
        for (name, value) in keywords {
            dict::set(vm, dict.addr(), name, value)?;
        }
        mapping = dict.into_addr();
    }
    let call = ExitCall {
        function: vm.incref(function).into_addr(),
        args: positional.into_addr(),
        keywords: mapping,
    };
    vm.exit_calls.push(call);
    Ok(vm.incref(function))
}

fn unregister(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let function = args.get(vm, 0);
    let mut i = 0;
    while i < vm.exit_calls.len() {
        let registered = vm.exit_calls[i].function;
        if vm.equal(registered, function)? && i < vm.exit_calls.len() {
            let call = vm.exit_calls.remove(i);
            drop_call(vm, call);
        } else {
            i += 1;
        }
    }
    Ok(vm.none())
}

fn clear(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    for call in std::mem::take(&mut vm.exit_calls) {
        drop_call(vm, call);
    }
    Ok(vm.none())
}

fn run_exitfuncs(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    run(vm);
    Ok(vm.none())
}

fn ncallbacks(vm: &mut Vm, _module: Addr, _args: Args) -> PyResult<Own> {
    Ok(int::new(vm, vm.exit_calls.len() as i64))
}
