//! Threads that take turns: who runs, who waits for what, and who goes on next.
//!
//! One thread runs until it waits for a lock, a thread or the clock, or ends. A new one runs as soon as it is started, as
//! it does nearly always under the interpreter lock. Then the one goes on that has waited longest among those that
//! can; where none can, the virtual clock moves to the first deadline; where there is none, nobody will ever go on.
//!
//! A thread that waits gives its frames away: they are kept here, with the words of the data stack between them,
//! until it goes on, and the instruction that had to wait runs once more. Where native code stands between the thread's
//! frames (a key function of `sorted` that sleeps), they can't be taken away: the others run inside that call then,
//! as they do inside a call of the main thread.
//!
//! ```text
//! main ── waits: run the next one ──▶ A ── waits: its frames leave ──▶ main's loop again ──▶ B …
//! ```

use super::IDENT;
use crate::python::code::Op;
use crate::python::memory::{Addr, Own};
use crate::python::module::time;
use crate::python::object::{NativeFn, builtin_function, descriptor, frame as frame_object, types};
use crate::python::vm::frame::{Frame, Owner};
use crate::python::vm::{PyResult, Raised, Vm};

/// The place of a frame object whose frame waits with its thread.
const ELSEWHERE: usize = u32::MAX as usize;

/// What a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// The deadline alone.
    Time,
    /// A word to become 0: a lock that is released.
    Word(Addr),
    /// A thread that ends, by its handle.
    Handle(Addr),
    /// All threads that a program waits for when it ends.
    All,
}

/// A wait.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    what: For,
    /// When it ends anyway, on the machine's clock.
    deadline: Option<u64>,
    /// Its place in the queue.
    turn: u64,
}

/// What a thread has for itself, while others run.
#[derive(Default)]
struct Private {
    frames: Vec<Frame>,
    exc_value: Addr,
    exc_saved: Vec<Addr>,
    context: Addr,
    running_loop: Addr,
    pc: usize,
}

/// A thread that waits.
struct Waiting {
    number: i64,
    wait: Wait,
    own: Private,
    /// Its part of the data stack, which began at `base`.
    words: Vec<u64>,
    base: Addr,
    task: Task,
}

/// What a thread was started with; the references are owned.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// What it calls.
    pub function: Addr,
    /// A tuple of arguments.
    pub args: Addr,
    /// A dict of keywords, or `NULL`.
    pub keywords: Addr,
    /// Its handle, or `NULL`.
    pub handle: Addr,
    /// Whether the program ends without it.
    pub daemon: bool,
}

/// All threads.
#[derive(Default)]
pub struct State {
    /// Threads started so far.
    started: i64,
    /// Number of the running one, 0 for the main thread.
    pub running: i64,
    /// Threads under way beside the main one.
    pub alive: i64,
    /// Every living `_thread._local`.
    pub locals: Vec<Addr>,
    waiting: Vec<Waiting>,
    /// How deep native calls were when the running thread got its turn.
    depth: u32,
    /// How many waits there were.
    turns: u64,
    /// The running thread is about to wait, or to run an instruction once more.
    pub leaving: Option<Leaving>,
    /// The wait of the thread that goes on: the instruction that had to wait asks for it.
    again: Option<Wait>,
    /// Python functions in the place of native ones that call others, and their globals; see [`super::redirect`].
    pub redirect: super::redirect::Functions,
}

/// Why the loop is left without an exception.
#[derive(Clone, Copy, Debug)]
pub enum Leaving {
    /// The thread waits; the instruction runs again when it goes on.
    Wait(Wait),
    /// The instruction runs again: its operands have changed.
    Again,
}

