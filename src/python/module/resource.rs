//! `resource`: what the program has used. CPython: Modules/resource.c.

use super::{NativeModule, add, add_int, int_argument};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, float, int, structseq, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Kilobytes of a process that has done nothing yet: the interpreter itself.
const BASE_KB: u64 = 9_600;

const LIMITS: &[(&str, i64)] = &[
    ("RLIMIT_CPU", 0),
    ("RLIMIT_FSIZE", 1),
    ("RLIMIT_DATA", 2),
    ("RLIMIT_STACK", 3),
    ("RLIMIT_CORE", 4),
    ("RLIMIT_RSS", 5),
    ("RLIMIT_NPROC", 6),
    ("RLIMIT_NOFILE", 7),
    ("RLIMIT_OFILE", 7),
    ("RLIMIT_MEMLOCK", 8),
    ("RLIMIT_AS", 9),
    ("RLIM_INFINITY", -1),
    ("RUSAGE_SELF", 0),
    ("RUSAGE_CHILDREN", -1),
    ("RUSAGE_THREAD", 1),
];

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "resource",
    methods: &[
        Method::new("getrusage", "(who, /)", getrusage),
        Method::new("getpagesize", "()", |vm, _, _| Ok(int::new(vm, 4096))),
        Method::new("getrlimit", "(resource, /)", |vm, _, args| {
            let number = int_argument(vm, args.get(vm, 0))?;
            if !(0..16).contains(&number) {
                return Err(vm.value_error("invalid resource specified"));
            }
            let (soft, hard) = match number {
                3 => (8 << 20, -1),
                4 => (0, -1),
                7 => (1024, 4096),
                _ => (-1, -1),
            };
            let (soft, hard) = (int::new(vm, soft), int::new(vm, hard));
            Ok(tuple::pair(vm, soft, hard))
        }),
        Method::new("setrlimit", "(resource, limits, /)", |vm, _, args| {
            let number = int_argument(vm, args.get(vm, 0))?;
            match (0..16).contains(&number) {
                true => Ok(vm.none()),
                false => Err(vm.value_error("invalid resource specified")),
            }
        }),
    ],
    types: &[types::RUSAGE],
    init: |vm, module| {
        for (name, value) in LIMITS {
            add_int(vm, module, name, *value);
        }
        let error = vm.incref(types::OS_ERROR);
        add(vm, module, "error", error);
        Ok(())
    },
};

/// `ru_maxrss` is in kilobytes, as Linux has it: the most that the heap ever was, beside the interpreter's own.
fn getrusage(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let who = int_argument(vm, args.get(vm, 0))?;
    if !(-1..=1).contains(&who) {
        return Err(vm.value_error("invalid who parameter"));
    }
    let is_own = who != -1;
    let worked = if is_own {
        super::time::worked_seconds(vm)
    } else {
        0.0
    };
    let (peak, faults) = match is_own {
        true => {
            let bytes = vm.heap.bytes_in_use_peak();
            (BASE_KB + bytes / 1024, (BASE_KB + bytes / 1024) / 4)
        }
        false => (0, 0),
    };
    let mut fields = vec![float::new(vm, worked), float::new(vm, 0.0)];
    let counts = [peak, 0, 0, 0, faults, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    fields.extend(counts.map(|count| int::from_u64(vm, count)));
    structseq::new(vm, types::RUSAGE, fields)
}
