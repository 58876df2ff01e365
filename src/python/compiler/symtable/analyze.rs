//! Deciding where each name lives, from the outermost scope inwards and back.

use super::{BlockKind, Scoping, SymMap, SymSet, SymbolTable, flag};
use crate::python::compiler::ast::{CompKind, Loc};
use crate::python::compiler::fail::{Fail, Result};
use crate::python::compiler::names::{Names, Sym};

/// What an outer scope hands to an inner one.
#[derive(Clone, Default)]
struct Outer {
    /// Names bound in enclosing functions; `None` at the top.
    bound: Option<SymSet>,
    /// Names declared global.
    global: SymSet,
    /// Type parameters.
    type_params: SymSet,
    /// The class whose names a scope of type parameters sees.
    class: Option<usize>,
}

struct Analyzer<'a> {
    table: &'a mut SymbolTable,
    names: &'a Names,
    dunder_class: Option<Sym>,
    dunder_classdict: Option<Sym>,
    /// Whether comprehensions run in the frame around them.
    inlines: bool,
}

pub(super) fn analyze(table: &mut SymbolTable, names: &mut Names, inlines: bool) -> Result<()> {
    let dunder_class = Some(names.intern("__class__"));
    let dunder_classdict = Some(names.intern("__classdict__"));
    Analyzer {
        table,
        names,
        dunder_class,
        dunder_classdict,
        inlines,
    }
    .block(0, Outer::default())
    .map(drop)
}

