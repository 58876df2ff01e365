//! The preview: builds, serves, watches, and tells the browser when a page has changed.
//!
//! ```text
//! file saved ─▶ watch ──(quiet for 25 ms)──▶ build ─▶ Shared ──event──▶ every open page takes its new self
//! ```
//!
//! Everything is in memory; nothing is written. A mistake of the author's is shown on the page; the server goes on.

mod server;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use tokio::sync::broadcast;

/// What a build gives.
#[derive(Debug, Clone, Default)]
pub struct Build {
    /// The files of the site by their path from its root, without a leading slash: `index.html`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What is wrong, as text for people; empty if nothing is.
    pub problems: String,
    /// Files and folders whose change asks for the next build.
    pub watch: Vec<PathBuf>,
}

/// How to serve.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The port; if none is given, 3000 or the next that is free.
    pub port: Option<u16>,
}

/// The port that is tried first.
const PORT: u16 = 3000;

/// What the server and the builder share.
pub(crate) struct Shared {
    site: RwLock<Arc<Build>>,
    /// A number for each build, sent when it is done.
    events: broadcast::Sender<u64>,
}

impl Shared {
    fn site(&self) -> Arc<Build> {
        self.site.read().map_or_else(
            |poisoned| Arc::clone(&poisoned.into_inner()),
            |site| Arc::clone(&site),
        )
    }

    fn put(&self, build: Build) {
        let build = Arc::new(build);
        match self.site.write() {
            Ok(mut site) => *site = build,
            Err(poisoned) => *poisoned.into_inner() = build,
        }
    }
}

/// Builds, serves on this machine only, and rebuilds on every change until Ctrl-C.
///
/// `build` gets the paths that changed, none at first. `ready` gets the address once pages can be asked for.
///
/// # Errors
/// The port is taken, or the system refuses to listen or to watch.
pub fn serve(
    options: Options,
    build: impl FnMut(&[PathBuf]) -> Build + Send + 'static,
    ready: impl FnOnce(&str),
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = listen(options.port).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            site: RwLock::default(),
            events: broadcast::channel(16).0,
        });
        let mut builder = Builder {
            build: Box::new(build),
            shared: Arc::clone(&shared),
            number: 0,
        };
        builder.run(&[]);
        let watching = watch::watch(builder)?;
        ready(&format!("http://{address}/"));
        let served = tokio::select! {
            served = async { axum::serve(listener, server::router(shared)).await } => served,
            stopped = tokio::signal::ctrl_c() => stopped,
        };
        drop(watching);
        served
    })
}

async fn listen(port: Option<u16>) -> io::Result<tokio::net::TcpListener> {
    let on =
        |port: u16| tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    if let Some(port) = port {
        return on(port).await.map_err(|error| {
            io::Error::new(error.kind(), format!("port {port} cannot be used: {error}"))
        });
    }
    for port in PORT..PORT + 20 {
        if let Ok(listener) = on(port).await {
            return Ok(listener);
        }
    }
    on(0).await
}

/// Builds again and again.
pub(crate) struct Builder {
    build: Box<dyn FnMut(&[PathBuf]) -> Build + Send>,
    shared: Arc<Shared>,
    number: u64,
}

impl Builder {
    /// Builds once and tells every open page.
    pub(crate) fn run(&mut self, changed: &[PathBuf]) {
        let build = catch_unwind(AssertUnwindSafe(|| (self.build)(changed)));
        let build = build.unwrap_or_else(|_| {
            // A mistake of ours must not take the author's page away: the last one stays, with the message.
            let mut last = Build::clone(&self.shared.site());
            last.problems = "gieok failed while building this page; that is a mistake in gieok, please report it".to_owned();
            last
        });
        self.number += 1;
        let mut build = build;
        if build.files.is_empty() {
            // A file caught between two writes, or a mistake that leaves no page: the last pages stay.
            build.files.clone_from(&self.shared.site().files);
        }
        self.shared.put(build);
        // Nobody listens before the first page is open.
        let _ = self.shared.events.send(self.number);
    }

    /// What to watch, as the last build asked.
    pub(crate) fn watched(&self) -> Vec<PathBuf> {
        self.shared.site().watch.clone()
    }
}
