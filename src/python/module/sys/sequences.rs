//! The named tuples of `sys`, and `sys.implementation`.

use super::super::add;
use crate::python::memory::{Addr, Own};
use crate::python::object::{dict, float, int, simple_namespace, str, structseq, types};
use crate::python::version::SipHash;
use crate::python::vm::{PyResult, Vm};

/// Adds them to the module.
pub fn init(vm: &mut Vm, module: Addr) -> PyResult<()> {
    let version = version_info(vm)?;
    let implementation = implementation(vm, version.addr())?;
    add(vm, module, "version_info", version);
    add(vm, module, "implementation", implementation);
    let rows: [(&str, Addr, fn(&mut Vm) -> Vec<Own>); 5] = [
        ("flags", types::STRUCT_SEQUENCE_FLAGS, flags),
        ("float_info", types::STRUCT_SEQUENCE_FLOAT_INFO, float_info),
        ("int_info", types::STRUCT_SEQUENCE_INT_INFO, int_info),
        ("hash_info", types::STRUCT_SEQUENCE_HASH_INFO, hash_info),
        (
            "thread_info",
            types::STRUCT_SEQUENCE_THREAD_INFO,
            thread_info,
        ),
    ];
    for (name, ty, values) in rows {
        let values = values(vm);
        let sequence = structseq::new(vm, ty, values)?;
        add(vm, module, name, sequence);
    }
    Ok(())
}

fn ints(vm: &mut Vm, values: &[i64]) -> Vec<Own> {
    values.iter().map(|value| int::new(vm, *value)).collect()
}

fn version_info(vm: &mut Vm) -> PyResult<Own> {
    let (major, minor, micro) = vm.profile.release;
    let mut values = ints(vm, &[major, minor, micro].map(i64::from));
    values.push(str::intern(vm, "final"));
    values.push(int::new(vm, 0));
    structseq::new(vm, types::STRUCT_SEQUENCE_VERSION_INFO, values)
}

fn implementation(vm: &mut Vm, version: Addr) -> PyResult<Own> {
    let attributes = dict::new(vm);
    let rows = [
        ("name", str::intern(vm, "cpython")),
        (
            "cache_tag",
            str::new(vm, &format!("cpython-{}", vm.profile.tag())),
        ),
        ("version", vm.incref(version)),
        ("hexversion", int::new(vm, vm.profile.hexversion())),
        ("_multiarch", str::new(vm, "x86_64-linux-gnu")),
    ];
    for (name, value) in rows {
        dict::set_name(vm, attributes.addr(), name, value);
    }
    let namespace = simple_namespace::new(vm, attributes.addr())?;
    vm.decref(attributes);
    Ok(namespace)
}

/// As `PYTHONHASHSEED=0 python script.py` has them.
fn flags(vm: &mut Vm) -> Vec<Own> {
    let mut values = ints(vm, &[0; 13]);
    values.push(vm.bool(false));
    values.extend(ints(vm, &[0, 0]));
    values.push(vm.bool(false));
    values.extend(ints(vm, &[4300, 1]));
    values
}

fn float_info(vm: &mut Vm) -> Vec<Own> {
    vec![
        float::new(vm, f64::MAX),
        int::new(vm, i64::from(f64::MAX_EXP)),
        int::new(vm, i64::from(f64::MAX_10_EXP)),
        float::new(vm, f64::MIN_POSITIVE),
        int::new(vm, i64::from(f64::MIN_EXP)),
        int::new(vm, i64::from(f64::MIN_10_EXP)),
        int::new(vm, i64::from(f64::DIGITS)),
        int::new(vm, i64::from(f64::MANTISSA_DIGITS)),
        float::new(vm, f64::EPSILON),
        int::new(vm, i64::from(f64::RADIX)),
        int::new(vm, 1),
    ]
}

fn int_info(vm: &mut Vm) -> Vec<Own> {
    ints(vm, &[30, 4, 4300, 640])
}

fn hash_info(vm: &mut Vm) -> Vec<Own> {
    let mut values = ints(vm, &[64, (1 << 61) - 1, 314_159, 0, 1_000_003]);
    let algorithm = match vm.profile.hash {
        SipHash::Rounds13 => "siphash13",
        SipHash::Rounds24 => "siphash24",
    };
    values.push(str::new(vm, algorithm));
    values.extend(ints(vm, &[64, 128, 0]));
    values
}

fn thread_info(vm: &mut Vm) -> Vec<Own> {
    ["pthread", "semaphore", "NPTL 2.36"]
        .map(|text| str::new(vm, text))
        .into()
}
