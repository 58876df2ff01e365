//! `_codecs`: the registry of codecs and error handlers, and the codecs themselves. CPython: Modules/_codecsmodule.c,
//! Python/codecs.c.

use super::{NativeModule, codec_errors};
use crate::python::memory::{Addr, Own};
use crate::python::object::codec::{self, Codec, Endian, Handler, none_is_null};
use crate::python::object::str::{self, arg};
use crate::python::object::{Method, NONE, buffer, bytes, dict, int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// What Python code registered. The references are owned.
#[derive(Default)]
pub struct Registry {
    search: Vec<Addr>,
    known: Vec<(String, Addr)>,
    handlers: Vec<(String, Addr)>,
}

impl Registry {
    /// Everything it refers to, for the audit.
    pub fn references(&self) -> impl Iterator<Item = Addr> + '_ {
        let named = self
            .known
            .iter()
            .chain(&self.handlers)
            .map(|(_, object)| *object);
        self.search.iter().copied().chain(named)
    }
}

/// `_codecs`
pub static MODULE: NativeModule = NativeModule {
    name: "_codecs",
    methods: METHODS,
    types: &[],
    init: |_, _| Ok(()),
};

macro_rules! codecs {
    ($($encode:ident $encode_name:literal, $decode:ident $decode_name:literal, $codec:expr;)*) => {
        $(
            fn $encode(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
                encode_pair(vm, args, $codec)
            }
            fn $decode(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
                decode_pair(vm, args, $codec)
            }
        )*
        const METHODS: &[Method] = &[
            Method::new("register", "(search_function, /)", register),
            Method::new("unregister", "(search_function, /)", unregister),
            Method::new("lookup", "(encoding, /)", lookup_method),
            Method::new("encode", "(obj, encoding='utf-8', errors='strict')", encode),
            Method::new("decode", "(obj, encoding='utf-8', errors='strict')", decode),
            $(
                Method::new($encode_name, "(str, errors=None, /)", $encode),
                Method::new($decode_name, "(data, errors=None, final=False, /)", $decode),
            )*
            Method::new("charmap_build", "(map, /)", charmap_build),
            Method::new("charmap_encode", "(str, errors=None, mapping=None, /)", charmap_encode),
            Method::new("charmap_decode", "(data, errors=None, mapping=None, /)", charmap_decode),
            Method::new("register_error", "(errors, handler, /)", register_error),
            Method::new("lookup_error", "(name, /)", lookup_error),
        ];
    };
}

codecs! {
    utf_8_encode "utf_8_encode", utf_8_decode "utf_8_decode", Codec::Utf8;
    utf_16_encode "utf_16_encode", utf_16_decode "utf_16_decode", Codec::Utf16(Endian::Marked);
    utf_16_le_encode "utf_16_le_encode", utf_16_le_decode "utf_16_le_decode", Codec::Utf16(Endian::Little);
    utf_16_be_encode "utf_16_be_encode", utf_16_be_decode "utf_16_be_decode", Codec::Utf16(Endian::Big);
    utf_32_encode "utf_32_encode", utf_32_decode "utf_32_decode", Codec::Utf32(Endian::Marked);
    utf_32_le_encode "utf_32_le_encode", utf_32_le_decode "utf_32_le_decode", Codec::Utf32(Endian::Little);
    utf_32_be_encode "utf_32_be_encode", utf_32_be_decode "utf_32_be_decode", Codec::Utf32(Endian::Big);
    latin_1_encode "latin_1_encode", latin_1_decode "latin_1_decode", Codec::Latin1;
    ascii_encode "ascii_encode", ascii_decode "ascii_decode", Codec::Ascii;
    unicode_escape_encode "unicode_escape_encode", unicode_escape_decode "unicode_escape_decode", Codec::UnicodeEscape;
    raw_unicode_escape_encode "raw_unicode_escape_encode", raw_unicode_escape_decode "raw_unicode_escape_decode", Codec::RawUnicodeEscape;
}

fn handler_arg(vm: &mut Vm, args: Args, i: usize) -> Handler {
    let errors = none_is_null(args.get(vm, i));
    Handler::of_arg(vm, errors)
}

