//! The refcount audit: the references that can be found must equal the counts that are stored.
//!
//! The engine counts by hand, so a missing `decref`, a field that `traverse` forgets, or one `incref` too
//! many is a wrong number somewhere. The audit follows every reference from the roots and from every
//! tracked object, adds them up, and compares. It is run when nothing is half done: between blocks and
//! at the end of a script, in tests and on request.

use super::inspect;
use crate::python::memory::{Addr, Own, peek_dropped};
use crate::python::object::{OB_TYPE, alloc, dict, flags, types};
use crate::python::vm::{Vm, pair};
use std::collections::{HashMap, HashSet};
use std::fmt;

/// An object whose stored count is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The object.
    pub object: Addr,
    /// The name of its type.
    pub type_name: String,
    /// A short text about it, without running Python code.
    pub text: String,
    /// The count in the object.
    pub stored: u64,
    /// The references that were found.
    pub found: u64,
    /// Who refers to it, as far as that was seen: at most three type names.
    pub holders: Vec<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding {
            object,
            type_name,
            text,
            stored,
            found,
            holders,
        } = self;
        write!(
            f,
            "{object:?} {type_name} {text}: stored {stored}, found {found}"
        )?;
        if !holders.is_empty() {
            write!(f, ", held by {}", holders.join(", "))?;
        }
        Ok(())
    }
}

/// At most so many findings are described; one mistake often makes hundreds.
const FINDINGS_MAX: usize = 40;

/// Counts all references and returns the objects whose stored count differs. Empty when all is well.
pub fn audit(vm: &Vm) -> Vec<Finding> {
    let mut walk = Walk::default();
    for root in vm.root_references() {
        walk.found(root);
    }
    for index in 0..types::COUNT {
        walk.reach(types::static_type_addr(index));
    }
    for object in inspect::objects(vm, None) {
        walk.reach(object);
    }
    for object in super::generation_head(super::PERMANENT).iter(&vm.heap.space) {
        walk.reach(object);
    }
    walk.run(vm);
    walk.given_up_keys(vm);
    let mut findings = walk.findings(vm);
    findings.extend(unreachable_blocks(vm, &walk));
    for word in peek_dropped() {
        findings.insert(0, queue_finding(vm, Addr(word)));
    }
    findings.truncate(FINDINGS_MAX);
    findings
}

#[derive(Default)]
struct Walk {
    counts: HashMap<Addr, u64>,
    seen: HashSet<Addr>,
    queue: Vec<Addr>,
}

impl Walk {
    /// A reference to `object` exists.
    fn found(&mut self, object: Addr) {
        if !object.is_null() {
            *self.counts.entry(object).or_default() += 1;
            self.reach(object);
        }
    }

    /// The object exists.
    fn reach(&mut self, object: Addr) {
        if self.seen.insert(object) {
            self.queue.push(object);
        }
    }

    fn run(&mut self, vm: &Vm) {
        while let Some(object) = self.queue.pop() {
            if is_object(vm, object) {
                visit(vm, object, &mut |referent| self.found(referent));
            }
        }
    }

    /// Names in tables that dicts share while their class shares another by now, or none.
    fn given_up_keys(&mut self, vm: &Vm) {
        let mut tables: Vec<Addr> = self
            .seen
            .iter()
            .filter(|object| vm.wide_tables && is_object(vm, **object))
            .filter(|object| vm.has_flag(**object, flags::DICT_SUBCLASS))
            .filter(|dict| !vm.field(**dict, dict::MA_VALUES).is_null())
            .map(|dict| vm.field(*dict, dict::MA_KEYS))
            .filter(|keys| vm.types.iter().all(|ty| ty.cached_keys != *keys))
            .collect();
        tables.sort();
        tables.dedup();
        for keys in tables {
            for key in dict::keys::names(vm, keys) {
                self.found(key);
            }
        }
        self.run(vm);
    }

    fn findings(&self, vm: &Vm) -> Vec<Finding> {
        let mut wrong: Vec<Addr> = self
            .seen
            .iter()
            .copied()
            .filter(|object| {
                !is_object(vm, *object)
                    || !vm.is_immortal(*object) && vm.refcount(*object) != self.count(*object)
            })
            .collect();
        wrong.sort();
        wrong.truncate(FINDINGS_MAX);
        let holders = self.holders(vm, &wrong);
        wrong
            .into_iter()
            .map(|object| finding(vm, object, self.count(object), &holders))
            .collect()
    }

    fn count(&self, object: Addr) -> u64 {
        self.counts.get(&object).copied().unwrap_or(0)
    }

    fn holders(&self, vm: &Vm, wrong: &[Addr]) -> HashMap<Addr, Vec<String>> {
        let mut holders: HashMap<Addr, Vec<String>> = HashMap::new();
        for object in &self.seen {
            if is_object(vm, *object) {
                visit(vm, *object, &mut |referent| {
                    if wrong.binary_search(&referent).is_ok() {
                        let known = holders.entry(referent).or_default();
                        if known.len() < 3 {
                            known.push(format!("{} {object:?}", type_name(vm, *object)));
                        }
                    }
                });
            }
        }
        holders
    }
}

/// Every reference that an object holds, those included that the collector may not follow.
fn visit(vm: &Vm, object: Addr, found: &mut dyn FnMut(Addr)) {
    let slots = vm.slots(object);
    if let Some(references) = slots.references.or(slots.traverse) {
        references(vm, object, found);
    }
}

