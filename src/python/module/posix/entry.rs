//! `os.scandir` and `os.DirEntry`. CPython: `ScandirIterator`, `DirEntry`, Modules/posixmodule.c.
//!
//! ```text
//! DirEntry          16 name   24 path   32 the node's number
//! ScandirIterator   16 list of entries, NULL when closed   24 how many were given
//! ```

use super::path::{self, Takes};
use super::{name_of, stat};
use crate::python::files::Kind;
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    FALSE, Member, MemberKind, Method, Slots, TypeSpec, flags, int, iterator, list, object, str,
    types,
};
use crate::python::vm::{Args, PyResult, Vm};

const NAME: u64 = 16;
const PATH: u64 = 24;
const NODE: u64 = 32;

const ENTRIES: u64 = 16;
const GIVEN: u64 = 24;

/// `os.DirEntry`
pub static ENTRY_SPEC: TypeSpec = TypeSpec {
    basicsize: 96,
    flags: flags::DISALLOW_INSTANTIATION | flags::NATIVE_HEAP | flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, entry| iterator::dealloc_fields(vm, entry, &[NAME, PATH]));
        slots.traverse =
            Some(|vm, entry, visit| iterator::visit_fields(vm, entry, &[NAME, PATH], visit));
        slots.repr = Some(|vm, entry| {
            let name = vm.repr_text(vm.field(entry, NAME))?;
            str::try_new(vm, &format!("<DirEntry {name}>"))
        });
    },
    methods: &[
        Method::new("is_dir", "(*, follow_symlinks=True)", |vm, entry, args| {
            is_kind(vm, entry, args, |kind| matches!(kind, Kind::Folder(_)))
        }),
        Method::new("is_file", "(*, follow_symlinks=True)", |vm, entry, args| {
            is_kind(vm, entry, args, |kind| matches!(kind, Kind::File(_)))
        }),
        Method::new("is_symlink", "()", |vm, entry, _| {
            let node = vm.word(entry, NODE) as usize;
            let is = matches!(vm.files().node(node).kind, Kind::Link(_));
            Ok(vm.bool(is))
        }),
        Method::new("is_junction", "()", |vm, _, _| Ok(vm.bool(false))),
        Method::new(
            "stat",
            "(*, follow_symlinks=True)",
            |vm, entry, args| match node_of(vm, entry, args)? {
                Some(node) => stat::result(vm, node),
                None => {
                    let path = vm.field(entry, PATH);
                    Err(stat::gone(vm, path))
                }
            },
        ),
        Method::new("inode", "()", |vm, entry, _| {
            let node = vm.word(entry, NODE);
            Ok(int::from_u64(vm, 1000 + node))
        }),
        Method::new("__fspath__", "()", |vm, entry, _| {
            let path = vm.field(entry, PATH);
            Ok(vm.incref(path))
        }),
    ],
    members: &[
        Member {
            name: "name",
            kind: MemberKind::Object,
            offset: NAME as u32,
            writable: false,
        },
        Member {
            name: "path",
            kind: MemberKind::Object,
            offset: PATH as u32,
            writable: false,
        },
    ],
    ..TypeSpec::new(types::DIR_ENTRY, "posix.DirEntry")
};

/// `posix.ScandirIterator`
pub static SCAN_SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::DISALLOW_INSTANTIATION | flags::NATIVE_HEAP | flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, scan| iterator::dealloc_fields(vm, scan, &[ENTRIES]));
        slots.traverse =
            Some(|vm, scan, visit| iterator::visit_fields(vm, scan, &[ENTRIES], visit));
        slots.iter = Some(iterator::iter_self);
        slots.iternext = Some(|vm, scan| {
            let Some(entries) = vm.field(scan, ENTRIES).some() else {
                return Ok(None);
            };
            let at = vm.word(scan, GIVEN);
            if at as usize >= list::len(vm, entries) {
                vm.set_field(scan, ENTRIES, None);
                return Ok(None);
            }
            vm.set_word(scan, GIVEN, at + 1);
            let entry = list::item(vm, entries, at as usize);
            Ok(Some(vm.incref(entry)))
        });
    },
    methods: &[
        Method::new("__enter__", "()", |vm, scan, _| Ok(vm.incref(scan))),
        Method::new("__exit__", "(*args)", close),
        Method::new("close", "()", close),
    ],
    ..TypeSpec::new(types::SCANDIR_ITERATOR, "posix.ScandirIterator")
};

fn close(vm: &mut Vm, scan: Addr, _: Args) -> PyResult<Own> {
    vm.set_field(scan, ENTRIES, None);
    Ok(vm.none())
}

/// The node behind an entry; a link is followed unless the caller says otherwise, and may lead nowhere.
fn node_of(vm: &mut Vm, entry: Addr, args: Args) -> PyResult<Option<usize>> {
    let node = vm.word(entry, NODE) as usize;
    let is_link = matches!(vm.files().node(node).kind, Kind::Link(_));
    if !is_link || args.opt(vm, 0) == Some(FALSE) {
        return Ok(Some(node));
    }
    let path = path::argument(vm, "stat", "path", Takes::Names, vm.field(entry, PATH))?;
    let name = name_of(vm, &path)?;
    Ok(vm.files().find(&name, true).ok())
}

fn is_kind(vm: &mut Vm, entry: Addr, args: Args, is: fn(&Kind) -> bool) -> PyResult<Own> {
    let node = node_of(vm, entry, args)?;
    let is = node.is_some_and(|node| is(&vm.files().node(node).kind));
    Ok(vm.bool(is))
}

pub(super) fn scandir(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let path = path::argument(
        vm,
        "scandir",
        "path",
        Takes::DescriptorsOrNone,
        args.get(vm, 0),
    )?;
    let folder = name_of(vm, &path)?;
    let found = vm.files().list(&folder);
    let found = found.map_err(|error| path.fail(vm, error, None))?;
    let entries = list::new(vm);
    for (name, node) in found {
        let entry = object::generic_alloc(vm, types::DIR_ENTRY, 0)?;
        gc::untrack(vm, entry.addr());
        let whole = match folder.ends_with('/') {
            true => format!("{folder}{name}"),
            false => format!("{folder}/{name}"),
        };
        let name = path::shown(vm, &name, path.is_bytes)?;
        let whole = path::shown(vm, &whole, path.is_bytes)?;
        vm.init_field(entry.addr(), NAME, name);
        vm.init_field(entry.addr(), PATH, whole);
        vm.set_word(entry.addr(), NODE, node as u64);
        list::append(vm, entries.addr(), entry)?;
    }
    let scan = object::generic_alloc(vm, types::SCANDIR_ITERATOR, 0)?;
    vm.init_field(scan.addr(), ENTRIES, entries);
    Ok(scan)
}
