//! The blocks of a post, each in the state it asks for: its own, a named one, or a copy of another block's.

use std::collections::{BTreeSet, HashMap};

use crate::post::{Block, ClaimForm, Post, Subject};
use crate::python::observe::dump::Dump;

use super::engine::{Code, Engine, Session};
use super::results::{BlockResult, Printed, Results};

/// Runs the blocks of a post in order.
pub fn run(post: &Post, engine: &dyn Engine) -> Results {
    let mut runner = Runner {
        post,
        engine,
        shared: HashMap::new(),
        kept: HashMap::new(),
    };
    let mut results = Results {
        version: engine.version(),
        blocks: vec![None; post.blocks.len()],
        dumps: vec![None; post.draws.len()],
    };
    for block in post.runnable() {
        let (result, dumps) = runner.block(block);
        if let Some(place) = results.blocks.get_mut(block.index) {
            *place = Some(result);
        }
        for (index, dump) in dumps {
            if let Some(place) = results.dumps.get_mut(index) {
                *place = dump;
            }
        }
    }
    runner.finish(&mut results);
    results
}

struct Runner<'a> {
    post: &'a Post,
    engine: &'a dyn Engine,
    /// Sessions that several blocks share, with the last block that ran in each.
    shared: HashMap<String, (Box<dyn Session>, usize)>,
    /// Copies of states that a later block starts from.
    kept: HashMap<String, Box<dyn Session>>,
}

impl Runner<'_> {
    fn block(&mut self, block: &Block) -> (BlockResult, Vec<(usize, Option<Dump>)>) {
        let mut session = match &block.session {
            Some(name) => self.shared.remove(name).map(|(session, _)| session),
            None => block
                .from
                .as_ref()
                .and_then(|from| self.kept.get(from))
                .and_then(|kept| kept.fork()),
        }
        .unwrap_or_else(|| self.engine.start());
        for setup in &block.setups {
            let code = Code {
                text: setup.code.clone(),
                file_name: format!("{}-setup.py", block.id),
                watched: BTreeSet::new(),
                step_limit: None,
            };
            let prepared = session.execute(&code);
            if prepared.exception.is_some() || prepared.limit.is_some() {
                // What the setup prints is not the block's; what ends it is.
                return (
                    BlockResult {
                        stdout: String::new(),
                        printed: Vec::new(),
                        ..prepared
                    },
                    Vec::new(),
                );
            }
        }
        let mut result = session.execute(&self.code(block));
        let draws = self
            .post
            .draws
            .iter()
            .enumerate()
            .filter(|(_, draw)| draw.block == block.index);
        let dumps = draws
            .map(|(index, draw)| (index, session.dump(&draw.names)))
            .collect();
        if self
            .post
            .blocks
            .iter()
            .any(|later| later.from.as_deref() == Some(&block.id))
        {
            if let Some(copy) = session.fork() {
                self.kept.insert(block.id.clone(), copy);
            }
        }
        match &block.session {
            Some(name) => {
                self.shared.insert(name.clone(), (session, block.index));
            }
            None => append(&mut result, session.finish()),
        }
        (result, dumps)
    }

    /// What the engine needs to know: the statements whose values claims speak about.
    fn code(&self, block: &Block) -> Code {
        let claims = self.post.claims_of(block.index).map(|(_, claim)| claim);
        let wants_value =
            |subject: &Subject| matches!(subject, Subject::Expression | Subject::Assignment(_));
        let watched = claims
            .filter(|claim| claim.form != ClaimForm::Output && wants_value(&claim.subject))
            .map(|claim| claim.first_line);
        Code {
            text: block.code.clone(),
            file_name: format!("{}.py", block.id),
            watched: watched.collect(),
            step_limit: block.step_limit,
        }
    }

    /// Ends the shared sessions, in the order of the blocks that ran last in them.
    fn finish(self, results: &mut Results) {
        let mut sessions: Vec<_> = self.shared.into_values().collect();
        sessions.sort_by_key(|(_, last)| *last);
        for (session, last) in sessions {
            let ending = session.finish();
            if let Some(Some(result)) = results.blocks.get_mut(last) {
                append(result, ending);
            }
        }
    }
}

/// Adds what the interpreter's end printed to the block that ran last.
fn append(result: &mut BlockResult, ending: BlockResult) {
    let offset = result.stdout.len();
    result.stdout.push_str(&ending.stdout);
    result.stderr.push_str(&ending.stderr);
    result.steps += ending.steps;
    let moved = ending.printed.into_iter().map(|printed| Printed {
        text: printed.text.start + offset..printed.text.end + offset,
        ..printed
    });
    result.printed.extend(moved);
}
