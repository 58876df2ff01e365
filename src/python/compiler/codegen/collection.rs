//! Displays: `[…]`, `(…)`, `{…}` and their stars, and f-strings.

use super::{Compiler, Op, STACK_USE_GUIDELINE};
use crate::python::code::{Const, PyStr, intrinsic1};
use crate::python::compiler::ast::{Expr, ExprKind, Loc};
use crate::python::compiler::fail::Result;
use crate::python::compiler::fold;
use crate::python::compiler::names::Sym;

/// Which container is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    List,
    Set,
    /// Built as a list when it cannot be built at once.
    Tuple,
}

impl Display {
    fn build(self) -> Op {
        if self == Display::Set {
            Op::BuildSet
        } else {
            Op::BuildList
        }
    }
    fn add(self) -> Op {
        if self == Display::Set {
            Op::SetAdd
        } else {
            Op::ListAppend
        }
    }
    fn extend(self) -> Op {
        if self == Display::Set {
            Op::SetUpdate
        } else {
            Op::ListExtend
        }
    }
}

impl<'a> Compiler<'a> {
    /// Builds a container of the `pushed` values on the stack, `elts`, and the value of the name `injected`.
    pub(super) fn display(
        &mut self,
        display: Display,
        elts: &'a [Expr],
        pushed: u32,
        injected: Option<Sym>,
        loc: Loc,
    ) -> Result<()> {
        if injected.is_none()
            && elts.len() > 2
            && let Some(items) = fold::constants(elts)
        {
            let mut leaves = Vec::new();
            for elt in elts.iter().filter(|_| self.folds_late()) {
                match (self.folds.get(&elt.loc), elt.as_constant()) {
                    (Some(known), _) => leaves.extend(known.iter().cloned()),
                    (None, Some(value)) => leaves.push(value.clone()),
                    (None, None) => {}
                }
            }
            self.constant_display(display, (items, leaves), pushed, loc);
            return Ok(());
        }
        let count = elts.len() + injected.is_some() as usize;
        let big = count + pushed as usize > STACK_USE_GUIDELINE;
        let starred = elts
            .iter()
            .any(|elt| matches!(elt.kind, ExprKind::Starred { .. }));
        if !starred && !big {
            self.exprs(elts)?;
            if let Some(name) = injected {
                self.load_name(name, loc)?;
            }
            let build = if display == Display::Tuple {
                Op::BuildTuple
            } else {
                display.build()
            };
            self.op(build, count as u32 + pushed, loc);
            return Ok(());
        }
        let mut built = big;
        if built {
            self.op(display.build(), pushed, loc);
        }
        for (index, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { value, .. } = &elt.kind {
                if !built {
                    self.op(display.build(), index as u32 + pushed, loc);
                    built = true;
                }
                self.expr(value)?;
                self.op(display.extend(), 1, loc);
            } else {
                self.expr(elt)?;
                if built {
                    self.op(display.add(), 1, loc);
                }
            }
        }
        if let Some(name) = injected {
            self.load_name(name, loc)?;
            self.op(display.add(), 1, loc);
        }
        if display == Display::Tuple {
            self.op(Op::CallIntrinsic1, intrinsic1::LIST_TO_TUPLE, loc);
        }
        Ok(())
    }

    /// Many constants: one constant tuple is copied into the container.
    /// A display of constants; of what they were folded goes with them.
    fn constant_display(
        &mut self,
        display: Display,
        (items, leaves): (Vec<Const>, Vec<Const>),
        pushed: u32,
        loc: Loc,
    ) {
        if display == Display::Tuple && pushed == 0 {
            return self.load_display(Const::Tuple(items), leaves, loc);
        }
        self.op(display.build(), pushed, loc);
        let folded = if display == Display::Set {
            Const::FrozenSet(items)
        } else {
            Const::Tuple(items)
        };
        self.load_display(folded, leaves, loc);
        self.op(display.extend(), 1, loc);
        if display == Display::Tuple {
            self.op(Op::CallIntrinsic1, intrinsic1::LIST_TO_TUPLE, loc);
        }
    }

    fn load_display(&mut self, folded: Const, leaves: Vec<Const>, loc: Loc) {
        match leaves.is_empty() {
            true => self.load_const(folded, loc),
            false => self.load_late(folded, leaves, loc),
        }
    }

