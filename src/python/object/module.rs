//! Modules. CPython: `PyModuleObject`, Objects/moduleobject.c.
//!
//! ```text
//! 16  md_dict   24  md_def   32  md_state   40  md_weaklist   48  md_name
//! ```

use super::annotations as deferred;
use super::{GetSet, Method, NONE, Slots, TypeSpec, alloc, dict, flags, object, str, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of the namespace.
pub const MD_DICT: u64 = 16;
/// Offset of the list of weak references.
pub const MD_WEAKLIST: u64 = 40;
const MD_NAME: u64 = 48;

/// `module`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::BASETYPE | flags::HAVE_GC,
    dictoffset: MD_DICT as u32,
    weaklistoffset: MD_WEAKLIST as u32,
    slots,
    methods: &[Method::new("__dir__", "()", |vm, this, _| {
        super::dir::module_dir(vm, this)
    })],
    getset: &[
        GetSet::read("__dict__", |vm, this| {
            let namespace = vm.field(this, MD_DICT);
            Ok(vm.incref(namespace))
        }),
        GetSet::write("__annotations__", annotations, set_annotations),
        GetSet::write(
            "__annotate__",
            |vm, this| {
                let namespace = vm.field(this, MD_DICT);
                deferred::annotate(vm, namespace, deferred::MODULE)
            },
            |vm, this, _, value| {
                let namespace = vm.field(this, MD_DICT);
                deferred::set_annotate(vm, namespace, deferred::MODULE, value)
            },
        ),
    ],
    ..TypeSpec::new(types::MODULE, "module")
};

fn slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(|vm, this, visit| {
        if let Some(namespace) = vm.field(this, MD_DICT).some() {
            visit(namespace);
        }
    });
    slots.references = Some(|vm, this, visit| {
        for offset in [MD_DICT, MD_NAME] {
            if let Some(object) = vm.field(this, offset).some() {
                visit(object);
            }
        }
    });
    slots.clear = Some(|vm, this| {
        if let Some(namespace) = vm.field(this, MD_DICT).some() {
            let _ = namespace;
            vm.set_field(this, MD_DICT, None);
        }
    });
    slots.repr = Some(repr);
    slots.getattro = Some(getattro);
    slots.init = Some(init);
    slots.new = Some(|vm, class, _args| {
        let module = object::generic_alloc(vm, class, 0)?;
        let namespace = dict::new(vm);
        vm.init_field(module.addr(), MD_DICT, namespace);
        Ok(module)
    });
}

/// A new module with the five names every module has.
pub fn new(vm: &mut Vm, name: &str) -> PyResult<Own> {
    let module = alloc::alloc(vm, types::MODULE, 0)?;
    let namespace = dict::new(vm);
    vm.init_field(module.addr(), MD_DICT, namespace);
    gc::track(vm, module.addr());
    let name = str::intern(vm, name);
    init_dict(vm, module.addr(), name.addr(), NONE)?;
    vm.decref(name);
    Ok(module)
}

/// The namespace of a module, borrowed.
pub fn namespace(vm: &Vm, module: Addr) -> Addr {
    vm.field(module, MD_DICT)
}

fn init_dict(vm: &mut Vm, module: Addr, name: Addr, doc: Addr) -> PyResult<()> {
    let namespace = vm.field(module, MD_DICT);
    let values = [
        (vm.names.__name__, name),
        (vm.names.__doc__, doc),
        (vm.names.__package__, NONE),
        (vm.names.__loader__, NONE),
        (vm.names.__spec__, NONE),
    ];
    for (key, value) in values {
        dict::set(vm, namespace, key, value)?;
    }
    let name = vm.incref(name);
    vm.set_field(module, MD_NAME, Some(name));
    Ok(())
}

fn init(vm: &mut Vm, this: Addr, args: Args) -> PyResult<()> {
    let [name, doc] = args.bind(vm, "module", "(name, doc=None)")?;
    if !vm.has_flag(name, flags::UNICODE_SUBCLASS) {
        let got = vm.type_name(name);
        return Err(vm.type_error(format!("module() argument 'name' must be str, not {got}")));
    }
    init_dict(vm, this, name, doc.some().unwrap_or(NONE))
}

fn dealloc(vm: &mut Vm, this: Addr) {
    gc::untrack(vm, this);
    super::weakref::clear_refs(vm, this);
    vm.set_field(this, MD_DICT, None);
    vm.set_field(this, MD_NAME, None);
    alloc::free(vm, this);
}

/// `<module 'm' (built-in)>`, `<module 'm' from 'file'>` or `<module 'm'>`.
fn repr(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let namespace = vm.field(this, MD_DICT);
    let text_of = |vm: &mut Vm, key: Addr| -> Option<String> {
        let value = dict::get_str(vm, namespace, key)?;
        vm.has_flag(value, flags::UNICODE_SUBCLASS)
            .then(|| str::to_rust(vm, value))
    };
    let name = text_of(vm, vm.names.__name__).unwrap_or_else(|| "?".to_string());
    let text = match text_of(vm, vm.names.__file__) {
        Some(file) => format!("<module '{name}' from '{file}'>"),
        None if crate::python::module::is_native(&name) => format!("<module '{name}' (built-in)>"),
        None => format!("<module '{name}'>"),
    };
    Ok(str::new(vm, &text))
}

