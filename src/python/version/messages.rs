//! What errors said before they were told otherwise: the engine tells them as 3.13 does, and older versions by this table.

use super::Version::{self, V3_10, V3_11, V3_12, V3_13};
use crate::python::memory::Addr;
use crate::python::object::types;

/// One text that changed.
struct Row {
    /// The first version that tells it as now.
    since: Version,
    /// As it is told now; `{}` stands for any text.
    now: &'static str,
    /// As it was told before; `{0}` is what stood for the first `{}`.
    before: &'static str,
}

const fn row(since: Version, now: &'static str, before: &'static str) -> Row {
    Row { since, now, before }
}

/// Measured by raising each error in all versions. Of two rows for one text the older one stands first.
const TABLE: &[Row] = &[
    row(V3_13, "float modulo by zero", "float modulo"),
    row(
        V3_13,
        "int expected at most 2 arguments, got {}",
        "int() takes at most 2 arguments ({0} given)",
    ),
    row(
        V3_13,
        "print() got an unexpected keyword argument {}",
        "{0} is an invalid keyword argument for print()",
    ),
    row(
        V3_13,
        "ImportError() got an unexpected keyword argument {}",
        "{0} is an invalid keyword argument for ImportError()",
    ),
    row(
        V3_13,
        "replace() takes at least 2 positional arguments ({} given)",
        "replace expected at least 2 arguments, got {0}",
    ),
    row(
        V3_13,
        "find expected at least 1 argument, got 0",
        "find() takes at least 1 argument (0 given)",
    ),
    row(
        V3_13,
        "index expected at least 1 argument, got 0",
        "index() takes at least 1 argument (0 given)",
    ),
    row(
        V3_13,
        "count expected at least 1 argument, got 0",
        "count() takes at least 1 argument (0 given)",
    ),
    row(
        V3_13,
        "count() argument 1 must be str, not {}",
        "must be str, not {0}",
    ),
    row(
        V3_13,
        "find() argument 1 must be str, not {}",
        "must be str, not {0}",
    ),
    row(
        V3_13,
        "index() argument 1 must be str, not {}",
        "must be str, not {0}",
    ),
    row(
        V3_13,
        "rfind() argument 1 must be str, not {}",
        "must be str, not {0}",
    ),
    row(
        V3_13,
        "rindex() argument 1 must be str, not {}",
        "must be str, not {0}",
    ),
    row(
        V3_13,
        "startswith expected at least 1 argument, got 0",
        "startswith() takes at least 1 argument (0 given)",
    ),
    row(
        V3_13,
        "endswith expected at least 1 argument, got 0",
        "endswith() takes at least 1 argument (0 given)",
    ),
    // 3.12 alone tells it otherwise.
    row(
        V3_12,
        "iter(v, w): v must be callable",
        "iter(v, w): v must be callable",
    ),
    row(
        V3_13,
        "iter(v, w): v must be callable",
        "iter(object, sentinel): object must be callable",
    ),
    row(
        V3_13,
        "Cannot create a consistent method resolution order (MRO) for bases {}",
        "Cannot create a consistent method resolution\norder (MRO) for bases {0}",
    ),
    row(
        V3_13,
        "super(type, obj): obj ({}) is not an instance or subtype of type ({}).",
        "super(type, obj): obj must be an instance or subtype of type",
    ),
    row(
        V3_12,
        "max() iterable argument is empty",
        "max() arg is an empty sequence",
    ),
    row(
        V3_12,
        "min() iterable argument is empty",
        "min() arg is an empty sequence",
    ),
    row(
        V3_12,
        "attribute '__mro__' of 'type' objects is not writable",
        "readonly attribute",
    ),
    row(
        V3_11,
        "short format requires -32768 <= number <= 32767",
        "short format requires (-0x7fff - 1) <= number <= 0x7fff",
    ),
    row(
        V3_11,
        "ushort format requires 0 <= number <= 65535",
        "ushort format requires 0 <= number <= (0x7fff * 2 + 1)",
    ),
    row(
        V3_11,
        "string indices must be integers, not {}",
        "string indices must be integers",
    ),
    row(
        V3_11,
        "cannot access local variable {} where it is not associated with a value",
        "local variable {0} referenced before assignment",
    ),
    row(
        V3_11,
        "cannot access free variable {} where it is not associated with a value in enclosing scope",
        "free variable {0} referenced before assignment in enclosing scope",
    ),
    row(
        V3_11,
        "super() argument 1 must be a type, not {}",
        "super() argument 1 must be type, not {0}",
    ),
    row(
        V3_10,
        "property {} of {} object has no getter",
        "unreadable attribute",
    ),
    row(
        V3_10,
        "property {} of {} object has no setter",
        "can't set attribute",
    ),
    row(
        V3_10,
        "property {} of {} object has no deleter",
        "can't delete attribute",
    ),
    row(
        V3_11,
        "property {} of {} object has no getter",
        "unreadable attribute {0}",
    ),
    row(
        V3_11,
        "property {} of {} object has no setter",
        "can't set attribute {0}",
    ),
    row(
        V3_11,
        "property {} of {} object has no deleter",
        "can't delete attribute {0}",
    ),
    row(
        V3_11,
        "enumerate() missing required argument 'iterable'",
        "enumerate() missing required argument 'iterable' (pos 1)",
    ),
    row(
        V3_10,
        "unsupported operand type(s) for //: 'complex' and {}",
        "can't take floor of complex number.",
    ),
    row(
        V3_10,
        "unsupported operand type(s) for //: {} and 'complex'",
        "can't take floor of complex number.",
    ),
    row(
        V3_10,
        "unsupported operand type(s) for %: 'complex' and {}",
        "can't mod complex numbers.",
    ),
    row(
        V3_10,
        "unsupported operand type(s) for divmod(): 'complex' and {}",
        "can't take floor or mod of complex number.",
    ),
    row(
        V3_10,
        "cannot set {} attribute of immutable type {}",
        "can't set attributes of built-in/extension type {1}",
    ),
    row(
        V3_10,
        "int() argument must be a string, a bytes-like object or a real number, not {}",
        "int() argument must be a string, a bytes-like object or a number, not {0}",
    ),
    row(
        V3_10,
        "float() argument must be a string or a real number, not {}",
        "float() argument must be a string or a number, not {0}",
    ),
    row(
        V3_10,
        "str() argument 'encoding' must be str, not {}",
        "str() argument 2 must be str, not {0}",
    ),
    row(
        V3_10,
        "isinstance() arg 2 must be a type, a tuple of types, or a union",
        "isinstance() arg 2 must be a type or tuple of types",
    ),
    row(
        V3_10,
        "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        "issubclass() arg 2 must be a class or tuple of classes",
    ),
    row(
        V3_10,
        "{} format: a real number is required, not {}",
        "{0} format: a number is required, not {1}",
    ),
    row(
        V3_10,
        "__class__ assignment only supported for mutable types or ModuleType subclasses",
        "__class__ assignment only supported for heap types or ModuleType subclasses",
    ),
    row(
        V3_10,
        "reduce() of empty iterable with no initial value",
        "reduce() of empty sequence with no initial value",
    ),
    row(
        V3_10,
        "{} is not in deque",
        "deque.remove(x): x not in deque",
    ),
    row(
        V3_10,
        "AttributeError() got an unexpected keyword argument {}",
        "AttributeError() takes no keyword arguments",
    ),
    row(
        V3_10,
        "NameError() got an unexpected keyword argument {}",
        "NameError() takes no keyword arguments",
    ),
];