impl State {
    /// What the threads that wait refer to, and what the machine keeps for them.
    pub fn references(&self, vm: &Vm) -> Vec<Addr> {
        let mut found = self.redirect.references();
        for thread in &self.waiting {
            let Private {
                exc_value,
                context,
                running_loop,
                ..
            } = thread.own;
            found.extend([exc_value, context, running_loop]);
            found.extend(&thread.own.exc_saved);
            let task = thread.task;
            found.extend([task.function, task.args, task.keywords, task.handle]);
            for frame in &thread.own.frames {
                found.extend([frame.code, frame.function, frame.locals, frame.object]);
                let count = Vm::frame_words(frame, frame.sp);
                found.extend((0..count).map(|i| match frame.owner {
                    Owner::Thread => {
                        let at = (frame.base.0 - thread.base.0) / 8 + i;
                        Addr(thread.words.get(at as usize).copied().unwrap_or(0))
                    }
                    Owner::Generator(_) => vm.field(frame.base, 8 * i),
                }));
            }
        }
        found.retain(|word| !word.is_null() && !crate::python::vm::pair::is_index(word.0));
        found
    }
}

/// What `get_ident()` gives in the running thread.
pub fn current_ident(vm: &Vm) -> i64 {
    IDENT + 4096 * vm.threads.running
}

/// Starts a thread and runs it until it waits or ends. Gives its ident.
pub fn start(vm: &mut Vm, task: Task) -> i64 {
    vm.threads.started += 1;
    vm.threads.alive += 1;
    let number = vm.threads.started;
    let ident = IDENT + 4096 * number;
    if let Some(handle) = task.handle.some() {
        super::handle::begin(vm, handle, ident);
    }
    let waiting = Waiting {
        number,
        wait: Wait {
            what: For::Time,
            deadline: Some(0),
            turn: 0,
        },
        own: Private::default(),
        words: Vec::new(),
        base: Addr::NULL,
        task,
    };
    run(vm, waiting);
    ident
}

/// Whether the instruction that runs is a call of this native function and nothing else stands between the
/// running thread and the loop: then the call can be made again later.
pub fn is_called_by_loop(vm: &Vm, native: NativeFn) -> bool {
    let Some((op, callable)) = called_here(vm, 1) else {
        return false;
    };
    let row = match vm.type_of(callable) {
        types::METHOD_DESCRIPTOR => descriptor::method_row(vm, callable),
        types::BUILTIN_FUNCTION_OR_METHOD => vm.word(callable, builtin_function::ROW) as usize,
        _ => return false,
    };
    let method = vm.natives[row];
    // `with lock` finds `__exit__` on the stack, and has called the `__enter__` beside it.
    (op == Op::BeforeWith && method.name == "__exit__") || std::ptr::fn_addr_eq(method.call, native)
}

/// The call that the running thread's loop is in: the instruction, and what it calls. `depth` is how many native calls
/// count on the way there, the loop among them.
pub fn called_here(vm: &Vm, depth: u32) -> Option<(Op, Addr)> {
    if vm.threads.running == 0 || vm.native_depth != vm.threads.depth + depth {
        return None;
    }
    let frame = vm.frames.last()?;
    let program = vm.program_ref(frame.code);
    let instruction = program.instructions.get(frame.current())?;
    let callable = vm.field(operands(frame, instruction.op, instruction.arg)?, 0);
    Some((instruction.op, callable))
}

/// Where the operands of a call begin on the stack.
pub fn operands(frame: &Frame, op: Op, arg: u32) -> Option<Addr> {
    let words = match op {
        // While a call with keywords runs, their names are taken off.
        Op::Call | Op::CallKw => u64::from(arg) + 2,
        Op::CallFunctionEx => 3 + u64::from(arg & 1),
        Op::BeforeWith => 1,
        _ => return None,
    };
    Some(frame.sp.before(8 * words))
}

fn is_over(vm: &Vm, wait: &Wait) -> bool {
    let happened = match wait.what {
        For::Time => false,
        For::Word(at) => vm.word(at, 0) == 0,
        For::Handle(handle) => super::handle::is_done(vm, handle),
        For::All => vm.threads.waiting.iter().all(|thread| thread.task.daemon),
    };
    happened
        || wait
            .deadline
            .is_some_and(|deadline| time::clock_now(vm) >= deadline)
}

