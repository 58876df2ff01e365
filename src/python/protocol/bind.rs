//! Binding arguments to the parameters of native functions, with CPython's messages.
//! CPython: Python/getargs.c (`_PyArg_UnpackKeywords`, `_PyArg_CheckPositional`).
//!
//! A function whose signature has `*args` or `**kwargs` gets its arguments as the caller wrote them: the
//! positional ones by index, the keywords still by name; it binds its keyword-only parameters itself, with
//! [`Args::bind`]. All others get one word per parameter.

use crate::python::memory::Addr;
use crate::python::object::str;
use crate::python::vm::{Args, PyResult, Raised, Signature, Vm, suggest};

/// Binds `args` to `signature`'s parameters; see [`Signature::bind`].
pub fn bind(
    signature: &Signature,
    vm: &mut Vm,
    function: &str,
    args: Args,
    values: &mut [Addr],
) -> PyResult<()> {
    let given = args.len();
    let total = signature.params.len();
    if signature.is_positional_only() && !signature.var_positional {
        if args.keyword_count() > 0 {
            return Err(vm.type_error(format!("{function}() takes no keyword arguments")));
        }
        check_positional(signature, vm, function, given)?;
    } else {
        check_count(signature, vm, function, args)?;
    }
    for (i, value) in values
        .iter_mut()
        .enumerate()
        .take(given.min(signature.positional))
    {
        *value = args.get(vm, i);
    }
    for i in 0..args.keyword_count() {
        let (name, value) = args.keyword(vm, i);
        let text = str::to_rust(vm, name);
        let found = signature.params.iter().position(|param| param.name == text);
        match found {
            Some(slot) if slot >= signature.positional_only => {
                if slot < given && slot < signature.positional {
                    return Err(vm.type_error(format!(
                        "argument for {function}() given by name ('{text}') and position ({})",
                        slot + 1
                    )));
                }
                if let Some(place) = values.get_mut(slot) {
                    *place = value;
                }
            }
            _ if signature.var_keyword => {}
            _ => {
                // A missing argument is told first.
                check_missing(signature, vm, function, values, total, args)?;
                let known = &signature.params[signature.positional_only..];
                let known: Vec<&str> = known.iter().map(|param| param.name).collect();
                return Err(unexpected(vm, &format!("{function}()"), &text, &known));
            }
        }
    }
    check_missing(signature, vm, function, values, total, args)
}

/// The error of a keyword that a native function does not know, which may be one of `known` misspelt. `function` is its name
/// with brackets.
#[cold]
pub fn unexpected<S: AsRef<str>>(vm: &mut Vm, function: &str, name: &str, known: &[S]) -> Raised {
    if vm.profile.messages.unexpected_keyword_first {
        return vm.type_error(format!(
            "'{name}' is an invalid keyword argument for {function}"
        ));
    }
    let hint = suggest::best(name, known);
    let hint = hint.map_or_else(String::new, |known| format!(". Did you mean '{known}'?"));
    vm.type_error(format!(
        "{function} got an unexpected keyword argument '{name}'{hint}"
    ))
}

fn s(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// "insert expected 2 arguments, got 1"
fn check_positional(
    signature: &Signature,
    vm: &mut Vm,
    function: &str,
    given: usize,
) -> PyResult<()> {
    let (least, most) = (signature.required, signature.params.len());
    if (least..=most).contains(&given) {
        return Ok(());
    }
    if most == 0 {
        return Err(vm.type_error(format!("{function}() takes no arguments ({given} given)")));
    }
    let (word, limit) = match given < least {
        true if least != most => ("at least ", least),
        true => ("", least),
        false if least != most => ("at most ", most),
        false => ("", most),
    };
    Err(vm.type_error(format!(
        "{function} expected {word}{limit} argument{}, got {given}",
        s(limit)
    )))
}

fn check_count(signature: &Signature, vm: &mut Vm, function: &str, args: Args) -> PyResult<()> {
    let (given, keywords) = (args.len(), args.keyword_count());
    let total = signature.params.len();
    if given + keywords > total && !signature.var_keyword && !signature.var_positional {
        let kind = if given == 0 { "keyword " } else { "" };
        let many = given + keywords;
        let word = if signature.required < total {
            "at most"
        } else {
            "exactly"
        };
        return Err(vm.type_error(format!(
            "{function}() takes {word} {total} {kind}argument{} ({many} given)",
            s(total)
        )));
    }
    if given > signature.positional && !signature.var_positional {
        let most = signature.positional;
        if most == 0 {
            return Err(vm.type_error(format!("{function}() takes no positional arguments")));
        }
        let word = if signature.required < most {
            "at most"
        } else {
            "exactly"
        };
        return Err(vm.type_error(format!(
            "{function}() takes {word} {most} positional argument{} ({given} given)",
            s(most)
        )));
    }
    let least = signature.required.min(signature.positional_only);
    if given < least {
        let word = if signature.required < signature.positional {
            "at least"
        } else {
            "exactly"
        };
        let word = if signature.params[least - 1..].iter().any(|p| p.optional) {
            "at least"
        } else {
            word
        };
        return Err(vm.type_error(format!(
            "{function}() takes {word} {least} positional argument{} ({given} given)",
            s(least)
        )));
    }
    Ok(())
}

fn check_missing(
    signature: &Signature,
    vm: &mut Vm,
    function: &str,
    values: &[Addr],
    total: usize,
    _args: Args,
) -> PyResult<()> {
    for slot in 0..total {
        let param = &signature.params[slot];
        if !param.optional && values.get(slot).is_some_and(|value| value.is_null()) {
            let name = param.name;
            if slot >= signature.positional {
                return Err(vm.type_error(format!(
                    "{function}() missing required keyword-only argument: '{name}'"
                )));
            }
            return Err(vm.type_error(format!(
                "{function}() missing required argument '{name}' (pos {})",
                slot + 1
            )));
        }
    }
    Ok(())
}
