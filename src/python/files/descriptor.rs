//! Open files, by the numbers that programs know them by.

use super::{BYTES_MAX, Errno, FileResult, FileSystem, Kind};

/// How a file is opened, with Linux's numbers.
#[allow(missing_docs)] // `O_WRONLY` and its siblings
pub mod flags {
    pub const WRITE: i32 = 1;
    pub const READ_WRITE: i32 = 2;
    pub const CREATE: i32 = 0o100;
    pub const EXCLUSIVE: i32 = 0o200;
    pub const TRUNCATE: i32 = 0o1000;
    pub const APPEND: i32 = 0o2000;
    pub const FOLDER: i32 = 0o200_000;
}

/// Files that may be open at a time.
const OPEN_MAX: usize = 1024;

/// An open file.
#[derive(Clone, Debug)]
pub struct OpenFile {
    /// Its node.
    pub node: usize,
    /// Where the next byte is read or written.
    pub position: u64,
    /// How it was opened.
    pub flags: i32,
}

impl OpenFile {
    fn reads(&self) -> bool {
        self.flags & 3 != flags::WRITE
    }

    fn writes(&self) -> bool {
        self.flags & 3 != 0
    }
}

impl FileSystem {
    /// Opens a file: `open`. The number is the lowest that is free, from 3.
    pub fn open(&mut self, path: &str, how: i32, permissions: u32) -> FileResult<i32> {
        let node = match self.find(path, true) {
            Ok(_) if how & flags::CREATE != 0 && how & flags::EXCLUSIVE != 0 => {
                return Err(Errno::EXIST);
            }
            Ok(node) => node,
            Err(Errno::NOENT) if how & flags::CREATE != 0 && !path.ends_with('/') => {
                let (folder, name) = self.find_parent(path)?;
                self.add(folder, &name, Kind::File(Vec::new()), permissions)?
            }
            Err(error) => return Err(error),
        };
        if self.node(node).is_folder() && how & 3 != 0 {
            return Err(Errno::ISDIR);
        }
        if !self.node(node).is_folder() && how & flags::FOLDER != 0 {
            return Err(Errno::NOTDIR);
        }
        if how & flags::TRUNCATE != 0 && how & 3 != 0 {
            self.set_len(node, 0)?;
        }
        self.add_open(OpenFile {
            node,
            position: 0,
            flags: how,
        })
    }

    fn add_open(&mut self, file: OpenFile) -> FileResult<i32> {
        if self.open.len() >= OPEN_MAX {
            return Err(Errno::MFILE);
        }
        let free = (3..).find(|number| !self.open.contains_key(number));
        let number = free.ok_or(Errno::MFILE)?;
        self.open.insert(number, file);
        Ok(number)
    }

    /// An open file by its number.
    pub fn opened(&self, descriptor: i32) -> FileResult<&OpenFile> {
        self.open.get(&descriptor).ok_or(Errno::BADF)
    }

    /// Another number for an open file: `dup`.
    pub fn duplicate(&mut self, descriptor: i32) -> FileResult<i32> {
        let file = self.opened(descriptor)?.clone();
        self.add_open(file)
    }

    /// Closes a file.
    pub fn close(&mut self, descriptor: i32) -> FileResult<()> {
        let file = self.open.remove(&descriptor).ok_or(Errno::BADF)?;
        let is_open = self.open.values().any(|open| open.node == file.node);
        if self.node(file.node).links == 0 && !is_open {
            self.set_len(file.node, 0)?;
        }
        Ok(())
    }

    /// Up to `len` bytes from where the file stands.
    pub fn read(&mut self, descriptor: i32, len: usize) -> FileResult<Vec<u8>> {
        let now = self.now_ns;
        let file = self.open.get_mut(&descriptor).ok_or(Errno::BADF)?;
        if !file.reads() {
            return Err(Errno::BADF);
        }
        let node = &mut self.nodes[file.node];
        let bytes = match &node.kind {
            Kind::File(bytes) => bytes,
            Kind::Null => return Ok(Vec::new()),
            _ => return Err(Errno::ISDIR),
        };
        let start = usize::try_from(file.position)
            .unwrap_or(usize::MAX)
            .min(bytes.len());
        let end = start.saturating_add(len).min(bytes.len());
        node.times_ns[0] = now;
        file.position = end as u64;
        Ok(bytes[start..end].to_vec())
    }

    /// Writes bytes where the file stands, or at its end.
    pub fn write(&mut self, descriptor: i32, content: &[u8]) -> FileResult<usize> {
        let now = self.now_ns;
        let file = self.open.get_mut(&descriptor).ok_or(Errno::BADF)?;
        if !file.writes() {
            return Err(Errno::BADF);
        }
        let node = &mut self.nodes[file.node];
        let bytes = match &mut node.kind {
            Kind::File(bytes) => bytes,
            Kind::Null => return Ok(content.len()),
            _ => return Err(Errno::ISDIR),
        };
        if file.flags & flags::APPEND != 0 {
            file.position = bytes.len() as u64;
        }
        let start = usize::try_from(file.position).map_err(|_| Errno::FBIG)?;
        let end = start.checked_add(content.len()).ok_or(Errno::FBIG)?;
        let grown = end.saturating_sub(bytes.len());
        if self.bytes + grown > BYTES_MAX {
            return Err(Errno::NOSPC);
        }
        self.bytes += grown;
        if bytes.len() < end {
            bytes.resize(end, 0);
        }
        bytes[start..end].copy_from_slice(content);
        node.times_ns[1] = now;
        file.position = end as u64;
        Ok(content.len())
    }

    /// Moves to another place: `lseek`.
    pub fn seek(&mut self, descriptor: i32, offset: i64, whence: i32) -> FileResult<u64> {
        let file = self.opened(descriptor)?;
        let base = match whence {
            0 => 0,
            1 => file.position as i64,
            2 => self.node(file.node).size() as i64,
            _ => return Err(Errno::INVAL),
        };
        let target = base.checked_add(offset).ok_or(Errno::INVAL)?;
        let target = u64::try_from(target).map_err(|_| Errno::INVAL)?;
        if let Some(file) = self.open.get_mut(&descriptor) {
            file.position = target;
        }
        Ok(target)
    }

    /// Makes an open file shorter, or longer with zeros: `ftruncate`.
    pub fn truncate(&mut self, descriptor: i32, len: u64) -> FileResult<()> {
        let file = self.opened(descriptor)?;
        if !file.writes() {
            return Err(Errno::INVAL);
        }
        let node = file.node;
        self.set_len(node, usize::try_from(len).map_err(|_| Errno::FBIG)?)
    }

    /// The same for a file by its node.
    pub fn set_len(&mut self, node: usize, len: usize) -> FileResult<()> {
        let now = self.now_ns;
        let before = self.node(node).size();
        if self.bytes + len.saturating_sub(before) > BYTES_MAX {
            return Err(Errno::NOSPC);
        }
        let target = self.node_mut(node);
        let bytes = match &mut target.kind {
            Kind::File(bytes) => bytes,
            Kind::Null => return Ok(()),
            _ => return Err(Errno::ISDIR),
        };
        bytes.resize(len, 0);
        target.times_ns[1] = now;
        self.bytes = (self.bytes + len).saturating_sub(before);
        Ok(())
    }
}
