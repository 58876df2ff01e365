//! The error handlers as functions, for `codecs.lookup_error`: they take the exception and give the
//! replacement and where to go on. CPython: `PyCodec_StrictErrors` and its siblings.

use crate::python::memory::{Addr, Own};
use crate::python::object::codec::{self, Codec, Handler};
use crate::python::object::str::{self, Text};
use crate::python::object::{Method, buffer, builtin_function, int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

static METHODS: [(&str, Method); 8] = [
    (
        "strict",
        Method::new("strict_errors", "(exception, /)", |vm, _, args| {
            run(vm, args, &Handler::Strict)
        }),
    ),
    (
        "ignore",
        Method::new("ignore_errors", "(exception, /)", |vm, _, args| {
            run(vm, args, &Handler::Ignore)
        }),
    ),
    (
        "replace",
        Method::new("replace_errors", "(exception, /)", |vm, _, args| {
            run(vm, args, &Handler::Replace)
        }),
    ),
    (
        "xmlcharrefreplace",
        Method::new(
            "xmlcharrefreplace_errors",
            "(exception, /)",
            |vm, _, args| run(vm, args, &Handler::XmlCharRefReplace),
        ),
    ),
    (
        "backslashreplace",
        Method::new(
            "backslashreplace_errors",
            "(exception, /)",
            |vm, _, args| run(vm, args, &Handler::BackslashReplace),
        ),
    ),
    (
        "namereplace",
        Method::new("namereplace_errors", "(exception, /)", |vm, _, args| {
            run(vm, args, &Handler::NameReplace)
        }),
    ),
    (
        "surrogatepass",
        Method::new("surrogatepass", "(exception, /)", |vm, _, args| {
            run(vm, args, &Handler::SurrogatePass)
        }),
    ),
    (
        "surrogateescape",
        Method::new("surrogateescape", "(exception, /)", |vm, _, args| {
            run(vm, args, &Handler::SurrogateEscape)
        }),
    ),
];

/// The function of a handler that every Python has; `None` for another name.
pub fn function(vm: &mut Vm, name: &str) -> PyResult<Option<Own>> {
    let Some((_, method)) = METHODS.iter().find(|(known, _)| *known == name) else {
        return Ok(None);
    };
    let row = vm.add_native(method);
    builtin_function::new(vm, row, Addr::NULL, Addr::NULL).map(Some)
}

/// What the exception tells: the codec, the object, the range.
struct Trouble {
    codec: Codec,
    object: Own,
    start: usize,
    end: usize,
}

impl Trouble {
    fn of(vm: &mut Vm, exception: Addr) -> PyResult<Trouble> {
        let codec = match vm.type_check(exception, types::UNICODE_TRANSLATE_ERROR) {
            true => Codec::Charmap,
            false => {
                let encoding = vm.get_attr_name(exception, "encoding")?;
                let name = str::to_rust(vm, encoding.addr());
                vm.decref(encoding);
                Codec::find(name.as_bytes()).unwrap_or(Codec::Charmap)
            }
        };
        let object = vm.get_attr_name(exception, "object")?;
        let (start, end) = (index(vm, exception, "start")?, index(vm, exception, "end")?);
        Ok(Trouble {
            codec,
            object,
            start,
            end,
        })
    }
}

fn index(vm: &mut Vm, exception: Addr, name: &str) -> PyResult<usize> {
    let number = vm.get_attr_name(exception, name)?;
    let value = vm.index_value(number.addr(), types::OVERFLOW_ERROR)?;
    vm.decref(number);
    Ok(usize::try_from(value).unwrap_or(0))
}

fn run(vm: &mut Vm, args: Args, handler: &Handler) -> PyResult<Own> {
    let exception = args.get(vm, 0);
    let is = |vm: &Vm, class| vm.type_check(exception, class);
    if *handler == Handler::Strict {
        if !is(vm, types::BASE_EXCEPTION) {
            return Err(vm.type_error("codec must pass exception instance"));
        }
        let exception = vm.incref(exception);
        return Err(vm.raise(exception));
    }
    let decodes = is(vm, types::UNICODE_DECODE_ERROR);
    if !decodes && !is(vm, types::UNICODE_ENCODE_ERROR) && !is(vm, types::UNICODE_TRANSLATE_ERROR) {
        let given = vm.type_name(exception);
        return Err(vm.type_error(format!(
            "don't know how to handle {given} in error callback"
        )));
    }
    let translates = is(vm, types::UNICODE_TRANSLATE_ERROR);
    let trouble = Trouble::of(vm, exception)?;
    let (replacement, next) = if translates && *handler == Handler::Replace {
        let mark = vec![0xFFFD; trouble.end.saturating_sub(trouble.start)];
        (str::try_from_code_points(vm, &mark)?, trouble.end)
    } else if decodes {
        decoded(vm, &trouble, handler)?
    } else {
        encoded(vm, &trouble, handler)?
    };
    vm.decref(trouble.object);
    let next = int::from_usize(vm, next);
    Ok(tuple::from_owned(vm, vec![replacement, next]))
}

fn decoded(vm: &mut Vm, trouble: &Trouble, handler: &Handler) -> PyResult<(Own, usize)> {
    let data = buffer::content(vm, trouble.object.addr())?;
    let end = trouble.end.min(data.len());
    let start = trouble.start.min(end);
    let mut text = Text::new();
    let wrong = codec::Undecodable {
        codec: trouble.codec,
        object: trouble.object.addr(),
        data: &data,
        start,
        end,
        reason: "",
    };
    let next = wrong.handle(vm, handler, &mut text)?;
    Ok((text.finish(vm)?, next))
}

fn encoded(vm: &mut Vm, trouble: &Trouble, handler: &Handler) -> PyResult<(Own, usize)> {
    let points = str::view(vm, trouble.object.addr()).to_vec();
    let end = trouble.end.min(points.len());
    let start = trouble.start.min(end);
    let wrong = codec::Unencodable {
        codec: trouble.codec,
        string: trouble.object.addr(),
        points: &points,
        start,
        end,
        reason: "",
    };
    let (substitute, next) = wrong.handle(vm, handler)?;
    let replacement = match substitute {
        codec::Substitute::Text(points) => str::try_from_code_points(vm, &points)?,
        codec::Substitute::Bytes(bytes) => crate::python::object::bytes::try_new(vm, &bytes)?,
    };
    Ok((replacement, next))
}
