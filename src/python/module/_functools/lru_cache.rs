//! `functools._lru_cache_wrapper`: results by arguments, in a dict of links that form a ring from the least
//! to the most recently used. CPython: `lru_cache_object`, `lru_list_elem`.

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    GetSet, Method, NONE, Slots, TypeSpec, alloc, dict, flags, int, iterator, object, str, tuple,
    types, weakref,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of a link's `prev`; the wrapper itself starts with the ring's root.
const PREV: u64 = 16;
/// Offset of a link's `next`.
const NEXT: u64 = 24;
/// Offset of a link's `hash`.
const HASH: u64 = 32;
/// Offset of a link's `key`.
const KEY: u64 = 40;
/// Offset of a link's `result`.
const RESULT: u64 = 48;

/// Offset of `wrapper`: how a call is done, as a number.
const MODE: u64 = 56;
/// Offset of `typed`.
const TYPED: u64 = 64;
/// Offset of `cache`, a dict.
const CACHE: u64 = 72;
/// Offset of `hits`.
const HITS: u64 = 80;
/// Offset of `func`.
const FUNCTION: u64 = 88;
/// Offset of `maxsize`, -1 for none.
const MAXSIZE: u64 = 96;
/// Offset of `misses`.
const MISSES: u64 = 104;
/// Offset of `kwd_mark`.
const MARK: u64 = 112;
/// Offset of `cache_info_type`.
const INFO_TYPE: u64 = 128;
/// Offset of `dict`.
const DICT: u64 = 136;
/// Offset of `weakreflist`.
const WEAKREFS: u64 = 144;

const FIELDS: &[u64] = &[CACHE, FUNCTION, MARK, INFO_TYPE, DICT];

/// `maxsize=0`: nothing is kept.
const UNCACHED: u64 = 0;
/// `maxsize=None`
const INFINITE: u64 = 1;
/// A cache that forgets the least recently used.
const BOUNDED: u64 = 2;

/// `functools._lru_cache_wrapper`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 152,
    dictoffset: DICT as u32,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC | flags::METHOD_DESCRIPTOR,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(dealloc);
        slots.traverse = Some(traverse);
        slots.clear = Some(clear);
        slots.call = Some(call);
        slots.descr_get = Some(descr_get);
        slots.new = Some(new_slot);
    },
    methods: &[
        Method::new("cache_info", "()", cache_info),
        Method::new("cache_clear", "()", cache_clear),
        Method::new("__reduce__", "()", reduce),
        Method::new("__copy__", "()", |vm, cache, _| Ok(vm.incref(cache))),
        Method::new("__deepcopy__", "(memo, /)", |vm, cache, _| {
            Ok(vm.incref(cache))
        }),
    ],
    getset: &[GetSet::write(
        "__dict__",
        object::get_dict,
        |vm, cache, _, value| object::set_dict(vm, cache, value),
    )],
    doc: Some(
        "Create a cached callable that wraps another function.\n\nuser_function:      the function being cached\n\n\
         maxsize:  0         for no caching\n          None      for unlimited cache size\n          \
         n         for a bounded cache\n\ntyped:    False     cache f(3) and f(3.0) as identical calls\n          \
         True      cache f(3) and f(3.0) as distinct calls\n\n\
         cache_info_type:    namedtuple class with the fields:\n                        \
         hits misses currsize maxsize\n",
    ),
    ..TypeSpec::new(types::LRU_CACHE_WRAPPER, "functools._lru_cache_wrapper")
};