/// Waits until something happens or the time is up: whether it happened. `native` is the function that asks.
///
/// # Errors
/// The wait that an instruction of a thread has to leave for, and a `RuntimeError` where nothing will ever happen.
pub fn wait(vm: &mut Vm, what: For, timeout_ns: Option<u64>, native: NativeFn) -> PyResult<bool> {
    let again = vm.threads.again.take();
    let is_new = again.is_none();
    let wait = match again {
        Some(wait) => wait,
        None => {
            vm.threads.turns += 1;
            Wait {
                what,
                deadline: timeout_ns.map(|timeout| time::clock_now(vm).saturating_add(timeout)),
                turn: vm.threads.turns,
            }
        }
    };
    // Whoever sleeps lets the others run, even for no time at all.
    let leaves = !is_over(vm, &wait) || is_new && what == For::Time;
    if leaves && is_called_by_loop(vm, native) {
        vm.threads.leaving = Some(Leaving::Wait(wait));
        return Err(Raised);
    }
    wait_inside(vm, &wait)?;
    let happened = match what {
        For::Time => true,
        _ => is_over(
            vm,
            &Wait {
                deadline: None,
                ..wait
            },
        ),
    };
    Ok(happened)
}

/// What the running thread waited for has come without [`wait`] being asked again.
pub fn stops_waiting(vm: &mut Vm) {
    vm.threads.again = None;
}

/// Waits inside the call: the other threads run from here.
fn wait_inside(vm: &mut Vm, wait: &Wait) -> PyResult<()> {
    loop {
        let mine = is_over(vm, wait).then_some(wait.turn);
        let ready = (0..vm.threads.waiting.len())
            .filter(|i| is_over(vm, &vm.threads.waiting[*i].wait))
            .min_by_key(|i| vm.threads.waiting[*i].wait.turn);
        let turn = |i: usize| vm.threads.waiting[i].wait.turn;
        match (mine, ready) {
            (Some(mine), Some(i)) if turn(i) > mine => return Ok(()),
            (Some(_), None) => return Ok(()),
            (_, Some(i)) => {
                let next = vm.threads.waiting.remove(i);
                run(vm, next);
                if vm.stop.is_some() {
                    return Err(Raised);
                }
            }
            (None, None) => {
                let waits = vm.threads.waiting.iter().map(|thread| &thread.wait);
                let first = waits.chain([wait]).filter_map(|wait| wait.deadline).min();
                let Some(first) = first else {
                    return Err(nobody_goes_on(vm));
                };
                time::move_clock_to(vm, first);
                vm.check_deadline()?;
            }
        }
    }
}

#[cold]
fn nobody_goes_on(vm: &mut Vm) -> Raised {
    let text = if vm.threads.alive > 0 {
        "deadlock: every thread waits for another one, and none can go on"
    } else {
        "deadlock: the lock is held, and there is no other thread"
    };
    vm.runtime_error(text)
}

/// Swaps what a thread has for itself with what the machine has.
fn swap(vm: &mut Vm, own: &mut Private) {
    std::mem::swap(&mut vm.frames, &mut own.frames);
    std::mem::swap(&mut vm.exc_value, &mut own.exc_value);
    std::mem::swap(&mut vm.exc_saved, &mut own.exc_saved);
    std::mem::swap(&mut vm.contexts.current, &mut own.context);
    std::mem::swap(&mut vm.asyncio.running_loop, &mut own.running_loop);
    std::mem::swap(&mut vm.heap.pc, &mut own.pc);
}

/// Tells the frame objects of the running frames where these are.
fn place_frames(vm: &mut Vm, are_here: bool) {
    for i in 0..vm.frames.len() {
        if let Some(object) = vm.frames[i].object.some() {
            frame_object::runs_at(vm, object, if are_here { i } else { ELSEWHERE });
        }
    }
}

