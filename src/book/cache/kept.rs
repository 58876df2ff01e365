//! Engines that remember: what was run once is not run again.
//!
//! Runs are deterministic, so the same pieces give the same results. A change of words runs nothing, a change of one
//! block runs the blocks of its session.

use crate::run::{Code, Engine, Executed};
use crate::site::keep::{Shelf, key};

/// An engine whose results stand on a shelf.
pub struct Kept<'a> {
    engine: &'a dyn Engine,
    shelf: &'a dyn Shelf,
}

impl<'a> Kept<'a> {
    /// Remembers what an engine does.
    pub fn new(engine: &'a dyn Engine, shelf: &'a dyn Shelf) -> Kept<'a> {
        Kept { engine, shelf }
    }
}

impl Engine for Kept<'_> {
    fn version(&self) -> String {
        self.engine.version()
    }

    fn execute(&self, pieces: &[Code]) -> Vec<Executed> {
        // Everything that may change what a piece does is a field of it; the engine's limits are part of the program.
        let asked = format!("{pieces:?}");
        let key = key("run", &[self.version().as_bytes(), asked.as_bytes()]);
        let known = self.shelf.get(key);
        if let Some(executed) = known.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            return executed;
        }
        let executed = self.engine.execute(pieces);
        let is_certain = executed.iter().all(|executed| !executed.result.by_chance);
        if is_certain && let Ok(bytes) = serde_json::to_vec(&executed) {
            self.shelf.put(key, bytes);
        }
        executed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Cache;
    use crate::run::BlockResult;
    use crate::site::keep::Shelves;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Prints the code back, and counts how often it runs.
    struct Echo {
        runs: AtomicUsize,
        by_chance: bool,
    }

    impl Engine for Echo {
        fn version(&self) -> String {
            "3.13".to_owned()
        }

        fn execute(&self, pieces: &[Code]) -> Vec<Executed> {
            self.runs.fetch_add(1, Ordering::Relaxed);
            let executed = |code: &Code| Executed {
                result: BlockResult {
                    stdout: code.text.clone(),
                    by_chance: self.by_chance,
                    ..BlockResult::default()
                },
                pictures: Vec::new(),
            };
            pieces.iter().map(executed).collect()
        }
    }

    fn echo(by_chance: bool) -> Echo {
        Echo {
            runs: AtomicUsize::new(0),
            by_chance,
        }
    }

    fn code(text: &str, step_limit: Option<u64>) -> Code {
        Code {
            text: text.to_owned(),
            step_limit,
            ..Code::default()
        }
    }

    fn stdout(cache: &Cache, engine: &Echo, pieces: &[Code]) -> String {
        let shelf = cache.shelf("run", "post");
        let executed = Kept::new(engine, &*shelf).execute(pieces);
        executed
            .into_iter()
            .map(|executed| executed.result.stdout)
            .collect()
    }

    #[test]
    fn what_was_run_once_is_not_run_again() {
        let (cache, engine) = (Cache::in_memory(), echo(false));
        let pieces = [code("a", None), code("b", None)];
        assert_eq!(stdout(&cache, &engine, &pieces), "ab");
        assert_eq!(stdout(&cache, &engine, &pieces), "ab");
        assert_eq!(engine.runs.load(Ordering::Relaxed), 1);
        // Everything that may change the result counts.
        stdout(&cache, &engine, &[code("a", None), code("c", None)]);
        stdout(&cache, &engine, &[code("a", Some(5)), code("c", None)]);
        assert_eq!(engine.runs.load(Ordering::Relaxed), 3);
    }

    #[test]
    fn what_the_clock_ended_is_run_again() {
        let (cache, engine) = (Cache::in_memory(), echo(true));
        stdout(&cache, &engine, &[code("a", None)]);
        stdout(&cache, &engine, &[code("a", None)]);
        assert_eq!(engine.runs.load(Ordering::Relaxed), 2);
    }
}