/// `functools._lru_list_elem`. The collector does not know links: the wrapper visits what they hold.
pub static LINK_SPEC: TypeSpec = TypeSpec {
    basicsize: 56,
    flags: flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, link| {
            for field in [KEY, RESULT] {
                let word = vm.word(link, field);
                vm.decref_word(word);
            }
            alloc::free(vm, link);
        });
    },
    ..TypeSpec::new(types::LRU_LIST_ELEM, "functools._lru_list_elem")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [function, maxsize, typed, info_type] = args.bind::<4>(
        vm,
        "lru_cache",
        "(user_function, maxsize, typed, cache_info_type)",
    )?;
    if !vm.is_callable(function) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let (mode, maxsize) = if maxsize == NONE {
        (INFINITE, -1)
    } else if vm.slots(maxsize).index.is_some() {
        match vm.index_value(maxsize, types::OVERFLOW_ERROR)?.max(0) {
            0 => (UNCACHED, 0),
            maxsize => (BOUNDED, maxsize as i64),
        }
    } else {
        return Err(vm.type_error("maxsize should be integer or None"));
    };
    let typed = vm.is_true(typed)?;
    let cache_dict = dict::new(vm);
    let cache = alloc::alloc(vm, class, 0)?;
    let at = cache.addr();
    for field in [PREV, NEXT] {
        vm.set_word(at, field, at.0);
    }
    vm.set_word(at, MODE, mode);
    vm.set_word(at, TYPED, u64::from(typed));
    vm.set_word(at, MAXSIZE, maxsize as u64);
    vm.init_field(at, CACHE, cache_dict);
    let mark = vm.call(types::OBJECT, &[])?;
    vm.init_field(at, MARK, mark);
    let (function, info_type) = (vm.incref(function), vm.incref(info_type));
    vm.init_field(at, FUNCTION, function);
    vm.init_field(at, INFO_TYPE, info_type);
    gc::track(vm, at);
    Ok(cache)
}

/// The key of a call: the only argument if it is a plain `str` or `int`, the arguments' tuple, or a tuple
/// of everything that tells calls apart.
fn make_key(vm: &mut Vm, cache: Addr, args: Args, positional: Addr) -> Own {
    let typed = vm.word(cache, TYPED) != 0;
    let keywords = args.keywords(vm);
    if !typed && keywords.is_empty() {
        if args.len() == 1 {
            let only = args.get(vm, 0);
            if matches!(vm.type_of(only), types::STR | types::INT) {
                return vm.incref(only);
            }
        }
        return vm.incref(positional);
    }
    let mut parts = args.to_vec(vm);
    if !keywords.is_empty() {
        parts.push(vm.field(cache, MARK));
        for (name, value) in &keywords {
            parts.extend([*name, *value]);
        }
    }
    if typed {
        parts.extend(args.to_vec(vm).into_iter().map(|part| vm.type_of(part)));
        parts.extend(keywords.iter().map(|pair| vm.type_of(pair.1)));
    }
    tuple::new(vm, &parts)
}

fn add(vm: &mut Vm, cache: Addr, counter: u64) {
    let count = vm.word(cache, counter);
    vm.set_word(cache, counter, count + 1);
}

fn call(vm: &mut Vm, cache: Addr, args: Args) -> PyResult<Own> {
    let keywords = vm.keywords_dict(args)?;
    let result = call_held(vm, cache, args)?;
    vm.xdecref(keywords);
    Ok(result)
}

fn call_held(vm: &mut Vm, cache: Addr, args: Args) -> PyResult<Own> {
    if vm.word(cache, MODE) == UNCACHED {
        add(vm, cache, MISSES);
        return call_function(vm, cache, args);
    }
    let positional = tuple::copy_items(vm, args.base(), args.len())?;
    let key = make_key(vm, cache, args, positional.addr());
    let result = if vm.word(cache, MODE) == INFINITE {
        call_infinite(vm, cache, args, &key)?
    } else {
        call_bounded(vm, cache, args, &key)?
    };
    vm.decref(key);
    vm.decref(positional);
    Ok(result)
}