/// Whether a type stands where an object's type should.
fn is_object(vm: &Vm, object: Addr) -> bool {
    let ty = vm.field(object, OB_TYPE);
    vm.types
        .get(vm.word(ty, crate::python::vm::typedata::TP_INDEX) as usize)
        .is_some_and(|data| data.address == ty)
}

fn type_name(vm: &Vm, object: Addr) -> String {
    if is_object(vm, object) {
        vm.type_data(vm.type_of(object)).full_name.to_string()
    } else {
        "?".into()
    }
}

fn finding(vm: &Vm, object: Addr, found: u64, holders: &HashMap<Addr, Vec<String>>) -> Finding {
    let is_object = is_object(vm, object);
    Finding {
        object,
        type_name: type_name(vm, object),
        text: if is_object {
            crate::python::observe::text::short(vm, object)
        } else {
            "is no object: freed while somebody still refers to it".into()
        },
        stored: vm.refcount(object),
        found,
        holders: holders.get(&object).cloned().unwrap_or_default(),
    }
}

/// Blocks in pools that look like objects which nobody refers to: leaks of objects that the collector does
/// not know. Free lists are no leaks.
fn unreachable_blocks(vm: &Vm, walk: &Walk) -> Vec<Finding> {
    let kept: HashSet<Addr> = vm.freelists.all().collect();
    let mut findings = Vec::new();
    for pool in vm.heap.pools() {
        let Some(class) = pool.class else { continue };
        let free: HashSet<Addr> = pool.free.into_iter().collect();
        let size = (class as u64 + 1) * 16;
        let mut block = pool.address.at(48);
        while block.0 + size <= pool.address.0 + crate::python::memory::obmalloc::POOL_SIZE_BYTES {
            if !free.contains(&block)
                && let Some(object) = object_in(vm, block, size)
                && !walk.seen.contains(&object)
                && !kept.contains(&object)
                && !vm.is_immortal(object)
                && !is_stale(vm, object, walk)
            {
                findings.push(finding(vm, object, 0, &HashMap::new()));
            }
            block = block.at(size);
        }
    }
    findings
}

/// Whether what looks like an object is left over from one: a list's array or a dict's table does not
/// overwrite what lay in the block before.
fn is_stale(vm: &Vm, object: Addr, walk: &Walk) -> bool {
    let class = vm.type_of(object);
    let class_flags = vm.type_flags(class);
    // What is tracked was reached by way of its generation's list.
    let claims_to_be_tracked = class_flags & flags::HAVE_GC != 0 && super::is_tracked(vm, object);
    // A living instance holds its class, whose count would be wrong without it.
    let class_misses_it =
        class_flags & flags::HEAPTYPE != 0 && vm.refcount(class) == walk.count(class);
    claims_to_be_tracked || class_misses_it
}

/// The object in a block, if what lies there looks like one.
fn object_in(vm: &Vm, block: Addr, size: u64) -> Option<Addr> {
    [0, 16, 32]
        .into_iter()
        .map(|before| (before, block.at(before)))
        .find_map(|(before, object)| {
            let looks = before + 16 <= size
                && (1..1 << 31).contains(&vm.refcount(object))
                && vm.field(object, OB_TYPE) >= types::OBJECT
                && is_object(vm, object)
                && alloc::presize(vm.type_flags(vm.type_of(object))) == before;
            looks.then_some(object)
        })
}

/// A reference that somebody dropped without giving it back.
fn queue_finding(vm: &Vm, object: Addr) -> Finding {
    let mut finding = finding(vm, object, 0, &HashMap::new());
    finding.text += " was dropped, not given back";
    finding
}

impl Vm {
    /// The references that the machine itself holds, outside of objects; one that is held twice is there
    /// twice.
    fn root_references(&self) -> Vec<Addr> {
        let mut roots = vec![
            self.gc.garbage,
            self.gc.callbacks,
            self.exception_group,
            self.modules,
            self.builtins,
            self.sys,
            self.stdout_object,
            self.stderr_object,
            self.warnings.filters,
            self.warnings.once,
            self.unsupported_operation,
            self.empty_frozenset,
            self.exc_value,
            self.contexts.current,
            self.thread_dict,
            self.tracers.trace,
            self.tracers.profile,
        ];
        roots.extend(self.shared_descriptors);
        roots.extend(&self.module_copies);
        roots.extend(&self.exc_saved);
        roots.extend(self.raised.iter().map(|raised| raised.addr()));
        roots.extend(self.arenas.iter().flatten().map(Own::addr));
        roots.extend(self.codecs.references());
        roots.extend(self.settings.references());
        roots.extend(self.asyncio.references());
        roots.extend(self.datetime.references());
        roots.extend(self.threads.references(self));
        for call in &self.exit_calls {
            roots.extend([call.function, call.args, call.keywords]);
        }
        for frame in &self.frames {
            roots.extend([frame.code, frame.function, frame.locals, frame.object]);
            let words = Vm::frame_words(frame, frame.sp);
            let words = (0..words).map(|i| self.field(frame.base, 8 * i));
            roots.extend(words.filter(|word| !pair::is_index(word.0)));
        }
        roots
    }
}