/// `(bytes, characters used)`
fn encode_pair(vm: &mut Vm, args: Args, codec: Codec) -> PyResult<Own> {
    let string = arg::string(vm, "encode", "argument 1", args.get(vm, 0))?;
    let handler = handler_arg(vm, args, 1);
    let encoded = codec::encode_with(vm, string, codec, &handler)?;
    let used = int::from_usize(vm, str::len(vm, string));
    Ok(tuple::from_owned(vm, vec![encoded, used]))
}

/// `(text, bytes used)`
fn decode_pair(vm: &mut Vm, args: Args, codec: Codec) -> PyResult<Own> {
    let data = args.get(vm, 0);
    let content = if str::check(vm, data) {
        // The escape codecs take text too.
        str::to_rust(vm, data).into_bytes()
    } else {
        buffer::content(vm, data)?
    };
    let handler = handler_arg(vm, args, 1);
    let last = match args.opt(vm, 2) {
        Some(last) => vm.is_true(last)?,
        None => matches!(
            codec,
            Codec::Latin1 | Codec::Ascii | Codec::UnicodeEscape | Codec::RawUnicodeEscape
        ),
    };
    let (text, used) = if last {
        (
            codec::decode_with(vm, data, &content, codec, &handler)?,
            content.len(),
        )
    } else {
        codec::decode_partial(vm, data, &content, codec, &handler)?
    };
    let used = int::from_usize(vm, used);
    Ok(tuple::from_owned(vm, vec![text, used]))
}

fn register(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let function = args.get(vm, 0);
    if !vm.is_callable(function) {
        return Err(vm.type_error("argument must be callable"));
    }
    let function = vm.incref(function).into_addr();
    vm.codecs.search.push(function);
    Ok(vm.none())
}

fn unregister(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let function = args.get(vm, 0);
    if let Some(at) = vm.codecs.search.iter().position(|known| *known == function) {
        let mut gone = vec![vm.codecs.search.remove(at)];
        gone.extend(
            std::mem::take(&mut vm.codecs.known)
                .into_iter()
                .map(|(_, info)| info),
        );
        gone.into_iter()
            .for_each(|object| vm.decref(Own::from_addr(object)));
    }
    Ok(vm.none())
}

fn lookup_method(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = arg::string(vm, "lookup", "argument", args.get(vm, 0))?;
    lookup(vm, name)
}

/// The codec that a name stands for in the registry: a tuple of functions. The first look-up imports
/// `encodings`, which registers the library's codecs.
pub fn lookup(vm: &mut Vm, encoding: Addr) -> PyResult<Own> {
    let name = str::to_rust(vm, encoding)
        .to_ascii_lowercase()
        .replace(' ', "_");
    if let Some((_, info)) = vm.codecs.known.iter().find(|(known, _)| *known == name) {
        let info = *info;
        return Ok(vm.incref(info));
    }
    if vm.codecs.search.is_empty() {
        let library = vm.import_module("encodings")?;
        vm.decref(library);
    }
    let key = str::new(vm, &name);
    for function in vm.codecs.search.clone() {
        let info = vm.call(function, &[key.addr()])?;
        if info.addr() == NONE {
            vm.decref(info);
            continue;
        }
        if !vm.type_check(info.addr(), types::TUPLE) || tuple::len(vm, info.addr()) != 4 {
            return Err(vm.type_error("codec search functions must return 4-tuples"));
        }
        let kept = vm.incref(info.addr()).into_addr();
        vm.codecs.known.push((name, kept));
        vm.decref(key);
        return Ok(info);
    }
    vm.decref(key);
    let given = str::to_rust(vm, encoding);
    Err(vm.lookup_error(format!("unknown encoding: {given}")))
}

/// Calls function `which` of a codec (0 encodes, 1 decodes); the first item of the pair that it returns.
pub fn call(vm: &mut Vm, info: Addr, which: usize, object: Addr, errors: Addr) -> PyResult<Own> {
    let function = tuple::item(vm, info, which);
    let arguments = [object, errors];
    let pair = vm.call(function, &arguments[..if errors.is_null() { 1 } else { 2 }])?;
    if !vm.type_check(pair.addr(), types::TUPLE) || tuple::len(vm, pair.addr()) != 2 {
        let kind = ["encoder", "decoder"][which];
        return Err(vm.type_error(format!("{kind} must return a tuple (object, integer)")));
    }
    let result = tuple::item(vm, pair.addr(), 0);
    let result = vm.incref(result);
    vm.decref(pair);
    Ok(result)
}

