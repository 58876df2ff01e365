//! Reading, binding and deleting a name, wherever it lives.

use super::{Compiler, Op};
use crate::python::compiler::ast::{Ctx, Loc};
use crate::python::compiler::fail::Result;
use crate::python::compiler::names::Sym;
use crate::python::compiler::symtable::Scoping;

/// Where the value of a name is looked for.
enum Place {
    Fast,
    Global,
    Deref,
    /// In a dict that the running frame knows: a module's or class's names.
    Name,
}

impl Compiler<'_> {
    pub(super) fn load_name(&mut self, name: Sym, loc: Loc) -> Result<()> {
        self.name_op(name, Ctx::Load, loc)
    }

    pub(super) fn store_name(&mut self, name: Sym, loc: Loc) -> Result<()> {
        self.name_op(name, Ctx::Store, loc)
    }

    pub(super) fn name_op(&mut self, name: Sym, ctx: Ctx, loc: Loc) -> Result<()> {
        self.forbid(name, ctx, loc)?;
        let name = self.mangled(name);
        let scoping = self.scope().symbol(name).scoping;
        let (function_like, class) = (self.is_function_like(), self.is_class());
        let sees_class = self.scope().can_see_class_scope;
        let unit = self.unit();
        let place = match scoping {
            Scoping::Free | Scoping::Cell => Place::Deref,
            Scoping::Local if function_like || unit.fast_hidden.get(&name) == Some(&true) => {
                Place::Fast
            }
            Scoping::GlobalImplicit if function_like => Place::Global,
            Scoping::GlobalExplicit => Place::Global,
            _ => Place::Name,
        };
        let inlined = unit.inlined > 0;
        match place {
            Place::Fast => {
                let index = unit.varnames.add(name);
                self.op(
                    ctx.pick(Op::LoadFast, Op::StoreFast, Op::DeleteFast),
                    index,
                    loc,
                );
            }
            Place::Deref => {
                let index = self.deref_index(name, scoping);
                let load = if ctx == Ctx::Load && class && !inlined {
                    self.op0(Op::LoadLocals, loc);
                    Op::LoadFromDictOrDeref
                } else if ctx == Ctx::Load && sees_class {
                    self.load_classdict(loc);
                    Op::LoadFromDictOrDeref
                } else {
                    Op::LoadDeref
                };
                self.op(ctx.pick(load, Op::StoreDeref, Op::DeleteDeref), index, loc);
            }
            Place::Global => {
                let load = if ctx == Ctx::Load && sees_class && scoping == Scoping::GlobalImplicit {
                    self.load_classdict(loc);
                    Op::LoadFromDictOrGlobals
                } else {
                    Op::LoadGlobal
                };
                self.named(ctx.pick(load, Op::StoreGlobal, Op::DeleteGlobal), name, loc);
            }
            Place::Name => {
                let load = if class && inlined {
                    Op::LoadGlobal
                } else {
                    Op::LoadName
                };
                self.named(ctx.pick(load, Op::StoreName, Op::DeleteName), name, loc);
            }
        }
        Ok(())
    }

    fn named(&mut self, op: Op, name: Sym, loc: Loc) {
        let index = self.unit().names.add(name);
        self.op(
            op,
            if op == Op::LoadGlobal {
                index << 1
            } else {
                index
            },
            loc,
        );
    }

    /// The number of a cell or free variable: cells first.
    pub(super) fn deref_index(&mut self, name: Sym, scoping: Scoping) -> u32 {
        let unit = self.unit();
        let free = || {
            unit.freevars
                .get(name)
                .map(|index| index + unit.cellvars.len())
        };
        match scoping {
            Scoping::Free => free().or_else(|| unit.cellvars.get(name)),
            _ => unit.cellvars.get(name).or_else(free),
        }
        .unwrap_or(0)
    }

    fn load_classdict(&mut self, loc: Loc) {
        let name = self.names.intern("__classdict__");
        let index = self.deref_index(name, Scoping::Free);
        self.op(Op::LoadDeref, index, loc);
    }

    /// `__debug__` is a constant.
    pub(super) fn forbid(&mut self, name: Sym, ctx: Ctx, loc: Loc) -> Result<()> {
        if self.names.str(name) != "__debug__" {
            return Ok(());
        }
        match ctx {
            Ctx::Load => Ok(()),
            Ctx::Store => self.error("cannot assign to __debug__", loc),
            Ctx::Del => self.error("cannot delete __debug__", loc),
        }
    }
}

impl Ctx {
    pub(super) fn pick(self, load: Op, store: Op, delete: Op) -> Op {
        match self {
            Ctx::Load => load,
            Ctx::Store => store,
            Ctx::Del => delete,
        }
    }
}
