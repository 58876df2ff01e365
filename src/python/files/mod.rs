//! The files of a program: folders, files and links in memory, and what is open. Nothing of the host is in it; it
//! begins with a few empty folders and ends with the program.

mod descriptor;
mod errno;
mod walk;

pub use descriptor::{OpenFile, flags};
pub use errno::{Errno, text as error_text};

/// Bytes that all files together may have.
const BYTES_MAX: usize = 256 << 20;

/// The result of what may fail as a system call fails.
pub type FileResult<T> = Result<T, Errno>;

/// What lies at a place.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Names and the nodes behind them, in the order in which they were made.
    Folder(Vec<(String, usize)>),
    /// Bytes.
    File(Vec<u8>),
    /// Another path.
    Link(String),
    /// `/dev/null`: what is written to it is gone.
    Null,
}

/// A file, a folder or a link: an inode.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The permission bits of `st_mode`.
    pub permissions: u32,
    /// How many names it has.
    pub links: u32,
    /// When it was last read and last written, in nanoseconds since 1970.
    pub times_ns: [u64; 2],
}

impl Node {
    /// `st_mode`: the kind and the permissions.
    pub fn mode(&self) -> u32 {
        let kind = match self.kind {
            Kind::Folder(_) => 0o040_000,
            Kind::File(_) => 0o100_000,
            Kind::Link(_) => 0o120_000,
            Kind::Null => 0o020_000,
        };
        kind | self.permissions
    }

    /// `st_size` in bytes.
    pub fn size(&self) -> usize {
        match &self.kind {
            Kind::Folder(_) => 4096,
            Kind::File(bytes) => bytes.len(),
            Kind::Link(target) => target.len(),
            Kind::Null => 0,
        }
    }

    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        matches!(self.kind, Kind::Folder(_))
    }
}

/// All files of a program.
pub struct FileSystem {
    nodes: Vec<Node>,
    open: std::collections::BTreeMap<i32, OpenFile>,
    /// The current folder, an absolute path.
    pub current: String,
    /// Permissions that new files do not get.
    pub umask: u32,
    /// What the clock says, for the times of what is made next.
    pub now_ns: u64,
    bytes: usize,
}

const ROOT: usize = 0;

impl Default for FileSystem {
    fn default() -> Self {
        let mut files = FileSystem {
            nodes: vec![Node {
                kind: Kind::Folder(Vec::new()),
                permissions: 0o755,
                links: 2,
                times_ns: [0; 2],
            }],
            open: Default::default(),
            current: "/home/user".to_owned(),
            umask: 0o022,
            now_ns: 0,
            bytes: 0,
        };
        for folder in ["/home", "/home/user", "/tmp", "/usr", "/var", "/dev"] {
            let _ = files.make_folder(folder, 0o777);
        }
        if let Ok(temporary) = files.find("/tmp", true) {
            files.nodes[temporary].permissions = 0o1777;
        }
        if let Ok(devices) = files.find("/dev", true) {
            let _ = files.add(devices, "null", Kind::Null, 0o666);
        }
        files
    }
}

impl FileSystem {
    /// A node by its number.
    pub fn node(&self, number: usize) -> &Node {
        &self.nodes[number]
    }

    /// A node by its number, to be changed.
    pub fn node_mut(&mut self, number: usize) -> &mut Node {
        &mut self.nodes[number]
    }

    fn entries(&self, folder: usize) -> FileResult<&Vec<(String, usize)>> {
        match &self.nodes[folder].kind {
            Kind::Folder(entries) => Ok(entries),
            _ => Err(Errno::NOTDIR),
        }
    }

    fn entries_mut(&mut self, folder: usize) -> FileResult<&mut Vec<(String, usize)>> {
        self.nodes[folder].times_ns[1] = self.now_ns;
        match &mut self.nodes[folder].kind {
            Kind::Folder(entries) => Ok(entries),
            _ => Err(Errno::NOTDIR),
        }
    }

    fn add(
        &mut self,
        folder: usize,
        name: &str,
        kind: Kind,
        permissions: u32,
    ) -> FileResult<usize> {
        let number = self.nodes.len();
        let links = if matches!(kind, Kind::Folder(_)) {
            2
        } else {
            1
        };
        self.nodes.push(Node {
            kind,
            permissions: permissions & !self.umask,
            links,
            times_ns: [self.now_ns; 2],
        });
        self.entries_mut(folder)?.push((name.to_owned(), number));
        if links == 2 {
            self.nodes[folder].links += 1;
        }
        Ok(number)
    }

    /// The names in a folder.
    pub fn list(&self, path: &str) -> FileResult<Vec<(String, usize)>> {
        let folder = self.find(path, true)?;
        self.entries(folder).cloned()
    }

    /// Makes a folder: `mkdir`.
    pub fn make_folder(&mut self, path: &str, permissions: u32) -> FileResult<()> {
        let (folder, name) = self.find_parent(path)?;
        if name.is_empty() || self.child(folder, &name).is_ok() {
            return Err(Errno::EXIST);
        }
        self.add(folder, &name, Kind::Folder(Vec::new()), permissions)?;
        Ok(())
    }

