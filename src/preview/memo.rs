//! Engines that remember: what was run once is not run again.
//!
//! Runs are deterministic, so the same pieces give the same results. A change of words runs nothing, a change of one
//! block runs the blocks of its session.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::run::{Code, Engine, Executed};

/// More sessions than this are not kept.
const KEPT_MAX: usize = 10_000;

/// An engine that remembers.
pub struct Memo {
    engine: Box<dyn Engine>,
    /// What came out of a list of pieces, by its hash.
    known: Mutex<HashMap<blake3::Hash, Arc<Vec<Executed>>>>,
}

impl Memo {
    /// Remembers what an engine does.
    pub fn new(engine: Box<dyn Engine>) -> Memo {
        Memo {
            engine,
            known: Mutex::default(),
        }
    }
}

impl Engine for Memo {
    fn version(&self) -> String {
        self.engine.version()
    }

    fn execute(&self, pieces: &[Code]) -> Vec<Executed> {
        let key = blake3::hash(format!("{pieces:?}").as_bytes());
        let known = |known: &HashMap<_, Arc<Vec<Executed>>>| known.get(&key).map(Arc::clone);
        let found = known(&self.known.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(executed) = found {
            return executed.to_vec();
        }
        let executed = self.engine.execute(pieces);
        let mut memory = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.len() >= KEPT_MAX {
            memory.clear();
        }
        memory.insert(key, Arc::new(executed.clone()));
        executed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::BlockResult;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Prints the code back, and counts how often it runs.
    struct Echo(Arc<AtomicUsize>);

    impl Engine for Echo {
        fn version(&self) -> String {
            "3.13".to_owned()
        }

        fn execute(&self, pieces: &[Code]) -> Vec<Executed> {
            self.0.fetch_add(1, Ordering::Relaxed);
            let executed = |code: &Code| Executed {
                result: BlockResult {
                    stdout: code.text.clone(),
                    ..BlockResult::default()
                },
                pictures: Vec::new(),
            };
            pieces.iter().map(executed).collect()
        }
    }

    #[test]
    fn what_was_run_once_is_not_run_again() {
        let runs = Arc::new(AtomicUsize::new(0));
        let memo = Memo::new(Box::new(Echo(Arc::clone(&runs))));
        let code = |text: &str, step_limit| Code {
            text: text.to_owned(),
            step_limit,
            ..Code::default()
        };
        let stdout = |pieces: &[Code]| {
            memo.execute(pieces)
                .into_iter()
                .map(|executed| executed.result.stdout)
                .collect::<String>()
        };
        assert_eq!(stdout(&[code("a", None), code("b", None)]), "ab");
        assert_eq!(stdout(&[code("a", None), code("b", None)]), "ab");
        assert_eq!(runs.load(Ordering::Relaxed), 1);
        // Everything that may change the result counts.
        stdout(&[code("a", None), code("c", None)]);
        stdout(&[code("a", Some(5)), code("b", None)]);
        assert_eq!(runs.load(Ordering::Relaxed), 3);
    }
}