fn encode(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    convert(vm, args, "encode", 0)
}

fn decode(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    convert(vm, args, "decode", 1)
}

fn convert(vm: &mut Vm, args: Args, name: &str, which: usize) -> PyResult<Own> {
    let (object, errors) = (args.get(vm, 0), args.get(vm, 2));
    let encoding = match args.opt(vm, 1) {
        Some(encoding) => {
            arg::string(vm, name, "argument 'encoding'", encoding)?;
            vm.incref(encoding)
        }
        None => str::new(vm, "utf-8"),
    };
    if !errors.is_null() {
        arg::string(vm, name, "argument 'errors'", errors)?;
    }
    let builtin = Codec::find(str::to_rust(vm, encoding.addr()).as_bytes()).is_some();
    let result = if builtin && which == 0 && str::check(vm, object) {
        codec::encode(vm, object, encoding.addr(), errors)?
    } else if builtin && which == 1 && buffer::is_buffer(vm, object) {
        let content = buffer::content(vm, object)?;
        codec::decode(vm, object, &content, encoding.addr(), errors)?
    } else {
        let info = lookup(vm, encoding.addr())?;
        let result = call(vm, info.addr(), which, object, errors)?;
        vm.decref(info);
        result
    };
    vm.decref(encoding);
    Ok(result)
}

fn register_error(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = arg::string(vm, "register_error", "argument 1", args.get(vm, 0))?;
    let handler = args.get(vm, 1);
    if !vm.is_callable(handler) {
        return Err(vm.type_error("handler must be callable"));
    }
    let name = str::to_rust(vm, name);
    let handler = vm.incref(handler).into_addr();
    let old = match vm
        .codecs
        .handlers
        .iter_mut()
        .find(|(known, _)| *known == name)
    {
        Some((_, known)) => Some(std::mem::replace(known, handler)),
        None => {
            vm.codecs.handlers.push((name, handler));
            None
        }
    };
    vm.xdecref(old.map(Own::from_addr));
    Ok(vm.none())
}

fn lookup_error(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let name = arg::string(vm, "lookup_error", "argument", args.get(vm, 0))?;
    let name = str::to_rust(vm, name);
    error_handler(vm, &name)
}

/// The function that Python code registered for a name.
pub fn error_handler(vm: &mut Vm, name: &str) -> PyResult<Own> {
    match vm.codecs.handlers.iter().find(|(known, _)| known == name) {
        Some((_, handler)) => {
            let handler = *handler;
            Ok(vm.incref(handler))
        }
        None => match codec_errors::function(vm, name)? {
            Some(handler) => {
                let kept = vm.incref(handler.addr()).into_addr();
                vm.codecs.handlers.push((name.to_owned(), kept));
                Ok(handler)
            }
            None => Err(vm.lookup_error(format!("unknown error handler name '{name}'"))),
        },
    }
}

/// A decoding table turned round: a dict from code points to bytes.
fn charmap_build(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let table = arg::string(vm, "charmap_build", "argument", args.get(vm, 0))?;
    let map = dict::new(vm);
    for (byte, point) in str::view(vm, table).to_vec().into_iter().enumerate() {
        let (key, value) = (int::new(vm, i64::from(point)), int::from_usize(vm, byte));
        dict::set(vm, map.addr(), key.addr(), value.addr())?;
        vm.decref(key);
        vm.decref(value);
    }
    Ok(map)
}

