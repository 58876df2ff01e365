//! Options of every command that runs blocks: how many threads, and whether earlier results are used.

use std::num::NonZeroUsize;
use std::path::Path;

use crate::book::{Cache, processors};

/// How the work is done.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Work {
    /// Make everything anew, and keep nothing for the next time
    #[arg(long)]
    no_cache: bool,
    /// How many threads work; as many as there are processors if none is given
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl Work {
    /// The cache of the book in a folder; a lone post has none.
    pub fn cache(self, path: &Path) -> Cache {
        if self.no_cache || !path.is_dir() {
            return Cache::none();
        }
        Cache::none().on_disk(path)
    }

    /// How many threads work.
    pub fn jobs(self) -> usize {
        self.jobs.map_or_else(processors, NonZeroUsize::get)
    }
}