/// Runs a thread until it waits or ends.
fn run(vm: &mut Vm, mut thread: Waiting) {
    let raised = vm.raised.take();
    place_frames(vm, false);
    let (stack_top, depth) = (vm.stack_top, vm.threads.depth);
    let outer = std::mem::replace(&mut vm.threads.running, thread.number);
    vm.threads.depth = vm.native_depth;
    swap(vm, &mut thread.own);
    let base = vm.stack_top;
    let result = if vm.frames.is_empty() {
        begin(vm, thread.task)
    } else {
        put_back(vm, &thread, base);
        place_frames(vm, true);
        vm.threads.again = Some(thread.wait);
        vm.run_top_frame()
    };
    vm.threads.again = None;
    let leaving = vm.threads.leaving.take();
    if let Some(Leaving::Wait(wait)) = leaving {
        place_frames(vm, false);
        let top = vm.frames.iter().map(|frame| frame.top.0).max();
        let count = top.map_or(0, |top| top.saturating_sub(base.0) / 8);
        thread.words = (0..count).map(|i| vm.word(base, 8 * i)).collect();
        thread.base = base;
        thread.wait = wait;
    }
    swap(vm, &mut thread.own);
    vm.stack_top = stack_top;
    vm.threads.depth = depth;
    vm.threads.running = outer;
    place_frames(vm, true);
    match leaving {
        Some(Leaving::Wait(_)) => vm.threads.waiting.push(thread),
        _ => end(vm, thread, result),
    }
    let newer = std::mem::replace(&mut vm.raised, raised);
    vm.xdecref(newer);
}

/// The first call of a thread. A method comes apart, so that its function is a frame of the thread's first loop.
fn begin(vm: &mut Vm, task: Task) -> PyResult<Own> {
    use crate::python::object::{method, tuple};
    if vm.type_of(task.function) != types::METHOD {
        return vm.call_tuple_dict(task.function, task.args, task.keywords);
    }
    let function = vm.incref(vm.field(task.function, method::FUNC));
    let instance = vm.field(task.function, method::SELF);
    let mut args = vec![instance];
    args.extend(tuple::items(vm, task.args));
    let args = tuple::new(vm, &args);
    let result = vm.call_tuple_dict(function.addr(), args.addr(), task.keywords);
    vm.decref(args);
    vm.decref(function);
    result
}

/// Puts a thread's words on the data stack from `base` on, and has its frames find them there.
fn put_back(vm: &mut Vm, thread: &Waiting, base: Addr) {
    for (i, word) in thread.words.iter().enumerate() {
        vm.set_word(base, 8 * i as u64, *word);
    }
    let moved = |at: Addr| Addr(at.0 - thread.base.0 + base.0);
    for frame in &mut vm.frames {
        if frame.owner == Owner::Thread {
            frame.base = moved(frame.base);
            frame.sp = moved(frame.sp);
        }
        frame.top = moved(frame.top);
    }
    vm.stack_top = vm.frames.last().map_or(base, |frame| frame.top);
}

/// A thread has ended. What it raised is told, as nobody waits for it.
fn end(vm: &mut Vm, thread: Waiting, result: PyResult<Own>) {
    let task = thread.task;
    let outer = std::mem::replace(&mut vm.threads.running, thread.number);
    match result {
        Ok(value) => vm.decref(value),
        Err(Raised) if vm.stop.is_some() => {}
        Err(Raised) if vm.raised_is(types::SYSTEM_EXIT) => vm.clear_raised(),
        Err(Raised) => {
            // The message names the function, and the object is not named again.
            let shown = vm.raised.take();
            let name = vm.repr_text(task.function).unwrap_or_default();
            vm.clear_raised();
            vm.raised = shown;
            let message = format!("Exception ignored in thread started by {name}");
            vm.write_unraisable_message(Some(message), Addr::NULL);
        }
    }
    vm.threads.running = outer;
    super::local::forget(vm, thread.number);
    if let Some(handle) = task.handle.some() {
        super::handle::end(vm, handle);
    }
    vm.threads.alive -= 1;
    for word in [
        thread.own.context,
        thread.own.running_loop,
        task.function,
        task.args,
        task.keywords,
        task.handle,
    ] {
        vm.decref_word(word.0);
    }
}