/// Calls the function itself, with a copy of the arguments: binding takes the words it is given apart, and
/// these are the caller's.
fn call_function(vm: &mut Vm, cache: Addr, args: Args) -> PyResult<Own> {
    let function = vm.incref(vm.field(cache, FUNCTION));
    let positional = args.to_vec(vm);
    let (names, given): (Vec<Addr>, Vec<Addr>) = args.keywords(vm).into_iter().unzip();
    // The names of the dict of keywords.
    let names = (!names.is_empty()).then(|| tuple::new(vm, &names));
    let words = names.as_ref().map_or(Addr::NULL, Own::addr);
    let result = vm.call_keywords(function.addr(), &positional, words, &given)?;
    vm.xdecref(names);
    vm.decref(function);
    Ok(result)
}

fn call_infinite(vm: &mut Vm, cache: Addr, args: Args, key: &Own) -> PyResult<Own> {
    let results = vm.field(cache, CACHE);
    let hash = dict::hash_of(vm, key.addr())?;
    if let Some(result) = dict::get_hashed(vm, results, key.addr(), hash)? {
        add(vm, cache, HITS);
        return Ok(vm.incref(result));
    }
    add(vm, cache, MISSES);
    let result = call_function(vm, cache, args)?;
    let (key, kept) = (vm.incref(key.addr()), vm.incref(result.addr()));
    dict::set_hashed(vm, results, key, hash, kept)?;
    Ok(result)
}

fn call_bounded(vm: &mut Vm, cache: Addr, args: Args, key: &Own) -> PyResult<Own> {
    let links = vm.field(cache, CACHE);
    let hash = dict::hash_of(vm, key.addr())?;
    if let Some(link) = dict::get_hashed(vm, links, key.addr(), hash)? {
        unlink(vm, link);
        add(vm, cache, HITS);
        append(vm, cache, link);
        let result = vm.field(link, RESULT);
        return Ok(vm.incref(result));
    }
    add(vm, cache, MISSES);
    let result = call_function(vm, cache, args)?;
    if dict::get_hashed(vm, links, key.addr(), hash)?.is_some() {
        // The call itself has put the same key into the cache.
        return Ok(result);
    }
    let full = dict::len(vm, links) as i64 >= vm.word(cache, MAXSIZE) as i64;
    if full && vm.word(cache, NEXT) != cache.0 {
        replace_oldest(vm, cache, key, hash, &result)?;
    } else {
        let link = alloc::alloc(vm, types::LRU_LIST_ELEM, 0)?;
        vm.set_word(link.addr(), HASH, hash as u64);
        let (link_key, link_result) = (vm.incref(key.addr()), vm.incref(result.addr()));
        vm.init_field(link.addr(), KEY, link_key);
        vm.init_field(link.addr(), RESULT, link_result);
        let (own_key, own_link) = (vm.incref(key.addr()), vm.incref(link.addr()));
        dict::set_hashed(vm, links, own_key, hash, own_link)?;
        let link = link.into_addr();
        append(vm, cache, link);
    }
    Ok(result)
}

/// Gives the link of the least recently used result to a new one. The old key and result die when the ring
/// is in order again.
fn replace_oldest(vm: &mut Vm, cache: Addr, key: &Own, hash: i64, result: &Own) -> PyResult<()> {
    let links = vm.field(cache, CACHE);
    let link = vm.field(cache, NEXT);
    unlink(vm, link);
    let (old_key, old_hash) = (vm.field(link, KEY), vm.word(link, HASH) as i64);
    let popped = dict::remove_hashed(vm, links, old_key, old_hash)?;
    if popped.is_none() {
        // The user's code has removed the key: the link is an orphan.
        vm.decref(Own::from_addr(link));
        return Ok(());
    }
    vm.set_word(link, HASH, hash as u64);
    let (new_key, new_result) = (vm.incref(key.addr()), vm.incref(result.addr()));
    let old_key = vm.replace_field(link, KEY, Some(new_key));
    let old_result = vm.replace_field(link, RESULT, Some(new_result));
    let (own_key, own_link) = (vm.incref(key.addr()), vm.incref(link));
    dict::set_hashed(vm, links, own_key, hash, own_link)?;
    append(vm, cache, link);
    vm.xdecref(popped);
    vm.xdecref(old_key);
    vm.xdecref(old_result);
    Ok(())
}

