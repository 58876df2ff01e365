//! The plain attributes of `sys`.

use super::super::{MODULES, add, add_int, add_str};
use crate::python::lib;
use crate::python::memory::{Addr, Own};
use crate::python::object::{dict, list, set, str, tuple};
use crate::python::vm::{PyResult, Vm};

const API_VERSION: i64 = 1013;
const PREFIX: &str = "/usr/local";

/// Fills the module.
pub fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    let profile = vm.profile;
    let (major, minor, _) = profile.release;
    let version = format!("{} {}", profile.release_text(), profile.build);
    let executable = format!("{PREFIX}/bin/python{major}.{minor}");
    let stdlib = lib::folder(profile.version);
    let copyright = format!(
        "Copyright (c) 2001-{} Python Software Foundation.\nAll Rights Reserved.",
        profile.copyright_until
    );
    let texts = [
        ("version", version.as_str()),
        ("platform", "linux"),
        ("byteorder", "little"),
        ("abiflags", ""),
        ("copyright", &copyright),
        ("float_repr_style", "short"),
        ("executable", &executable),
        ("_base_executable", &executable),
        ("prefix", PREFIX),
        ("base_prefix", PREFIX),
        ("exec_prefix", PREFIX),
        ("base_exec_prefix", PREFIX),
        ("platlibdir", "lib"),
        ("_stdlib_dir", &stdlib),
        ("_framework", ""),
    ];
    for (name, text) in texts {
        add_str(vm, module, name, text);
    }
    add_int(vm, module, "maxsize", i64::MAX);
    add_int(vm, module, "maxunicode", 0x10_FFFF);
    add_int(vm, module, "hexversion", profile.hexversion());
    add_int(vm, module, "api_version", API_VERSION);
    for name in ["pycache_prefix", "_home"] {
        let none = vm.none();
        add(vm, module, name, none);
    }
    let no = vm.bool(false);
    add(vm, module, "dont_write_bytecode", no);
    add_containers(vm, module, &executable, &stdlib)?;
    crate::python::module::_io::install_streams(vm, module)?;
    super::hooks::keep_originals(vm, module)?;
    super::sequences::init(vm, module)
}

fn add_containers(vm: &mut Vm, module: Addr, executable: &str, stdlib: &str) -> PyResult<()> {
    for name in ["warnoptions", "meta_path", "path_hooks"] {
        let empty = list::new(vm);
        add(vm, module, name, empty);
    }
    for name in ["_xoptions", "path_importer_cache"] {
        let empty = dict::new(vm);
        add(vm, module, name, empty);
    }
    for (name, first) in [("argv", ""), ("orig_argv", executable), ("path", stdlib)] {
        let first = vec![str::new(vm, first)];
        let list = list::from_owned(vm, first)?;
        add(vm, module, name, list);
    }
    let mut names = Vec::new();
    for name in super::STDLIB_MODULE_NAMES {
        names.push(str::intern(vm, name));
    }
    let borrowed: Vec<Addr> = names.iter().map(Own::addr).collect();
    let set = set::new_frozenset(vm, &borrowed)?;
    add(vm, module, "stdlib_module_names", set);
    for name in names {
        vm.decref(name);
    }
    let git = ["CPython", "", ""].map(|text| str::new(vm, text));
    let git = tuple::from_owned(vm, git.into());
    add(vm, module, "_git", git);
    let mut names: Vec<&str> = MODULES.iter().map(|module| module.name).collect();
    names.sort();
    let names: Vec<Own> = names
        .into_iter()
        .map(|name| str::intern(vm, name))
        .collect();
    let names = tuple::from_owned(vm, names);
    add(vm, module, "builtin_module_names", names);
    Ok(())
}
