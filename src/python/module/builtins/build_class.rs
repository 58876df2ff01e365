//! `__build_class__`: a `class` statement. CPython: `builtin___build_class__`.

use crate::python::memory::{Addr, Own};
use crate::python::object::{cell, dict, flags, str, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

pub(super) fn build_class(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    if args.len() < 2 {
        return Err(vm.type_error("__build_class__: not enough arguments"));
    }
    let (function, name) = (args.get(vm, 0), args.get(vm, 1));
    if vm.type_of(function) != types::FUNCTION {
        return Err(vm.type_error("__build_class__: func must be a function"));
    }
    if !vm.has_flag(name, flags::UNICODE_SUBCLASS) {
        return Err(vm.type_error("__build_class__: name is not a string"));
    }
    let original: Vec<Addr> = (2..args.len()).map(|i| args.get(vm, i)).collect();
    let original = tuple::new(vm, &original);
    let bases = update_bases(vm, original.addr())?;
    // The keywords as a dict, without `metaclass`.
    let keywords = vm.keywords_dict(args)?;
    let mut meta = None;
    if let Some(keywords) = &keywords {
        let metaclass = str::intern(vm, "metaclass");
        meta = dict::remove(vm, keywords.addr(), metaclass.addr())?;
        vm.decref(metaclass);
    }
    let mut meta = match meta {
        Some(meta) => meta,
        None if tuple::len(vm, bases.addr()) == 0 => vm.incref(types::TYPE),
        None => {
            let first = tuple::item(vm, bases.addr(), 0);
            vm.incref(vm.type_of(first))
        }
    };
    let is_class = vm.has_flag(meta.addr(), flags::TYPE_SUBCLASS);
    if is_class {
        let winner =
            crate::python::object::r#type::calculate_metaclass(vm, meta.addr(), bases.addr())?;
        if winner != meta.addr() {
            let winner = vm.incref(winner);
            vm.decref(meta);
            meta = winner;
        }
    }
    let kwargs = keywords.as_ref().map_or(Addr::NULL, Own::addr);
    let namespace = prepare(vm, meta.addr(), name, bases.addr(), kwargs)?;
    if !vm.has_flag(namespace.addr(), flags::DICT_SUBCLASS)
        && vm.slots(namespace.addr()).mp_subscript.is_none()
        && vm.slots(namespace.addr()).sq_item.is_none()
    {
        let meta_name = if is_class {
            vm.type_data(meta.addr()).name.to_string()
        } else {
            "<metaclass>".into()
        };
        let got = vm.type_name(namespace.addr());
        return Err(vm.type_error(format!(
            "{meta_name}.__prepare__() must return a mapping, not {got}"
        )));
    }
    let class_cell = vm.run_class_body(function, namespace.addr())?;
    if bases.addr() != original.addr() {
        vm.set_item(
            namespace.addr(),
            vm.names.__orig_bases__,
            Some(original.addr()),
        )?;
    }
    let three = [name, bases.addr(), namespace.addr()];
    let class = make_class(vm, meta.addr(), three, kwargs)?;
    check_class_cell(vm, class_cell.addr(), class.addr(), name)?;
    vm.decref(class_cell);
    vm.decref(namespace);
    vm.decref(meta);
    vm.xdecref(keywords);
    vm.decref(bases);
    vm.decref(original);
    Ok(class)
}

/// Calls the metaclass. `type` itself gets the arguments one by one, and makes a tuple and a dict of them again: `type_vectorcall`.
fn make_class(vm: &mut Vm, meta: Addr, three: [Addr; 3], kwargs: Addr) -> PyResult<Own> {
    if meta == types::TYPE && !kwargs.is_null() && dict::len(vm, kwargs) > 0 {
        let (names, values): (Vec<Addr>, Vec<Addr>) = dict::items(vm, kwargs).into_iter().unzip();
        let names = tuple::new(vm, &names);
        let class = vm.call_keywords(meta, &three, names.addr(), &values)?;
        vm.decref(names);
        return Ok(class);
    }
    let arguments = tuple::new(vm, &three);
    let class = vm.call_tuple_dict(meta, arguments.addr(), kwargs)?;
    vm.decref(arguments);
    Ok(class)
}

/// The bases with `__mro_entries__` resolved; the same tuple when there are none.
fn update_bases(vm: &mut Vm, bases: Addr) -> PyResult<Own> {
    let mut changed = false;
    let mut result: Vec<Own> = Vec::new();
    for base in tuple::items(vm, bases) {
        if vm.has_flag(base, flags::TYPE_SUBCLASS) {
            result.push(vm.incref(base));
            continue;
        }
        let Some(method) = vm.get_attr_opt(base, vm.names.__mro_entries__)? else {
            result.push(vm.incref(base));
            continue;
        };
        let entries = vm.call(method.addr(), &[bases])?;
        vm.decref(method);
        if !vm.has_flag(entries.addr(), flags::TUPLE_SUBCLASS) {
            return Err(vm.type_error("__mro_entries__ must return a tuple"));
        }
        for entry in tuple::items(vm, entries.addr()) {
            result.push(vm.incref(entry));
        }
        vm.decref(entries);
        changed = true;
    }
    if changed {
        return Ok(tuple::from_owned(vm, result));
    }
    for base in result {
        vm.decref(base);
    }
    Ok(vm.incref(bases))
}

fn prepare(vm: &mut Vm, meta: Addr, name: Addr, bases: Addr, kwargs: Addr) -> PyResult<Own> {
    if meta == types::TYPE {
        return Ok(dict::new(vm));
    }
    let Some(method) = vm.get_attr_opt(meta, vm.names.__prepare__)? else {
        return Ok(dict::new(vm));
    };
    let two = tuple::new(vm, &[name, bases]);
    let namespace = vm.call_tuple_dict(method.addr(), two.addr(), kwargs)?;
    vm.decref(two);
    vm.decref(method);
    Ok(namespace)
}

/// The cell of `__class__` was filled by `type.__new__` with this very class.
fn check_class_cell(vm: &mut Vm, class_cell: Addr, class: Addr, name: Addr) -> PyResult<()> {
    if vm.type_of(class_cell) != types::CELL || !vm.has_flag(class, flags::TYPE_SUBCLASS) {
        return Ok(());
    }
    let filled = vm.field(class_cell, cell::REF);
    if filled == class {
        return Ok(());
    }
    let name = vm.repr_text(name)?;
    if filled.is_null() {
        return Err(vm.runtime_error(format!(
            "__class__ not set defining {name} as {}. Was __classcell__ propagated to type.__new__?",
            vm.type_data(class).name
        )));
    }
    let (set_to, class) = (vm.repr_text(filled)?, vm.repr_text(class)?);
    Err(vm.type_error(format!(
        "__class__ set to {set_to} defining {name} as {class}"
    )))
}

impl Vm {
    /// Runs a class body with `namespace` as its locals; returns what the body returns, the class cell.
    pub(crate) fn run_class_body(&mut self, function: Addr, namespace: Addr) -> PyResult<Own> {
        self.run_code_of(function, namespace)
    }
}