impl Analyzer<'_> {
    /// Analyzes a scope and everything in it; gives the names that are free in it.
    fn block(&mut self, index: usize, mut outer: Outer) -> Result<SymSet> {
        let kind = self.table.scopes[index].kind;
        let is_class = kind == BlockKind::Class;
        let mut inner = Outer {
            bound: Some(SymSet::default()),
            ..Outer::default()
        };
        if is_class {
            // Names bound around a class stay visible in its functions; those of the class do not.
            inner.global.extend(&outer.global);
            inner.bound = Some(outer.bound.clone().unwrap_or_default());
        }
        let mut scopings = SymMap::default();
        let mut local = SymSet::default();
        let mut free = SymSet::default();
        let symbols: Vec<_> = self.table.scopes[index].symbols.iter().collect();
        for &(name, symbol) in &symbols {
            let scoping =
                self.name(index, name, symbol.flags, &mut outer, &mut local, &mut free)?;
            scopings.insert(name, scoping);
        }
        let inner_bound = inner.bound.get_or_insert_default();
        if is_class {
            inner_bound.extend(self.dunder_class);
            inner_bound.extend(self.dunder_classdict);
        } else {
            if self.table.scopes[index].is_function_like() {
                inner_bound.extend(&local);
            }
            inner_bound.extend(outer.bound.iter().flatten());
            inner.global.extend(&outer.global);
        }
        inner.type_params = std::mem::take(&mut outer.type_params);
        let mut inlined_cells = SymSet::default();
        self.children(
            index,
            &inner,
            &outer,
            &mut scopings,
            &mut free,
            &mut inlined_cells,
        )?;
        if self.table.scopes[index].is_function_like() {
            for (name, scoping) in &mut scopings {
                if *scoping == Scoping::Local
                    && (free.contains(name) || inlined_cells.contains(name))
                {
                    *scoping = Scoping::Cell;
                    free.remove(name);
                }
            }
        } else if is_class {
            let scope = &mut self.table.scopes[index];
            scope.needs_class_closure = self.dunder_class.is_some_and(|name| free.remove(&name));
            scope.needs_classdict = self.dunder_classdict.is_some_and(|name| free.remove(&name));
        }
        self.update(
            index,
            &scopings,
            outer.bound.as_ref(),
            &free,
            &inlined_cells,
        );
        Ok(free)
    }

    fn children(
        &mut self,
        index: usize,
        inner: &Outer,
        outer: &Outer,
        scopings: &mut SymMap<Scoping>,
        free: &mut SymSet,
        inlined_cells: &mut SymSet,
    ) -> Result<()> {
        let mut spliced = Vec::new();
        for child in self.table.scopes[index].children.clone() {
            let mut given = inner.clone();
            if self.table.scopes[child].can_see_class_scope {
                given.class = match self.table.scopes[index].kind {
                    BlockKind::Class => Some(index),
                    _ => outer.class,
                };
            }
            let mut child_free = self.block(child, given)?;
            let inlined = matches!(
                self.table.scopes[child].comprehension,
                Some(CompKind::List | CompKind::Set | CompKind::Dict)
            ) && self.inlines
                && !self.table.scopes[index].can_see_class_scope;
            if inlined {
                self.inline(index, child, scopings, &mut child_free, inlined_cells);
                self.table.scopes[child].comp_inlined = true;
                spliced.extend(self.table.scopes[child].children.iter().copied());
            } else {
                spliced.push(child);
            }
            free.extend(child_free);
        }
        self.table.scopes[index].children = spliced;
        Ok(())
    }

    fn name(
        &self,
        index: usize,
        name: Sym,
        flags: u32,
        outer: &mut Outer,
        local: &mut SymSet,
        free: &mut SymSet,
    ) -> Result<Scoping> {
        let text = self.names.str(name);
        if flags & flag::GLOBAL != 0 {
            if flags & flag::NONLOCAL != 0 {
                return self.fail(index, name, format!("name '{text}' is nonlocal and global"));
            }
            outer.global.insert(name);
            if let Some(bound) = &mut outer.bound {
                bound.remove(&name);
            }
            return Ok(Scoping::GlobalExplicit);
        }
        if flags & flag::NONLOCAL != 0 {
            let Some(bound) = &outer.bound else {
                return self.fail(
                    index,
                    name,
                    "nonlocal declaration not allowed at module level".into(),
                );
            };
            if !bound.contains(&name) {
                return self.fail(
                    index,
                    name,
                    format!("no binding for nonlocal '{text}' found"),
                );
            }
            if outer.type_params.contains(&name) {
                return self.fail(
                    index,
                    name,
                    format!("nonlocal binding not allowed for type parameter '{text}'"),
                );
            }
            free.insert(name);
            return Ok(Scoping::Free);
        }
        if flags & flag::BOUND != 0 {
            local.insert(name);
            outer.global.remove(&name);
            if flags & flag::TYPE_PARAM != 0 {
                outer.type_params.insert(name);
            } else {
                outer.type_params.remove(&name);
            }
            return Ok(Scoping::Local);
        }
        if let Some(class) = outer.class {
            let flags = self.table.scopes[class].symbol(name).flags;
            if flags & flag::GLOBAL != 0 {
                return Ok(Scoping::GlobalExplicit);
            }
            if flags & flag::BOUND != 0 && flags & flag::NONLOCAL == 0 {
                return Ok(Scoping::GlobalImplicit);
            }
        }
        if outer
            .bound
            .as_ref()
            .is_some_and(|bound| bound.contains(&name))
        {
            free.insert(name);
            return Ok(Scoping::Free);
        }
        Ok(Scoping::GlobalImplicit)
    }

    fn fail<T>(&self, index: usize, name: Sym, message: String) -> Result<T> {
        let directives = &self.table.scopes[index].directives;
        let loc = directives
            .iter()
            .find(|(directive, _)| *directive == name)
            .map_or(Loc::NONE, |&(_, loc)| loc);
        Err(Fail::syntax(message, loc))
    }

    /// Takes the names of a comprehension into the scope around it. CPython: PEP 709.
    fn inline(
        &mut self,
        index: usize,
        comprehension: usize,
        scopings: &mut SymMap<Scoping>,
        comp_free: &mut SymSet,
        inlined_cells: &mut SymSet,
    ) {
        let symbols: Vec<_> = self.table.scopes[comprehension].symbols.iter().collect();
        for (name, symbol) in symbols {
            if symbol.flags & flag::PARAM != 0 {
                continue; // `.0`
            }
            if symbol.scoping == Scoping::Cell || symbol.flags & flag::COMP_CELL != 0 {
                inlined_cells.insert(name);
            }
            let is_class = self.table.scopes[index].kind == BlockKind::Class;
            match self.table.scopes[index].symbols.get(name) {
                None => {
                    let mut scoping = symbol.scoping;
                    if scoping == Scoping::Free && is_class && Some(name) == self.dunder_class {
                        scoping = Scoping::GlobalImplicit;
                        comp_free.remove(&name);
                    }
                    self.table.scopes[index].symbols.entry(name).flags = symbol.flags;
                    scopings.insert(name, scoping);
                }
                Some(existing) if existing.flags & flag::BOUND != 0 && !is_class => {
                    let scopes = &self.table.scopes;
                    let free_below = scopes[comprehension]
                        .children
                        .iter()
                        .any(|&child| scopes[child].symbol(name).scoping == Scoping::Free);
                    if !free_below {
                        comp_free.remove(&name);
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// Writes down what was found.
    fn update(
        &mut self,
        index: usize,
        scopings: &SymMap<Scoping>,
        bound: Option<&SymSet>,
        free: &SymSet,
        inlined_cells: &SymSet,
    ) {
        let scope = &mut self.table.scopes[index];
        let class_flag = scope.kind == BlockKind::Class || scope.can_see_class_scope;
        for (name, symbol) in scope.symbols.iter_mut() {
            symbol.scoping = scopings
                .get(&name)
                .copied()
                .unwrap_or(Scoping::GlobalImplicit);
            if inlined_cells.contains(&name) {
                symbol.flags |= flag::COMP_CELL;
            }
        }
        let mut free: Vec<Sym> = free.iter().copied().collect();
        free.sort_unstable();
        for name in free {
            if scope.symbols.get(name).is_some() {
                if class_flag {
                    scope.symbols.entry(name).flags |= flag::FREE_CLASS;
                }
            } else if bound.is_none_or(|bound| bound.contains(&name)) {
                scope.symbols.entry(name).scoping = Scoping::Free;
            }
        }
    }
}