/// Takes a link out of the ring.
fn unlink(vm: &mut Vm, link: Addr) {
    let (prev, next) = (vm.field(link, PREV), vm.field(link, NEXT));
    vm.set_word(prev, NEXT, next.0);
    vm.set_word(next, PREV, prev.0);
}

/// Puts a link at the most recently used end. The ring owns a count of each link.
fn append(vm: &mut Vm, cache: Addr, link: Addr) {
    let last = vm.field(cache, PREV);
    vm.set_word(last, NEXT, link.0);
    vm.set_word(cache, PREV, link.0);
    vm.set_word(link, PREV, last.0);
    vm.set_word(link, NEXT, cache.0);
}

/// The ring's links, oldest first; the ring is empty afterwards, and its counts are the caller's.
fn take_links(vm: &mut Vm, cache: Addr) -> Vec<Own> {
    let mut links = Vec::new();
    let mut link = vm.field(cache, NEXT);
    while link != cache && !link.is_null() {
        links.push(Own::from_addr(link));
        link = vm.field(link, NEXT);
    }
    for field in [PREV, NEXT] {
        vm.set_word(cache, field, cache.0);
    }
    links
}

fn dealloc(vm: &mut Vm, cache: Addr) {
    gc::untrack(vm, cache);
    if vm.word(cache, WEAKREFS) != 0 {
        weakref::clear_refs(vm, cache);
    }
    clear(vm, cache);
    alloc::free(vm, cache);
}

fn clear(vm: &mut Vm, cache: Addr) {
    let links = take_links(vm, cache);
    iterator::clear_fields(vm, cache, FIELDS);
    for link in links {
        vm.decref(link);
    }
}

fn traverse(vm: &Vm, cache: Addr, visit: &mut dyn FnMut(Addr)) {
    let mut link = vm.field(cache, NEXT);
    while link != cache && !link.is_null() {
        iterator::visit_fields(vm, link, &[KEY, RESULT], visit);
        visit(link);
        link = vm.field(link, NEXT);
    }
    iterator::visit_fields(vm, cache, FIELDS, visit);
}

fn descr_get(
    vm: &mut Vm,
    cache: Addr,
    instance: Option<Addr>,
    _class: Option<Addr>,
) -> PyResult<Own> {
    match instance {
        None | Some(NONE) => Ok(vm.incref(cache)),
        Some(instance) => vm.call(types::METHOD, &[cache, instance]),
    }
}

fn cache_info(vm: &mut Vm, cache: Addr, _args: Args) -> PyResult<Own> {
    let info_type = vm.field(cache, INFO_TYPE);
    let [hits, misses, maxsize] = [HITS, MISSES, MAXSIZE].map(|field| vm.word(cache, field) as i64);
    let count = dict::len(vm, vm.field(cache, CACHE)) as i64;
    let maxsize = if maxsize < 0 {
        vm.none()
    } else {
        int::new(vm, maxsize)
    };
    let (hits, misses, count) = (
        int::new(vm, hits),
        int::new(vm, misses),
        int::new(vm, count),
    );
    let parts = [hits, misses, maxsize, count];
    let info = vm.call(info_type, &[0, 1, 2, 3].map(|i: usize| parts[i].addr()))?;
    for part in parts {
        vm.decref(part);
    }
    Ok(info)
}

fn cache_clear(vm: &mut Vm, cache: Addr, _args: Args) -> PyResult<Own> {
    let links = take_links(vm, cache);
    vm.set_word(cache, HITS, 0);
    vm.set_word(cache, MISSES, 0);
    let results = vm.field(cache, CACHE);
    dict::clear(vm, results);
    for link in links {
        vm.decref(link);
    }
    Ok(vm.none())
}

fn reduce(vm: &mut Vm, cache: Addr, _args: Args) -> PyResult<Own> {
    let name = str::intern(vm, "__qualname__");
    let qualname = vm.get_attr(cache, name.addr())?;
    vm.decref(name);
    Ok(qualname)
}
