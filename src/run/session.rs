//! The blocks of a post, each in the state it asks for: its own, a named one, or that after another block.
//!
//! All pieces of a session are known before it starts, so a session is one call of the engine. `from=id` runs the
//! pieces up to that block again: the engine is deterministic, so that is the state that the block left.

use std::collections::HashMap;

use crate::post::{Block, Claim, ClaimForm, ConsoleUnit, Post, Subject};
use crate::python::observe::dump::Dump;

use super::engine::{Code, Engine, Executed};
use super::prompt;
use super::results::{BlockResult, Results};

/// Runs the blocks of a post that belong to the engine's version, in the sessions that have a block which is wanted.
pub fn run(post: &Post, engine: &dyn Engine, wanted: impl Fn(usize) -> bool) -> Results {
    let mut results = Results {
        version: engine.version(),
        blocks: vec![None; post.blocks.len()],
        dumps: vec![None; post.draws.len()],
        ..Results::default()
    };
    let is_wanted = |piece: &Piece| piece.role.block().is_some_and(&wanted);
    for session in sessions(post, &results.version) {
        if !session.iter().any(is_wanted) {
            continue;
        }
        let pieces: Vec<Code> = session.iter().map(|piece| piece.code.clone()).collect();
        keep(post, &session, engine.execute(&pieces), &mut results);
    }
    results
}

/// A piece of a session, and what its result is for.
#[derive(Debug, Clone)]
struct Piece {
    code: Code,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The block of this index.
    Block(usize),
    /// A unit of the block of this index, by its place in `Block::units`.
    Unit(usize, usize),
    /// Setup of the block of this index: only its failure matters.
    Setup(usize),
    /// Run before, for its effects.
    Again,
}

impl Role {
    /// The block whose result it is part of.
    fn block(self) -> Option<usize> {
        match self {
            Role::Block(index) | Role::Unit(index, _) => Some(index),
            Role::Setup(_) | Role::Again => None,
        }
    }
}

/// The sessions of a post under a version, in the order of their first blocks.
fn sessions(post: &Post, version: &str) -> Vec<Vec<Piece>> {
    let mut sessions: Vec<Vec<Piece>> = Vec::new();
    let mut named: HashMap<(&str, bool), usize> = HashMap::new();
    for block in post.runnable().filter(|block| block.belongs_to(version)) {
        let place = match &block.session {
            Some(name) => *named
                .entry((name, block.on_cpython))
                .or_insert(sessions.len()),
            None => sessions.len(),
        };
        if place == sessions.len() {
            sessions.push(
                block
                    .from
                    .as_deref()
                    .and_then(|from| up_to(post, &sessions, from))
                    .unwrap_or_default(),
            );
        }
        if let Some(session) = sessions.get_mut(place) {
            session.extend(pieces(post, block));
            for piece in session {
                piece.code.on_cpython = block.on_cpython;
            }
        }
    }
    sessions
}

/// The pieces of a session up to the block that is named `id`, to be run again.
fn up_to(post: &Post, sessions: &[Vec<Piece>], id: &str) -> Option<Vec<Piece>> {
    let index = post.blocks.iter().find(|block| block.id == id)?.index;
    let (session, end) = sessions.iter().find_map(|session| {
        Some((
            session,
            session
                .iter()
                .rposition(|piece| piece.role.block() == Some(index))?,
        ))
    })?;
    let again = |piece: &Piece| Piece {
        role: Role::Again,
        code: Code {
            pictures: Vec::new(),
            ..piece.code.clone()
        },
    };
    Some(session.iter().take(end + 1).map(again).collect())
}

fn pieces(post: &Post, block: &Block) -> Vec<Piece> {
    let setup = |setup: &crate::post::Setup| {
        let code = Code {
            text: setup.code.clone(),
            file_name: format!("{}-setup.py", block.id),
            ..Code::default()
        };
        Piece {
            code,
            role: Role::Setup(block.index),
        }
    };
    let claims = || post.claims_of(block.index).map(|(_, claim)| claim);
    if !block.units.is_empty() {
        let setups = block.setups.iter().map(setup);
        return setups.chain(units(post, block)).collect();
    }
    // The engine need not be asked for prints, which it reports anyway.
    let wants_value = |claim: &&Claim| {
        let gives_value = matches!(claim.subject, Subject::Expression | Subject::Assignment(_));
        gives_value
            && matches!(
                claim.form,
                ClaimForm::Bare | ClaimForm::Value | ClaimForm::About
            )
    };
    let raises = |claim: &&Claim| claim.form == ClaimForm::Raises;
    // A statement of the block itself ran if the block came so far; one inside another may not have.
    let is_inner = |claim: &Claim| block.line_text(claim.first_line).starts_with([' ', '\t']);
    let code = Code {
        text: block.code.clone(),
        file_name: format!("{}.py", block.id),
        program: None,
        watched: claims()
            .filter(wants_value)
            .map(|claim| claim.first_line)
            .collect(),
        watched_exceptions: claims()
            .filter(raises)
            .flat_map(|claim| claim.first_line..=claim.last_line)
            .collect(),
        watch_lines: claims().any(is_inner),
        pictures: post
            .draws_of(block.index)
            .map(|draw| draw.names.clone())
            .collect(),
        step_limit: block.step_limit,
        on_cpython: block.on_cpython,
        process_ends: false,
    };
    block
        .setups
        .iter()
        .map(setup)
        .chain([Piece {
            code,
            role: Role::Block(block.index),
        }])
        .collect()
}

