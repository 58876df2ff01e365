//! `_sre.SRE_Template`: a replacement text cut at its group references. CPython: `TemplateObject`.
//!
//! ```text
//! 16  ob_size    references to groups
//! 24  chunks     pieces of text at most
//! 32  literal    before the first group
//! 40  items      group, text behind it (NULL for none) each
//! ```

use super::{match_object, methods};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    NONE, OB_SIZE, Slots, TypeSpec, alloc, bytes, flags, int, list, str, types,
};
use crate::python::vm::{Args, PyResult, Raised, Vm};

const CHUNKS: u64 = 24;
const LITERAL: u64 = 32;
const ITEMS: u64 = 40;

/// `_sre.SRE_Template`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    itemsize: 16,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION | flags::IMMUTABLETYPE,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, template| {
            gc::untrack(vm, template);
            for field in texts(vm, template) {
                vm.set_field(template, field, None);
            }
            alloc::free(vm, template);
        });
        slots.traverse = Some(|vm, template, visit| {
            for field in texts(vm, template) {
                if let Some(text) = vm.field(template, field).some() {
                    visit(text);
                }
            }
        });
        slots.clear = Some(|vm, template| {
            for field in texts(vm, template) {
                vm.set_field(template, field, None);
            }
        });
    },
    ..TypeSpec::new(types::SRE_TEMPLATE, "_sre.SRE_Template")
};

fn group_count(vm: &Vm, template: Addr) -> u64 {
    vm.word(template, OB_SIZE)
}

/// The offsets of its texts.
fn texts(vm: &Vm, template: Addr) -> impl Iterator<Item = u64> + use<> {
    let behind = (0..group_count(vm, template)).map(|i| ITEMS + 16 * i + 8);
    std::iter::once(LITERAL).chain(behind)
}

/// `_sre.template(pattern, [text, group, text, …])`
pub fn new(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let parts = args.get(vm, 1);
    if !vm.type_check(parts, types::LIST) {
        let got = vm.type_name(parts);
        return Err(vm.type_error(format!("template() argument 2 must be list, not {got}")));
    }
    let parts = list::items(vm, parts);
    if parts.len().is_multiple_of(2) {
        return Err(vm.type_error("invalid template"));
    }
    let template = alloc::alloc(vm, types::SRE_TEMPLATE, parts.len() / 2)?;
    let this = template.addr();
    let mut chunks = parts.len() as u64;
    let literal = vm.incref(parts[0]);
    vm.init_field(this, LITERAL, literal);
    gc::track(vm, this);
    for (i, pair) in parts[1..].chunks_exact(2).enumerate() {
        let at = ITEMS + 16 * i as u64;
        let group = if int::check(vm, pair[0]) {
            int::as_i64(vm, pair[0])
        } else {
            None
        };
        let Some(group) = group.filter(|group| *group >= 0) else {
            return Err(vm.type_error("invalid template"));
        };
        vm.set_word(this, at, group as u64);
        if is_empty(vm, pair[1]) {
            chunks -= 1;
        } else {
            let text = vm.incref(pair[1]);
            vm.init_field(this, at + 8, text);
        }
    }
    vm.set_word(this, CHUNKS, chunks);
    Ok(template)
}

fn is_empty(vm: &Vm, text: Addr) -> bool {
    if str::check(vm, text) {
        str::len(vm, text) == 0
    } else {
        bytes::check(vm, text) && bytes::len(vm, text) == 0
    }
}

/// The template of a replacement text, from the cache in `re`: `re._compile_template`.
pub fn compile(vm: &mut Vm, pattern: Addr, text: Addr) -> PyResult<Own> {
    let module = vm.import_module("re")?;
    let compile = vm.get_attr_name(module.addr(), "_compile_template")?;
    vm.decref(module);
    let mut made = vm.call(compile.addr(), &[pattern, text]);
    if let Err(Raised) = made
        && vm.raised_is(types::TYPE_ERROR)
    {
        made = compile_unhashable(vm, compile.addr(), pattern, text);
    }
    vm.decref(compile);
    made
}

/// A text that cannot be a key of the cache, a `bytearray`, is tried again as `bytes`.
fn compile_unhashable(vm: &mut Vm, compile: Addr, pattern: Addr, text: Addr) -> PyResult<Own> {
    let raised = vm.raised.take();
    let hashable = str::check(vm, text) || vm.hash(text).is_ok();
    if hashable {
        vm.raised = raised;
        return Err(Raised);
    }
    vm.clear_raised();
    vm.xdecref(raised);
    let text = crate::python::object::buffer::to_bytes(vm, text)?;
    let made = vm.call(compile, &[pattern, text.addr()]);
    vm.decref(text);
    made
}

/// The text of a template without groups, borrowed.
pub fn plain_text(vm: &Vm, template: Addr) -> Option<Addr> {
    (group_count(vm, template) == 0).then(|| vm.field(template, LITERAL))
}

/// The text with the groups of a match in their places.
pub fn expand(vm: &mut Vm, template: Addr, found: Addr) -> PyResult<Own> {
    let literal = vm.field(template, LITERAL);
    if let Some(text) = plain_text(vm, template) {
        return Ok(vm.incref(text));
    }
    let parts = list::new(vm);
    let first = vm.incref(literal);
    list::append(vm, parts.addr(), first)?;
    for i in 0..group_count(vm, template) {
        let at = ITEMS + 16 * i;
        let group = vm.word(template, at) as usize;
        let text = match_object::group_of_template(vm, found, group)?;
        if text.addr() == NONE {
            vm.decref(text);
        } else {
            list::append(vm, parts.addr(), text)?;
        }
        if let Some(text) = vm.field(template, at + 8).some() {
            let text = vm.incref(text);
            list::append(vm, parts.addr(), text)?;
        }
    }
    let is_bytes = !str::check(vm, literal);
    methods::join(vm, is_bytes, parts)
}