/// How a version told an error that is now `class(message)`; `None` where it told it as now.
///
/// What is no context manager was missing an attribute up to 3.10.
pub fn before(version: Version, class: Addr, message: &str) -> Option<(Addr, String)> {
    const WITH: &str = "'{}' object does not support the {}context manager protocol{}";
    if version < V3_11
        && class == types::TYPE_ERROR
        && let Some([_, is_async, missed]) = matched(WITH, message).as_deref()
    {
        let name = match (is_async.is_empty(), missed.contains("exit")) {
            (true, false) => "__enter__",
            (true, true) => "__exit__",
            (false, false) => "__aenter__",
            (false, true) => "__aexit__",
        };
        return Some((types::ATTRIBUTE_ERROR, name.to_owned()));
    }
    let mut rows = TABLE.iter().filter(|row| version < row.since);
    rows.find_map(|row| {
        let parts = matched(row.now, message)?;
        let mut text = row.before.to_owned();
        for (i, part) in parts.iter().enumerate() {
            text = text.replace(&format!("{{{i}}}"), part);
        }
        Some((class, text))
    })
}

/// What stands in a text for each `{}` of a pattern; `None` where the text is another.
fn matched<'a>(pattern: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut parts = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let at = match pieces.peek() {
            // The last piece ends the text.
            None => rest.strip_suffix(piece)?.len(),
            Some(_) => rest.find(piece)?,
        };
        parts.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_as_before() {
        let told = |version, message| before(version, types::TYPE_ERROR, message).map(|row| row.1);
        let property = "property 'p' of 'P' object has no setter";
        assert_eq!(told(V3_11, property), None);
        assert_eq!(
            told(V3_10, property).as_deref(),
            Some("can't set attribute 'p'")
        );
        assert_eq!(
            told(Version::V3_9, property).as_deref(),
            Some("can't set attribute")
        );
        let with = "'int' object does not support the context manager protocol";
        assert_eq!(
            before(V3_10, types::TYPE_ERROR, with),
            Some((types::ATTRIBUTE_ERROR, "__enter__".to_owned()))
        );
    }

    #[test]
    fn patterns_match_whole_texts() {
        assert_eq!(matched("a{}c", "abc"), Some(vec!["b"]));
        assert_eq!(matched("a{}c", "abcd"), None);
        assert_eq!(matched("{} and {}", "x and y"), Some(vec!["x", "y"]));
        assert_eq!(matched("same", "same"), Some(vec![]));
    }
}