    pub(super) fn dict(
        &mut self,
        keys: &'a [Option<Expr>],
        values: &'a [Expr],
        loc: Loc,
    ) -> Result<()> {
        let mut have_dict = false;
        let mut first = 0;
        let flush = |this: &mut Self, from: usize, to: usize, have_dict: &mut bool| -> Result<()> {
            this.sub_dict(&keys[from..to], &values[from..to], loc)?;
            if std::mem::replace(have_dict, true) {
                this.op(Op::DictUpdate, 1, loc);
            }
            Ok(())
        };
        for (index, (key, value)) in keys.iter().zip(values).enumerate() {
            if key.is_none() {
                if first < index {
                    flush(self, first, index, &mut have_dict)?;
                }
                if !std::mem::replace(&mut have_dict, true) {
                    self.op(Op::BuildMap, 0, loc);
                }
                self.expr(value)?;
                self.op(Op::DictUpdate, 1, loc);
                first = index + 1;
            } else if (index - first) * 2 > STACK_USE_GUIDELINE {
                flush(self, first, index + 1, &mut have_dict)?;
                first = index + 1;
            }
        }
        if first < values.len() {
            flush(self, first, values.len(), &mut have_dict)?;
        }
        if !have_dict {
            self.op(Op::BuildMap, 0, loc);
        }
        Ok(())
    }

    fn sub_dict(&mut self, keys: &'a [Option<Expr>], values: &'a [Expr], loc: Loc) -> Result<()> {
        let big = keys.len() * 2 > STACK_USE_GUIDELINE;
        let constants: Option<Vec<Const>> = keys
            .iter()
            .map(|key| key.as_ref().and_then(Expr::as_constant).cloned())
            .collect();
        if let (true, false, Some(constants)) = (keys.len() > 1, big, constants) {
            self.exprs(values)?;
            self.load_const(Const::Tuple(constants), loc);
            self.op(Op::BuildConstKeyMap, keys.len() as u32, loc);
            return Ok(());
        }
        if big {
            self.op(Op::BuildMap, 0, loc);
        }
        for (key, value) in keys.iter().flatten().zip(values) {
            self.expr(key)?;
            self.expr(value)?;
            if big {
                self.op(Op::MapAdd, 1, loc);
            }
        }
        if !big {
            self.op(Op::BuildMap, keys.len() as u32, loc);
        }
        Ok(())
    }

    /// A t-string: the strings around its interpolations, which are one more, then the interpolations.
    pub(super) fn template_str(&mut self, values: &'a [Expr], loc: Loc) -> Result<()> {
        let empty = || Const::Str(PyStr::Utf8("".into()));
        let is_field = |value: &Expr| matches!(value.kind, ExprKind::Interpolation { .. });
        let (mut strings, mut fields) = (0, 0);
        let mut after_field = true;
        for value in values {
            match is_field(value) {
                true if after_field => {
                    self.load_const(empty(), loc);
                    strings += 1;
                }
                true => {}
                false => {
                    self.expr(value)?;
                    strings += 1;
                }
            }
            after_field = is_field(value);
        }
        if after_field {
            self.load_const(empty(), loc);
            strings += 1;
        }
        self.op(Op::BuildTuple, strings, loc);
        for value in values.iter().filter(|value| is_field(value)) {
            self.expr(value)?;
            fields += 1;
        }
        self.op(Op::BuildTuple, fields, loc);
        self.op0(Op::BuildTemplate, loc);
        Ok(())
    }

    pub(super) fn joined_str(&mut self, values: &'a [Expr], loc: Loc) -> Result<()> {
        let empty = || Const::Str(PyStr::Utf8("".into()));
        if values.len() > STACK_USE_GUIDELINE {
            self.load_const(empty(), loc);
            let join = self.names.intern("join");
            self.op_attr(Op::LoadAttr, join, true, loc);
            self.op(Op::BuildList, 0, loc);
            for value in values {
                self.expr(value)?;
                self.op(Op::ListAppend, 1, loc);
            }
            self.op(Op::Call, 1, loc);
            return Ok(());
        }
        self.exprs(values)?;
        match values.len() {
            0 => self.load_const(empty(), loc),
            1 => {}
            count => self.op(Op::BuildString, count as u32, loc),
        }
        Ok(())
    }
}