fn charmap_encode(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let string = arg::string(vm, "charmap_encode", "argument 1", args.get(vm, 0))?;
    let handler = handler_arg(vm, args, 1);
    let mapping = none_is_null(args.get(vm, 2));
    if mapping.is_null() {
        return encode_pair(vm, args, Codec::Latin1);
    }
    let mut output = Vec::new();
    for (at, point) in str::view(vm, string).to_vec().into_iter().enumerate() {
        match charmap_bytes(vm, mapping, point)? {
            Some(found) => output.extend_from_slice(&found),
            None => match codec::charmap_unencodable(vm, string, at, &handler)? {
                Ok(raw) => output.extend_from_slice(&raw),
                Err(text) => {
                    for point in text {
                        match charmap_bytes(vm, mapping, point)? {
                            Some(found) => output.extend_from_slice(&found),
                            None => {
                                codec::charmap_unencodable(vm, string, at, &Handler::Strict)?.ok();
                            }
                        }
                    }
                }
            },
        }
    }
    let encoded = bytes::try_new(vm, &output)?;
    let used = int::from_usize(vm, str::len(vm, string));
    Ok(tuple::from_owned(vm, vec![encoded, used]))
}

/// The bytes that a mapping has for a code point.
fn charmap_bytes(vm: &mut Vm, mapping: Addr, point: u32) -> PyResult<Option<Vec<u8>>> {
    let key = int::new(vm, i64::from(point));
    let found = vm.get_item(mapping, key.addr());
    let found = vm.ignore_raised(found, types::LOOKUP_ERROR);
    vm.decref(key);
    let Some(found) = found? else {
        return Ok(None);
    };
    let object = found.addr();
    let result = if object == NONE {
        None
    } else if bytes::check(vm, object) {
        Some(bytes::as_slice(vm, object).to_vec())
    } else {
        match int::check(vm, object)
            .then(|| int::as_i64(vm, object))
            .flatten()
            .map(u8::try_from)
        {
            Some(Ok(byte)) => Some(vec![byte]),
            _ => return Err(vm.type_error("character mapping must be in range(256)")),
        }
    };
    vm.decref(found);
    Ok(result)
}

fn charmap_decode(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let data = args.get(vm, 0);
    let content = buffer::content(vm, data)?;
    let handler = handler_arg(vm, args, 1);
    let mapping = none_is_null(args.get(vm, 2));
    if mapping.is_null() {
        let text = codec::decode_with(vm, data, &content, Codec::Latin1, &handler)?;
        let used = int::from_usize(vm, content.len());
        return Ok(tuple::from_owned(vm, vec![text, used]));
    }
    let mut text = str::Text::new();
    let mut at = 0;
    while let Some(byte) = content.get(at) {
        match charmap_text(vm, mapping, *byte)? {
            Some(points) => {
                points.into_iter().for_each(|point| text.push(point));
                at += 1;
            }
            None => at = codec::charmap_undecodable(vm, data, &content, at, &handler, &mut text)?,
        }
    }
    let (text, used) = (text.finish(vm)?, int::from_usize(vm, content.len()));
    Ok(tuple::from_owned(vm, vec![text, used]))
}

/// The text that a mapping has for a byte; U+FFFE in a table stands for none.
fn charmap_text(vm: &mut Vm, mapping: Addr, byte: u8) -> PyResult<Option<Vec<u32>>> {
    if str::check(vm, mapping) {
        let point = (usize::from(byte) < str::len(vm, mapping))
            .then(|| str::point(vm, mapping, usize::from(byte)));
        return Ok(point
            .filter(|point| *point != 0xFFFE)
            .map(|point| vec![point]));
    }
    let key = int::new(vm, i64::from(byte));
    let found = vm.get_item(mapping, key.addr());
    let found = vm.ignore_raised(found, types::LOOKUP_ERROR);
    vm.decref(key);
    let Some(found) = found? else {
        return Ok(None);
    };
    let object = found.addr();
    let result = if object == NONE {
        None
    } else if str::check(vm, object) {
        Some(str::view(vm, object).to_vec()).filter(|points| points != &[0xFFFE])
    } else {
        match int::check(vm, object)
            .then(|| int::as_i64(vm, object))
            .flatten()
            .map(u32::try_from)
        {
            Some(Ok(0xFFFE)) => None,
            Some(Ok(point)) if point < 0x11_0000 => Some(vec![point]),
            _ => return Err(vm.type_error("character mapping must be in range(0x110000)")),
        }
    };
    vm.decref(found);
    Ok(result)
}
