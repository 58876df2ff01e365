//! The least program that still shows a difference.

use super::program::Program;

/// Leaves statements out of a program as long as what is left still shows it: halves first, then single ones.
pub fn smaller(program: &Program, shows_it: impl Fn(&Program) -> bool) -> Program {
    let mut least = program.clone();
    let mut size = least.statements.len() / 2;
    while size > 0 {
        let mut start = 0;
        let mut has_shrunk = false;
        while start < least.statements.len() {
            let without = least.without(start..start + size);
            if shows_it(&without) {
                least = without;
                has_shrunk = true;
            } else {
                start += size;
            }
        }
        // A statement can go once what needed it has gone.
        if !has_shrunk || size > 1 {
            size /= 2;
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_shows_it_with_every_statement() {
        let program = Program {
            statements: ["a", "b", "c", "d", "e", "f", "g"]
                .map(str::to_owned)
                .to_vec(),
        };
        // `f` needs `b`, and nothing else is of interest.
        let shows_it = |program: &Program| {
            let has = |name: &str| program.statements.iter().any(|text| text == name);
            has("f") && has("b")
        };
        assert_eq!(smaller(&program, shows_it).statements, ["b", "f"]);
    }
}
