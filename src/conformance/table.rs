//! What became of all modules, as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Failure, Module};

/// The table of how many cases pass, module by module, and how many there are where that is known.
pub fn table(modules: &[Module]) -> String {
    let sum = |count: fn(&Module) -> usize| modules.iter().map(count).sum::<usize>();
    let all = sum(|module| module.all);
    let first = |count: &dyn std::fmt::Display| match all {
        0 => String::new(),
        _ => format!("{count:>10}"),
    };
    let head = first(&"examples");
    let mut text = format!("{:30}{head}{:>9}{:>9}{:>8}\n", "", "CPython", "gieok", "%");
    let mut row = |name: &str, all: usize, possible: usize, passed: usize| {
        let share = 100.0 * passed as f64 / possible.max(1) as f64;
        let all = first(&all);
        let _ = writeln!(text, "{name:30}{all}{possible:>9}{passed:>9}{share:>8.1}");
    };
    for module in modules {
        row(&module.name, module.all, module.possible, module.passed());
    }
    let possible = sum(|module| module.possible);
    row("all", all, possible, sum(Module::passed));
    text
}

/// The failures by their reasons, the most frequent first.
pub fn reasons(modules: &[Module]) -> String {
    let mut reasons: BTreeMap<&str, Vec<&Failure>> = BTreeMap::new();
    for failure in modules.iter().flat_map(|module| &module.failures) {
        reasons.entry(&failure.reason).or_default().push(failure);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, failures)| std::cmp::Reverse(failures.len()));
    let mut text = String::new();
    for (reason, failures) in reasons {
        let _ = writeln!(text, "\n{} × {reason}", failures.len());
        for failure in failures {
            let line = format!("    {}  {}", failure.case, failure.place);
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    text
}
