//! Paths as arguments, and errors that name them.

use crate::python::files::{Errno, error_text};
use crate::python::memory::{Addr, Own};
use crate::python::object::{NONE, bytes, int, str, types};
use crate::python::vm::{PyResult, Raised, Vm};

/// A path that was given to a function.
pub struct Path {
    /// The path, or the number of an open file.
    pub place: Place,
    /// Whether it was given as `bytes`: what comes back is `bytes` too.
    pub is_bytes: bool,
    /// What was given.
    pub given: Addr,
}

impl Path {
    /// What an error names: the path as text, even where something stood for it.
    fn object(&self, vm: &mut Vm) -> PyResult<Own> {
        match &self.place {
            Place::Name(name) if !str::check(vm, self.given) && !bytes::check(vm, self.given) => {
                match self.given {
                    NONE => Ok(vm.none()),
                    _ => shown(vm, name, self.is_bytes),
                }
            }
            _ => Ok(vm.incref(self.given)),
        }
    }

    /// Raises the `OSError` of a number with this path, and another one.
    #[cold]
    pub fn fail(&self, vm: &mut Vm, error: Errno, target: Option<&Path>) -> Raised {
        let Ok(own) = self.object(vm) else {
            return Raised;
        };
        let other = match target.map(|target| target.object(vm)) {
            Some(Ok(other)) => Some(other),
            Some(Err(raised)) => return raised,
            None => None,
        };
        let paths: Vec<Addr> = [Some(&own), other.as_ref()]
            .into_iter()
            .flatten()
            .map(Own::addr)
            .collect();
        let raised = os_error(vm, error, &paths);
        vm.decref(own);
        vm.xdecref(other);
        raised
    }
}

/// Where a path leads.
pub enum Place {
    /// A path.
    Name(String),
    /// An open file.
    Descriptor(i32),
}

/// What a parameter takes besides `str`, `bytes` and what has `__fspath__`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing else.
    Names,
    /// The number of an open file.
    Descriptors,
    /// That, or `None` for the current folder.
    DescriptorsOrNone,
}

/// Reads an argument that is a path: `path_converter`.
///
/// # Errors
/// `TypeError` for what is none, `ValueError` for one with a null in it.
pub fn argument(
    vm: &mut Vm,
    function: &str,
    name: &str,
    takes: Takes,
    given: Addr,
) -> PyResult<Path> {
    if (given.is_null() || given == NONE) && takes == Takes::DescriptorsOrNone {
        return Ok(Path {
            place: Place::Name(".".to_owned()),
            is_bytes: false,
            given: NONE,
        });
    }
    if let Some(text) = text_of(vm, given) {
        return named(vm, function, name, text, given, given);
    }
    if takes != Takes::Names && vm.slots(given).index.is_some() {
        let number = vm.index(given)?;
        let descriptor = int::as_i64(vm, number.addr()).and_then(|fd| i32::try_from(fd).ok());
        vm.decref(number);
        return match descriptor {
            Some(descriptor) => Ok(Path {
                place: Place::Descriptor(descriptor),
                is_bytes: false,
                given,
            }),
            None => Err(vm.overflow_error("fd is greater than maximum")),
        };
    }
    let class = vm.type_of(given);
    let method = str::intern(vm, "__fspath__");
    let found = vm.get_attr_opt(class, method.addr())?;
    vm.decref(method);
    let Some(found) = found else {
        return Err(wrong_type(vm, function, name, takes, given));
    };
    let path = vm.call(found.addr(), &[given])?;
    vm.decref(found);
    let Some(text) = text_of(vm, path.addr()) else {
        let (class, got) = (vm.type_name(given), vm.type_name(path.addr()));
        return Err(vm.type_error(format!(
            "expected {class}.__fspath__() to return str or bytes, not {got}"
        )));
    };
    let result = named(vm, function, name, text, path.addr(), given);
    vm.decref(path);
    result
}

fn wrong_type(vm: &mut Vm, function: &str, name: &str, takes: Takes, given: Addr) -> Raised {
    let wanted = match takes {
        Takes::Names => "string, bytes or os.PathLike",
        Takes::Descriptors => "string, bytes, os.PathLike or integer",
        Takes::DescriptorsOrNone => "string, bytes, os.PathLike, integer or None",
    };
    let got = vm.type_name(given);
    vm.type_error(format!("{function}: {name} should be {wanted}, not {got}"))
}

fn named(
    vm: &mut Vm,
    function: &str,
    name: &str,
    text: String,
    path: Addr,
    given: Addr,
) -> PyResult<Path> {
    if text.contains('\0') {
        // What `open` of streams says.
        let text = match function {
            "open" => "embedded null byte".to_owned(),
            _ => format!("{function}: embedded null character in {name}"),
        };
        return Err(vm.value_error(text));
    }
    Ok(Path {
        place: Place::Name(text),
        is_bytes: bytes::check(vm, path),
        given,
    })
}

fn text_of(vm: &Vm, given: Addr) -> Option<String> {
    if str::check(vm, given) {
        return Some(str::to_rust(vm, given));
    }
    bytes::check(vm, given)
        .then(|| String::from_utf8_lossy(bytes::as_slice(vm, given)).into_owned())
}

/// A name as the caller gave paths: `str` or `bytes`.
pub fn shown(vm: &mut Vm, name: &str, is_bytes: bool) -> PyResult<Own> {
    match is_bytes {
        true => bytes::try_new(vm, name.as_bytes()),
        false => str::try_new(vm, name),
    }
}

/// Raises the `OSError` of a number; Python's class of it follows from the number.
#[cold]
pub fn os_error(vm: &mut Vm, error: Errno, paths: &[Addr]) -> Raised {
    let number = int::new(vm, i64::from(error.0));
    let text = str::new(vm, &error_text(error.0));
    let mut arguments = vec![number.addr(), text.addr()];
    match paths {
        [] => {}
        [path] => arguments.push(*path),
        [source, target, ..] => arguments.extend([*source, NONE, *target]),
    }
    let exception = vm.call(types::OS_ERROR, &arguments);
    vm.decref(number);
    vm.decref(text);
    match exception {
        Ok(exception) => vm.raise(exception),
        Err(raised) => raised,
    }
}

impl Vm {
    /// The program's files, with the clock set for what is done next.
    pub fn files(&mut self) -> &mut crate::python::files::FileSystem {
        let now = crate::python::module::time::wall_ns(self);
        let files = self.file_system.get_or_insert_default();
        files.now_ns = now;
        files
    }

    /// Puts a text that the machine knows, the main file or one of the library, where a path names it.
    pub fn show_known_file(&mut self, path: &str) {
        let Some(text) = self.source_of(path).map(str::to_owned) else {
            return;
        };
        let path = self.files().absolute(path);
        if self.files().find(&path, true).is_err() {
            // A library folder is one that nobody lists.
            let _ = self.files().write_file(&path, text.as_bytes());
        }
    }
}
