//! Entering and leaving a scope: the start of a code object and its end.

use super::unit::{Consts, LATE, NameTable, Unit, UnitKind};
use super::{Compiler, IrOp, Op};
use crate::python::code::{Code, LocalKind, flags};
use crate::python::compiler::ast::Loc;
use crate::python::compiler::flow::{Graph, Layout, assemble};
use crate::python::compiler::ir::Sequence;
use crate::python::compiler::names::Sym;
use crate::python::compiler::symtable::{BlockKind, Scoping, flag};
use rustc_hash::FxHashMap;
use std::sync::Arc;

impl Compiler<'_> {
    /// Starts the code of a scope. `scope` is its index in the symbol table.
    pub(super) fn enter(&mut self, name: Sym, kind: UnitKind, scope: usize, first_line: i32) {
        let by_scoping = |scoping: Scoping, bit: u32| {
            let found = self.table.scopes[scope].symbols.iter();
            let mut found: Vec<Sym> = found
                .filter(|(_, s)| s.scoping == scoping || s.flags & bit != 0)
                .map(|(name, _)| name)
                .collect();
            found.sort_by(|&a, &b| self.names.str(a).cmp(self.names.str(b)));
            found
        };
        let mut cellvars = NameTable::from_iter(by_scoping(Scoping::Cell, flag::COMP_CELL));
        let freevars = NameTable::from_iter(by_scoping(Scoping::Free, flag::FREE_CLASS));
        if self.table.scopes[scope].needs_class_closure {
            cellvars.add(self.names.intern("__class__"));
        }
        if self.table.scopes[scope].needs_classdict {
            cellvars.add(self.names.intern("__classdict__"));
        }
        let varnames = self.table.scopes[scope].varnames.iter().copied().collect();
        let private = self.units.last().and_then(|unit| unit.private);
        let mut unit = Unit {
            scope,
            kind,
            name,
            qualname: String::new(),
            private,
            first_line,
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            varnames,
            cellvars,
            freevars,
            names: NameTable::default(),
            consts: Consts::default(),
            late: Vec::new(),
            has_doc: false,
            fast_hidden: FxHashMap::default(),
            fblocks: Vec::new(),
            sequence: Sequence::default(),
            inlined: 0,
            depth: 0,
            deferred: Vec::new(),
            conditions: 0,
            static_attributes: NameTable::default(),
        };
        unit.qualname = self.qualname(&unit);
        self.units.push(unit);
        let line = if kind == UnitKind::Module {
            0
        } else {
            first_line
        };
        self.op(Op::Resume, 0, Loc::new(line, first_line, 0, 0));
    }

    /// `Class.method.<locals>.inner`
    fn qualname(&mut self, unit: &Unit<'_>) -> String {
        let name = self.names.str(unit.name).to_owned();
        // The module itself is no part of a name.
        let mut outer = self.units.len();
        if outer <= 1 {
            return name;
        }
        if self.units[outer - 1].kind == UnitKind::TypeParams {
            if outer == 2 {
                return name;
            }
            outer -= 1;
        }
        let parent = &self.units[outer - 1];
        if matches!(
            unit.kind,
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class
        ) {
            let mangled = self.names.mangle(parent.private, unit.name);
            if self.table.scopes[parent.scope].symbol(mangled).scoping == Scoping::GlobalExplicit {
                return name;
            }
        }
        let base = &parent.qualname;
        match parent.kind {
            UnitKind::Function
            | UnitKind::AsyncFunction
            | UnitKind::Lambda
            | UnitKind::Annotations => {
                format!("{base}.<locals>.{name}")
            }
            _ => format!("{base}.{name}"),
        }
    }

    /// Ends the code of a scope; `add_none` when control may fall off its end.
    pub(super) fn leave(&mut self, add_none: bool) -> Arc<Code> {
        if add_none {
            self.load_none(Loc::NONE);
        }
        self.op0(Op::ReturnValue, Loc::NONE);
        let flags = self.flags();
        let Some(mut unit) = self.units.pop() else {
            return Arc::new(Code::empty(self.filename.clone()));
        };
        let nparams = self.table.scopes[unit.scope].varnames.len() as u32;
        for ir in &mut unit.sequence.instructions {
            if ir.op == IrOp::Real(Op::LoadConst)
                && let Some(late) = ir.arg.checked_sub(LATE)
                && let Some(value) = unit.late.get(late as usize)
            {
                ir.arg = unit.consts.add(value.clone());
            }
        }
        let mut graph = Graph::new(&unit.sequence);
        let constants = self.options.version.profile().constants;
        let hidden = graph.optimize(&mut unit.consts, constants, unit.varnames.len(), nparams);
        let layout = Layout {
            nlocals: unit.varnames.len() as usize,
            cell_args: unit
                .cellvars
                .order
                .iter()
                .map(|&cell| unit.varnames.get(cell).map(|i| i as usize))
                .collect(),
            nfree: unit.freevars.len() as usize,
            flags,
            first_line: unit.first_line,
        };
        let assembled = assemble(graph, &layout);
        Arc::new(Code {
            name: self.names.str(unit.name).into(),
            localsplus: self.localsplus(&unit, &layout),
            qualname: unit.qualname.into(),
            filename: self.filename.clone(),
            first_line: unit.first_line.max(0) as u32,
            flags,
            argcount: unit.posonlyargcount + unit.argcount,
            posonlyargcount: unit.posonlyargcount,
            kwonlyargcount: unit.kwonlyargcount,
            stacksize: assembled.stacksize,
            names: unit
                .names
                .order
                .iter()
                .map(|&name| self.names.str(name).into())
                .collect(),
            consts: unit.consts.values.into(),
            hidden_consts: hidden,
            instructions: assembled.instructions.into(),
            positions: assembled.positions.into(),
            exception_table: assembled.exception_table.into(),
        })
    }

    fn localsplus(&self, unit: &Unit<'_>, layout: &Layout) -> Box<[(Box<str>, LocalKind)]> {
        let none = LocalKind {
            local: false,
            cell: false,
            free: false,
            hidden: false,
        };
        let text = |name: Sym| self.names.str(name).into();
        let mut all: Vec<(Box<str>, LocalKind)> = Vec::new();
        for &name in &unit.varnames.order {
            let hidden = unit.fast_hidden.contains_key(&name);
            all.push((
                text(name),
                LocalKind {
                    local: true,
                    hidden,
                    ..none
                },
            ));
        }
        for (&name, arg) in unit.cellvars.order.iter().zip(&layout.cell_args) {
            match arg.and_then(|index| all.get_mut(index)) {
                Some((_, kind)) => kind.cell = true,
                None => all.push((text(name), LocalKind { cell: true, ..none })),
            }
        }
        all.extend(
            unit.freevars
                .order
                .iter()
                .map(|&name| (text(name), LocalKind { free: true, ..none })),
        );
        all.into()
    }

    fn flags(&mut self) -> u32 {
        let mut bits = 0;
        let scope = self.scope();
        if scope.is_function_like() {
            bits |= flags::NEWLOCALS | flags::OPTIMIZED;
            if scope.nested {
                bits |= flags::NESTED;
            }
            bits |= match (scope.generator, scope.coroutine) {
                (true, false) => flags::GENERATOR,
                (false, true) => flags::COROUTINE,
                (true, true) => flags::ASYNC_GENERATOR,
                (false, false) => 0,
            };
            if scope.varargs {
                bits |= flags::VARARGS;
            }
            if scope.varkeywords {
                bits |= flags::VARKEYWORDS;
            }
        }
        if self.unit().has_doc && self.folds_late() {
            bits |= flags::HAS_DOCSTRING;
        }
        if self.future.annotations {
            bits |= flags::FUTURE_ANNOTATIONS;
        }
        bits
    }

    /// Whether names in the current scope are fast locals.
    pub(super) fn is_function_like(&self) -> bool {
        self.scope().is_function_like()
    }

    pub(super) fn is_class(&self) -> bool {
        self.scope().kind == BlockKind::Class
    }
}

/// The names in the order in which CPython lists the set of them.
pub(super) fn set_order(names: &crate::python::compiler::names::Names, set: &[Sym]) -> Vec<Sym> {
    let mut sorted = set.to_vec();
    sorted.sort_by(|&a, &b| names.str(a).cmp(names.str(b)));
    sorted
}