/// `module.name`, with the module's own `__getattr__` as the last resort.
fn getattro(vm: &mut Vm, this: Addr, name: Addr) -> PyResult<Own> {
    if let Some(value) = object::generic_getattr_opt(vm, this, name, None)? {
        if value.addr() == NONE && (name == vm.names.__spec__ || name == vm.names.__loader__) {
            vm.decref(value);
            return origin(vm, this, name);
        }
        return Ok(value);
    }
    let namespace = vm.field(this, MD_DICT);
    let hook = if namespace.is_null() {
        None
    } else {
        dict::get_str(vm, namespace, vm.names.__getattr__)
    };
    if let Some(hook) = hook {
        return vm.call(hook, &[name]);
    }
    let module = if namespace.is_null() {
        None
    } else {
        dict::get_str(vm, namespace, vm.names.__name__)
    };
    let text = vm.name_text(name);
    if let Some(module) = module.filter(|module| vm.has_flag(*module, flags::UNICODE_SUBCLASS)) {
        let module = str::to_rust(vm, module);
        if let Some(later) = vm.later_name(&module, &text)? {
            return Ok(later);
        }
    }
    let message = match module {
        Some(module) if vm.has_flag(module, flags::UNICODE_SUBCLASS) => {
            format!(
                "module '{}' has no attribute '{text}'",
                str::to_rust(vm, module)
            )
        }
        _ => format!("module has no attribute '{text}'"),
    };
    Err(vm.attribute_error(this, name, message))
}

/// `__spec__` or `__loader__` of a module that the machine imported: made when somebody asks, so that a program
/// that does not ask needs no `importlib`.
fn origin(vm: &mut Vm, this: Addr, name: Addr) -> PyResult<Own> {
    let namespace = vm.field(this, MD_DICT);
    let Some(own_name) = dict::get_str(vm, namespace, vm.names.__name__) else {
        return Ok(vm.none());
    };
    let file = dict::get_str(vm, namespace, vm.names.__file__).unwrap_or(NONE);
    let search = dict::get_str(vm, namespace, vm.names.__path__).unwrap_or(NONE);
    let text = if str::check(vm, own_name) {
        str::to_rust(vm, own_name)
    } else {
        String::new()
    };
    let imported = crate::python::module::is_native(&text)
        || crate::python::lib::find(vm.profile.version, &text).is_some_and(|_| {
            str::check(vm, file) && crate::python::lib::is_path(&str::to_rust(vm, file))
        })
        || str::check(vm, file) && {
            let path = str::to_rust(vm, file);
            let files = vm.file_system.as_ref();
            files.is_some_and(|files| files.read_file(&path).is_ok())
        };
    if !imported {
        return Ok(vm.none());
    }
    let own_name = vm.incref(own_name);
    let bootstrap = vm.import_module("importlib._bootstrap")?;
    let make = vm.get_attr_name(bootstrap.addr(), "_spec_of")?;
    let spec = vm.call(make.addr(), &[own_name.addr(), file, search])?;
    let loader = vm.get_attr_name(spec.addr(), "loader")?;
    for (key, value) in [
        (vm.names.__spec__, spec.addr()),
        (vm.names.__loader__, loader.addr()),
    ] {
        dict::set(vm, namespace, key, value)?;
    }
    for part in [own_name, bootstrap, make] {
        vm.decref(part);
    }
    let (wanted, other) = if name == vm.names.__spec__ {
        (spec, loader)
    } else {
        (loader, spec)
    };
    vm.decref(other);
    Ok(wanted)
}

fn annotations(vm: &mut Vm, this: Addr) -> PyResult<Own> {
    let namespace = vm.field(this, MD_DICT);
    if vm.profile.annotations_are_deferred {
        return deferred::annotations(vm, namespace, deferred::MODULE);
    }
    if let Some(found) = dict::get_str(vm, namespace, vm.names.__annotations__) {
        return Ok(vm.incref(found));
    }
    let made = dict::new(vm);
    dict::set(vm, namespace, vm.names.__annotations__, made.addr())?;
    Ok(made)
}

fn set_annotations(
    vm: &mut Vm,
    this: Addr,
    _descriptor: Addr,
    value: Option<Addr>,
) -> PyResult<()> {
    let namespace = vm.field(this, MD_DICT);
    if vm.profile.annotations_are_deferred {
        return deferred::set_annotations(vm, namespace, deferred::MODULE, value);
    }
    match value {
        Some(value) => dict::set(vm, namespace, vm.names.__annotations__, value),
        None => match dict::remove(vm, namespace, vm.names.__annotations__)? {
            Some(old) => {
                vm.decref(old);
                Ok(())
            }
            None => Err(vm.attribute_error_text("__annotations__")),
        },
    }
}