/// The pieces of a session at a prompt: one for each statement.
fn units(post: &Post, block: &Block) -> Vec<Piece> {
    let claims: Vec<&Claim> = post
        .claims_of(block.index)
        .map(|(_, claim)| claim)
        .collect();
    let unit = |(place, unit): (usize, &ConsoleUnit)| {
        let is_last = place + 1 == block.units.len();
        let draws = post.draws_of(block.index).filter(|_| is_last);
        let code = Code {
            pictures: draws.map(|draw| draw.names.clone()).collect(),
            // The limit is that of all of them.
            step_limit: block
                .step_limit
                .map(|steps| if is_last { steps } else { 0 }),
            ..prompt::piece(block, unit, &claims)
        };
        Piece {
            code,
            role: Role::Unit(block.index, place),
        }
    };
    block.units.iter().enumerate().map(unit).collect()
}

/// Puts what came of a session where it belongs.
fn keep(post: &Post, session: &[Piece], executed: Vec<Executed>, results: &mut Results) {
    for (piece, executed) in session.iter().zip(executed) {
        match piece.role {
            Role::Again => {}
            Role::Setup(index) => {
                let result = executed.result;
                if result.exception.is_some() || result.limit.is_some() {
                    // What the setup prints is not the block's; what ends it is, at no line of the block.
                    let exception = result.exception.map(|exception| super::Exception {
                        line: None,
                        ..exception
                    });
                    let failed = BlockResult {
                        exception,
                        limit: result.limit,
                        by_chance: result.by_chance,
                        stderr: result.stderr,
                        exit_code: result.exit_code,
                        ..BlockResult::default()
                    };
                    set(results, index, failed);
                }
            }
            Role::Block(index) => {
                let failed_before = results.of(index).is_some();
                if !failed_before {
                    set(results, index, executed.result);
                    put_pictures(post, index, executed.pictures, results);
                }
            }
            Role::Unit(index, place) => {
                let Some(unit) = post.blocks.get(index).and_then(|it| it.units.get(place)) else {
                    continue;
                };
                // Where the setup failed there is nothing to be shown.
                if place > 0 || results.of(index).is_none() {
                    let is_claimed = post.claims_of(index).any(|(_, claim)| {
                        claim.form == ClaimForm::Raises && unit.lines.contains(&claim.first_line)
                    });
                    let mut whole = results.of(index).cloned().unwrap_or_default();
                    prompt::add(&mut whole, unit, executed.result, is_claimed);
                    set(results, index, whole);
                    put_pictures(post, index, executed.pictures, results);
                }
            }
        }
    }
}

fn put_pictures(post: &Post, block: usize, pictures: Vec<Option<Dump>>, results: &mut Results) {
    let draws = post.draws.iter().enumerate();
    let draws = draws.filter(|(_, draw)| draw.block == block);
    for ((place, _), picture) in draws.zip(pictures) {
        if let Some(dump) = results.dumps.get_mut(place) {
            *dump = picture;
        }
    }
}

fn set(results: &mut Results, index: usize, result: BlockResult) {
    if let Some(place) = results.blocks.get_mut(index) {
        *place = Some(result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// An engine that only tells what it was given.
    struct Echo;

    impl Engine for Echo {
        fn version(&self) -> String {
            "3.13".into()
        }

        fn execute(&self, pieces: &[Code]) -> Vec<Executed> {
            let mut before = String::new();
            let echo = |piece: &Code| {
                before.push_str(piece.text.trim());
                Executed {
                    result: BlockResult {
                        stdout: before.clone(),
                        ..BlockResult::default()
                    },
                    pictures: vec![None; piece.pictures.len()],
                }
            };
            pieces.iter().map(echo).collect()
        }
    }

    fn check(text: &str) -> Vec<String> {
        let post = crate::post::parse(Source::new("a.md", text));
        assert_eq!(post.diagnostics, []);
        run(&post, &Echo, |_| true)
            .blocks
            .into_iter()
            .map(|result| result.map(|result| result.stdout).unwrap_or_default())
            .collect()
    }

    #[test]
    fn each_block_has_the_state_it_asks_for() {
        let block = |options: &str, code: &str| {
            format!("<!-- py: {options} -->\n```python\n{code}\n```\n\n")
        };
        assert_eq!(
            check(&(block("id=x", "a") + &block("id=y", "b"))),
            ["a", "b"]
        );
        assert_eq!(
            check(&(block("session=s", "a") + &block("id=z", "c") + &block("session=s", "b"))),
            ["a", "c", "ab"]
        );
        assert_eq!(
            check(&(block("id=x", "a") + &block("from=x id=y", "b") + &block("from=y", "c"))),
            ["a", "ab", "abc"]
        );
        assert_eq!(
            check(&format!(
                "<!-- py: setup\nimport s\n-->\n{}",
                block("id=x", "a")
            )),
            ["import sa"]
        );
    }
}
