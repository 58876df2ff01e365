//! How much CPython's compiler has in memory at its peak.

use super::{BlockKind, SymbolTable};

/// Counts of what a compilation needs objects for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Scopes, with those of comprehensions that are inlined and the module's.
    pub scopes: usize,
    /// Units that are being written at once: the longest way from the module to an inner scope, both counted.
    pub depth: usize,
    /// Scopes with `global` or `nonlocal` statements.
    pub declaring: usize,
    /// Scopes whose names fit a smallest table, and that have any.
    pub keyed: usize,
}

/// Names that fit the smallest table of a dict.
const SMALLEST_TABLE: usize = 5;

impl SymbolTable {
    /// The footprint of this source.
    pub fn footprint(&self) -> Footprint {
        let inner = self.scopes.iter().skip(1);
        let has_few = |names: usize| (1..=SMALLEST_TABLE).contains(&names);
        Footprint {
            scopes: self.scopes.len(),
            depth: self.depths().into_iter().max().unwrap_or(0),
            declaring: inner.clone().filter(|s| !s.directives.is_empty()).count(),
            keyed: inner.filter(|s| has_few(s.symbols.order.len())).count(),
        }
    }

    /// The number of units around each scope, its own counted.
    fn depths(&self) -> Vec<usize> {
        let mut depths = vec![0; self.scopes.len()];
        // A scope stands before those inside it.
        for (index, scope) in self.scopes.iter().enumerate() {
            let is_unit = !scope.comp_inlined && scope.kind != BlockKind::Annotation;
            depths[index] += usize::from(is_unit);
            for &child in &scope.children {
                depths[child] = depths[index];
            }
        }
        depths
    }
}
