//! Paths: from a text to the node behind it.

use super::{Errno, FileResult, FileSystem, Kind, ROOT};

/// Links that are followed on one way.
const LINKS_MAX: u32 = 40;
/// Bytes of one name.
const NAME_MAX: usize = 255;

impl FileSystem {
    /// A path from the root.
    pub fn absolute(&self, path: &str) -> String {
        match path.starts_with('/') {
            true => path.to_owned(),
            false => format!("{}/{path}", self.current.trim_end_matches('/')),
        }
    }

    /// The node at a path; the last name may be a link, which is followed or not.
    pub fn find(&self, path: &str, follow: bool) -> FileResult<usize> {
        let (way, name) = self.walk(path, follow, &mut 0)?;
        let folder = way.last().copied().unwrap_or(ROOT);
        match name {
            None => Ok(folder),
            Some(name) => self.child(folder, &name),
        }
    }

    /// The folder of a path's last name, and the name; empty for the root.
    pub fn find_parent(&self, path: &str) -> FileResult<(usize, String)> {
        let trimmed = path.trim_end_matches('/');
        let (folder, name) = match trimmed.rsplit_once('/') {
            Some((folder, name)) => (format!("{folder}/"), name),
            None if path.starts_with('/') => ("/".to_owned(), ""),
            None => (".".to_owned(), trimmed),
        };
        if path.is_empty() {
            return Err(Errno::NOENT);
        }
        let parent = self.find(&folder, true)?;
        self.entries(parent)?;
        match name {
            "." | ".." => Ok((self.find(path, true)?, String::new())),
            name if name.len() > NAME_MAX => Err(Errno::NAMETOOLONG),
            name => Ok((parent, name.to_owned())),
        }
    }

    /// What has a name in a folder.
    pub fn child(&self, folder: usize, name: &str) -> FileResult<usize> {
        let entries = self.entries(folder)?;
        let found = entries.iter().find(|(known, _)| known == name);
        match found {
            Some((_, node)) => Ok(*node),
            None if name.is_empty() => Ok(folder),
            None => Err(Errno::NOENT),
        }
    }

    /// The folders from the root to a path, and the name that is left: one that does not exist, or is no folder.
    fn walk(
        &self,
        path: &str,
        follow: bool,
        links: &mut u32,
    ) -> FileResult<(Vec<usize>, Option<String>)> {
        if path.is_empty() {
            return Err(Errno::NOENT);
        }
        let mut way = match path.starts_with('/') {
            true => vec![ROOT],
            false => self.walk(&self.current, true, links)?.0,
        };
        let mut names = path.split('/').filter(|name| !matches!(*name, "" | "."));
        let mut next = names.next();
        while let Some(name) = next {
            next = names.next();
            let is_last = next.is_none();
            if name.len() > NAME_MAX {
                return Err(Errno::NAMETOOLONG);
            }
            if name == ".." {
                if way.len() > 1 {
                    way.pop();
                }
                continue;
            }
            let folder = way.last().copied().unwrap_or(ROOT);
            let node = match self.child(folder, name) {
                Ok(node) => node,
                Err(Errno::NOENT) if is_last => return Ok((way, Some(name.to_owned()))),
                Err(error) => return Err(error),
            };
            match &self.nodes[node].kind {
                Kind::Folder(_) => way.push(node),
                Kind::Link(target) if !is_last || follow || path.ends_with('/') => {
                    *links += 1;
                    if *links > LINKS_MAX {
                        return Err(Errno::LOOP);
                    }
                    let rest: Vec<&str> = next.into_iter().chain(names).collect();
                    let base = match target.starts_with('/') {
                        true => target.clone(),
                        false => format!("{}/{target}", self.path_of(&way)),
                    };
                    let whole = match rest.is_empty() {
                        true => base,
                        false => format!("{base}/{}", rest.join("/")),
                    };
                    return self.walk(&whole, follow, links);
                }
                _ if is_last && !path.ends_with('/') => {
                    return Ok((way, Some(name.to_owned())));
                }
                _ => return Err(Errno::NOTDIR),
            }
        }
        Ok((way, None))
    }

    /// The path of a way of folders.
    fn path_of(&self, way: &[usize]) -> String {
        let mut path = String::new();
        for pair in way.windows(2) {
            let name = self.entries(pair[0]).ok().and_then(|entries| {
                let found = entries.iter().find(|(_, node)| *node == pair[1]);
                found.map(|(name, _)| name.as_str())
            });
            path.push('/');
            path.push_str(name.unwrap_or(""));
        }
        if path.is_empty() {
            "/".to_owned()
        } else {
            path
        }
    }

    /// Goes to a folder: `chdir`.
    pub fn go_to(&mut self, path: &str) -> FileResult<()> {
        let (way, rest) = self.walk(path, true, &mut 0)?;
        if let Some(name) = rest {
            let folder = way.last().copied().unwrap_or(ROOT);
            self.child(folder, &name)?;
            return Err(Errno::NOTDIR);
        }
        self.current = self.path_of(&way);
        Ok(())
    }
}
