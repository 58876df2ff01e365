//! Watching files. Editors save in many ways (write, rename over, delete and create), often in several steps; a build
//! starts when it has been quiet for a moment.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Builder;

/// So long it must be quiet before a build starts.
const QUIET: Duration = Duration::from_millis(25);

/// Watches until it is dropped.
pub(crate) struct Watching {
    _watcher: std::sync::Arc<std::sync::Mutex<RecommendedWatcher>>,
}

/// Builds whenever something changes, on a thread of its own.
pub(crate) fn watch(mut builder: Builder) -> io::Result<Watching> {
    let (sender, receiver) = mpsc::channel::<notify::Result<Event>>();
    let watcher = notify::recommended_watcher(sender).map_err(io::Error::other)?;
    let watcher = std::sync::Arc::new(std::sync::Mutex::new(watcher));
    let mut roots = Roots::default();
    roots.update(&watcher, &builder.watched());
    let weak = std::sync::Arc::downgrade(&watcher);
    std::thread::Builder::new()
        .name("gieok-build".to_owned())
        .spawn(move || {
            while let Ok(first) = receiver.recv() {
                let mut changed = BTreeSet::new();
                collect(first, &roots, &mut changed);
                while let Ok(next) = receiver.recv_timeout(QUIET) {
                    collect(next, &roots, &mut changed);
                }
                if changed.is_empty() {
                    continue;
                }
                builder.run(&changed.into_iter().collect::<Vec<_>>());
                let Some(watcher) = weak.upgrade() else {
                    return;
                };
                roots.update(&watcher, &builder.watched());
            }
        })?;
    Ok(Watching { _watcher: watcher })
}

/// What is watched. A file is watched through its folder: an editor that renames over it gives it a new identity.
#[derive(Default)]
struct Roots {
    folders: BTreeSet<PathBuf>,
    files: BTreeSet<PathBuf>,
    /// What the system was asked to tell of, and whether with everything below.
    asked: BTreeSet<(PathBuf, bool)>,
}

impl Roots {
    fn update(&mut self, watcher: &std::sync::Mutex<RecommendedWatcher>, paths: &[PathBuf]) {
        self.folders.clear();
        self.files.clear();
        let mut wanted = BTreeSet::new();
        for path in paths {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            if path.is_dir() {
                wanted.insert((path.clone(), true));
                self.folders.insert(path);
            } else {
                let folder = path
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty())
                    .unwrap_or(Path::new("."));
                wanted.insert((folder.to_owned(), false));
                self.files.insert(path);
            }
        }
        let Ok(mut watcher) = watcher.lock() else {
            return;
        };
        for (folder, _) in self.asked.difference(&wanted) {
            let _ = watcher.unwatch(folder);
        }
        for (folder, below) in wanted.difference(&self.asked) {
            let mode = if *below {
                RecursiveMode::Recursive
            } else {
                RecursiveMode::NonRecursive
            };
            // A folder that is not there yet: the build has said so already.
            let _ = watcher.watch(folder, mode);
        }
        self.asked = wanted;
    }

    fn cares(&self, path: &Path) -> bool {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        if name.starts_with('.')
            || name.ends_with('~')
            || name.ends_with(".swp")
            || name.ends_with(".tmp")
            || name == "4913"
        {
            return false;
        }
        self.files.contains(path) || self.folders.iter().any(|folder| path.starts_with(folder))
    }
}

fn collect(event: notify::Result<Event>, roots: &Roots, changed: &mut BTreeSet<PathBuf>) {
    let Ok(event) = event else { return };
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    changed.extend(event.paths.into_iter().filter(|path| roots.cares(path)));
}