    /// Makes a link: `symlink`.
    pub fn make_link(&mut self, target: &str, path: &str) -> FileResult<()> {
        let (folder, name) = self.find_parent(path)?;
        if name.is_empty() || self.child(folder, &name).is_ok() {
            return Err(Errno::EXIST);
        }
        let link = self.add(folder, &name, Kind::Link(target.to_owned()), 0o777)?;
        self.nodes[link].permissions = 0o777;
        Ok(())
    }

    /// Gives a file another name: `link`.
    pub fn add_name(&mut self, source: &str, path: &str) -> FileResult<()> {
        let node = self.find(source, false)?;
        if self.nodes[node].is_folder() {
            return Err(Errno::PERM);
        }
        let (folder, name) = self.find_parent(path)?;
        if name.is_empty() || self.child(folder, &name).is_ok() {
            return Err(Errno::EXIST);
        }
        self.entries_mut(folder)?.push((name, node));
        self.nodes[node].links += 1;
        Ok(())
    }

    /// Takes away a name: `unlink`.
    pub fn remove_file(&mut self, path: &str) -> FileResult<()> {
        let (folder, name) = self.find_parent(path)?;
        let node = self.child(folder, &name)?;
        if self.nodes[node].is_folder() {
            return Err(Errno::ISDIR);
        }
        self.forget(folder, &name, node)
    }

    /// Takes away an empty folder: `rmdir`.
    pub fn remove_folder(&mut self, path: &str) -> FileResult<()> {
        let (folder, name) = self.find_parent(path)?;
        if name.is_empty() {
            return Err(Errno::BUSY);
        }
        let node = self.child(folder, &name)?;
        if !self.entries(node)?.is_empty() {
            return Err(Errno::NOTEMPTY);
        }
        self.nodes[folder].links -= 1;
        self.forget(folder, &name, node)
    }

    fn forget(&mut self, folder: usize, name: &str, node: usize) -> FileResult<()> {
        self.entries_mut(folder)?.retain(|(known, _)| known != name);
        self.nodes[node].links = self.nodes[node].links.saturating_sub(1);
        let is_open = self.open.values().any(|open| open.node == node);
        if self.nodes[node].links == 0 && !is_open {
            self.bytes -= self.nodes[node].size().min(self.bytes);
            self.nodes[node].kind = Kind::File(Vec::new());
        }
        Ok(())
    }

    /// Moves what has one name to another, in place of what is there: `rename`.
    pub fn rename(&mut self, source: &str, target: &str) -> FileResult<()> {
        let (from, old) = self.find_parent(source)?;
        let node = self.child(from, &old)?;
        let (to, new) = self.find_parent(target)?;
        if new.is_empty() || old.is_empty() {
            return Err(Errno::BUSY);
        }
        if let Ok(there) = self.child(to, &new) {
            if there == node {
                return Ok(());
            }
            match (self.nodes[node].is_folder(), self.nodes[there].is_folder()) {
                (true, false) => return Err(Errno::NOTDIR),
                (false, true) => return Err(Errno::ISDIR),
                (true, true) if !self.entries(there)?.is_empty() => return Err(Errno::NOTEMPTY),
                _ => self.forget(to, &new, there)?,
            }
        }
        if self.is_inside(to, node) {
            return Err(Errno::INVAL);
        }
        self.entries_mut(from)?.retain(|(name, _)| *name != old);
        self.entries_mut(to)?.push((new, node));
        if self.nodes[node].is_folder() {
            self.nodes[from].links -= 1;
            self.nodes[to].links += 1;
        }
        Ok(())
    }

    /// Whether a folder is another one or lies below it.
    fn is_inside(&self, folder: usize, other: usize) -> bool {
        if folder == other {
            return true;
        }
        match &self.nodes[other].kind {
            Kind::Folder(entries) => entries
                .iter()
                .any(|(_, node)| self.nodes[*node].is_folder() && self.is_inside(folder, *node)),
            _ => false,
        }
    }

    /// The bytes of a file.
    pub fn read_file(&self, path: &str) -> FileResult<&[u8]> {
        match &self.nodes[self.find(path, true)?].kind {
            Kind::File(bytes) => Ok(bytes),
            _ => Err(Errno::ISDIR),
        }
    }

    /// Puts bytes into a file, which is made with its folders where it does not exist.
    pub fn write_file(&mut self, path: &str, content: &[u8]) -> FileResult<()> {
        for (at, _) in path.match_indices('/').skip(1) {
            if self.find(&path[..at], true).is_err() {
                self.make_folder(&path[..at], 0o777)?;
            }
        }
        let descriptor = self.open(path, flags::WRITE | flags::CREATE | flags::TRUNCATE, 0o666)?;
        self.write(descriptor, content)?;
        self.close(descriptor)
    }
}
