//! What is known of a file: `stat` and its siblings.

use super::path::{self, Place, Takes, os_error};
use super::{done, given, name_of};
use crate::python::files::{Errno, Kind};
use crate::python::memory::{Addr, Own};
use crate::python::module::int_argument;
use crate::python::object::{FALSE, float, int, structseq, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// A node's number as an inode's: the first ones are taken everywhere.
const FIRST_INODE: u64 = 1_000;

/// `os.stat_result` of a node.
pub fn result(vm: &mut Vm, node: usize) -> PyResult<Own> {
    let (mode, links, size, times) = {
        let node = vm.files().node(node);
        (node.mode(), node.links, node.size(), node.times_ns)
    };
    let times = [times[0], times[1], times[1]];
    let head = [
        u64::from(mode),
        FIRST_INODE + node as u64,
        65_024,
        u64::from(links),
        1000,
        1000,
        size as u64,
    ];
    let mut fields: Vec<Own> = head.map(|value| int::from_u64(vm, value)).into();
    fields.extend(times.map(|ns| int::from_u64(vm, ns / 1_000_000_000)));
    fields.extend(times.map(|ns| float::new(vm, ns as f64 / 1e9)));
    fields.extend(times.map(|ns| int::from_u64(vm, ns)));
    let blocks = (size as u64).div_ceil(4096) * 8;
    fields.extend([4096, blocks, 0].map(|value| int::from_u64(vm, value)));
    structseq::new(vm, types::STAT_RESULT, fields)
}

fn node_of(
    vm: &mut Vm,
    function: &str,
    takes: Takes,
    given: Addr,
    follow: bool,
) -> PyResult<usize> {
    let path = path::argument(vm, function, "path", takes, given)?;
    let found = match &path.place {
        Place::Name(name) => {
            vm.show_known_file(name);
            vm.files().find(name, follow)
        }
        Place::Descriptor(descriptor) => {
            let found = vm.files().opened(*descriptor).map(|file| file.node);
            return done(vm, found, &[]);
        }
    };
    found.map_err(|error| path.fail(vm, error, None))
}

pub(super) fn stat(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let follow = args.opt(vm, 2) != Some(FALSE);
    let node = node_of(vm, "stat", Takes::Descriptors, args.get(vm, 0), follow)?;
    result(vm, node)
}

pub(super) fn lstat(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let node = node_of(vm, "lstat", Takes::Names, args.get(vm, 0), false)?;
    result(vm, node)
}

pub(super) fn fstat(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let descriptor = int_argument(vm, args.get(vm, 0))?;
    let found = vm.files().opened(descriptor).map(|file| file.node);
    let node = done(vm, found, &[])?;
    result(vm, node)
}

pub(super) fn readlink(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let path = path::argument(vm, "readlink", "path", Takes::Names, args.get(vm, 0))?;
    let name = name_of(vm, &path)?;
    let files = vm.files();
    let target = files
        .find(&name, false)
        .and_then(|node| match &files.node(node).kind {
            Kind::Link(target) => Ok(target.clone()),
            _ => Err(Errno::INVAL),
        });
    let target = target.map_err(|error| path.fail(vm, error, None))?;
    path::shown(vm, &target, path.is_bytes)
}

pub(super) fn chmod(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let mode = int_argument(vm, args.get(vm, 1))? as u32;
    let node = node_of(vm, "chmod", Takes::Descriptors, args.get(vm, 0), true)?;
    vm.files().node_mut(node).permissions = mode & 0o7777;
    Ok(vm.none())
}

/// Two times as nanoseconds: of reading and of writing.
fn two_times(vm: &mut Vm, pair: Addr, is_ns: bool) -> PyResult<[u64; 2]> {
    if !tuple::check(vm, pair) || tuple::len(vm, pair) != 2 {
        let name = if is_ns { "ns" } else { "times" };
        return Err(vm.type_error(format!(
            "utime: '{name}' must be either a tuple of two ints or None"
        )));
    }
    let mut times = [0; 2];
    for (at, time) in times.iter_mut().enumerate() {
        let value = tuple::item(vm, pair, at);
        *time = match is_ns {
            true => int::as_u64(vm, value).unwrap_or(0),
            false => (vm.as_double(value)? * 1e9).max(0.0) as u64,
        };
    }
    Ok(times)
}

pub(super) fn utime(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (times, ns) = (given(vm, args, 1), given(vm, args, 2));
    if times.is_some() && ns.is_some() {
        return Err(vm.value_error("utime: you may specify either 'times' or 'ns' but not both"));
    }
    let times = match (times, ns) {
        (Some(times), _) => Some(two_times(vm, times, false)?),
        (_, Some(ns)) => Some(two_times(vm, ns, true)?),
        _ => None,
    };
    let node = node_of(vm, "utime", Takes::Descriptors, args.get(vm, 0), true)?;
    let now = vm.files().now_ns;
    vm.files().node_mut(node).times_ns = times.unwrap_or([now; 2]);
    Ok(vm.none())
}

/// The error for a file that is gone while its entry is looked at.
pub(super) fn gone(vm: &mut Vm, path: Addr) -> crate::python::vm::Raised {
    os_error(vm, Errno::NOENT, &[path])
}
