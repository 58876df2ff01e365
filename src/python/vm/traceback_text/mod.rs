//! An exception as CPython prints it: the chain of causes, boxes of groups, stacks, last lines.
//! CPython 3.13: Lib/traceback.py, `TracebackException`.

mod last_line;
mod stack;
mod suggestion;

use super::Vm;
use crate::python::memory::Addr;
use crate::python::object::{NONE, exception, flags, str, tuple, types};

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
/// The most exceptions of a group that are shown.
const GROUP_WIDTH_MAX: usize = 15;
/// The deepest group in a group that is shown.
const GROUP_DEPTH_MAX: usize = 10;

/// An exception and what belongs to it, by their places in a list.
struct Node {
    exception: Addr,
    /// `str()` of it with a suggestion, asked for once.
    message: String,
    cause: Option<usize>,
    context: Option<usize>,
    /// What a group holds; `None` for what is no group.
    exceptions: Option<Vec<usize>>,
}

/// The state while exceptions become text.
struct Printer {
    nodes: Vec<Node>,
    group_depth: usize,
    /// The box of the last exception of a group is to be closed by whoever ends first.
    need_close: bool,
    /// Pieces, each of which CPython prints by itself.
    pieces: Vec<String>,
}

impl Vm {
    /// The type of an exception as a traceback names it: with its module, unless that goes without saying.
    pub(crate) fn exception_type_name(&mut self, raised: Addr) -> String {
        let ty = self.type_of(raised);
        let qualname = self.attribute_text(ty, "__qualname__");
        let module = self.attribute_text(ty, "__module__");
        let name = qualname.unwrap_or_else(|| self.type_data(ty).name.to_string());
        match module.as_deref() {
            Some("builtins") => name,
            Some("__main__") if !self.profile.errors_name_main => name,
            Some(module) => format!("{module}.{name}"),
            None => format!("<unknown>.{name}"),
        }
    }

    /// An attribute that is a string, without raising.
    fn attribute_text(&mut self, object: Addr, name: &str) -> Option<String> {
        let value = match self.get_attr_name(object, name) {
            Ok(value) => value,
            Err(_) => {
                self.clear_raised();
                return None;
            }
        };
        let text = self
            .has_flag(value.addr(), flags::UNICODE_SUBCLASS)
            .then(|| str::to_rust(self, value.addr()));
        self.decref(value);
        text
    }

    /// `traceback.format_exception(raised)` as one text.
    pub fn traceback_text(&mut self, raised: Addr) -> String {
        self.traceback_pieces(raised).concat()
    }

    /// The same in the pieces that CPython prints one by one.
    pub(crate) fn traceback_pieces(&mut self, raised: Addr) -> Vec<String> {
        let saved = self.raised.take();
        let mut printer = Printer {
            nodes: self.exception_nodes(raised),
            group_depth: 0,
            need_close: false,
            pieces: Vec::new(),
        };
        self.print_chain(&mut printer, 0);
        self.settle_dropped();
        self.raised = saved;
        printer.pieces
    }

    /// The exception, what it came from, and what its groups hold; each exception once.
    fn exception_nodes(&mut self, raised: Addr) -> Vec<Node> {
        let mut seen = vec![raised];
        let mut nodes = vec![self.exception_node(raised)];
        let mut queue = vec![0];
        while let Some(at) = queue.pop() {
            let exception = nodes[at].exception;
            let mut add_new = |vm: &mut Vm, found: Addr| {
                if found.is_null() || found == NONE || seen.contains(&found) {
                    return None;
                }
                seen.push(found);
                nodes.push(vm.exception_node(found));
                Some(nodes.len() - 1)
            };
            let cause = self.field(exception, exception::offsets::CAUSE);
            let cause = add_new(self, cause);
            let mut context = None;
            if cause.is_none() && !self.suppresses_context(exception) {
                let found = self.field(exception, exception::offsets::CONTEXT);
                context = add_new(self, found);
            }
            let mut members = None;
            if let Some(found) = self.group_members(exception) {
                members = Some(
                    found
                        .into_iter()
                        .map(|member| {
                            seen.push(member);
                            nodes.push(self.exception_node(member));
                            nodes.len() - 1
                        })
                        .collect::<Vec<usize>>(),
                );
            }
            queue.extend(cause);
            queue.extend(context);
            queue.extend(members.iter().flatten());
            let node = &mut nodes[at];
            (node.cause, node.context, node.exceptions) = (cause, context, members);
        }
        nodes
    }

    fn exception_node(&mut self, exception: Addr) -> Node {
        let mut message = self.message_of(exception);
        self.add_suggestion(exception, &mut message);
        Node {
            exception,
            message,
            cause: None,
            context: None,
            exceptions: None,
        }
    }

    /// `str()` of an exception, in words when that fails.
    fn message_of(&mut self, exception: Addr) -> String {
        str::text_of(self, exception).unwrap_or_else(|_| {
            self.clear_raised();
            "<exception str() failed>".to_owned()
        })
    }

    fn suppresses_context(&self, exception: Addr) -> bool {
        let at = exception.at(exception::offsets::SUPPRESS_CONTEXT);
        self.heap.space.byte(at) != 0
    }

    /// The exceptions of a group, borrowed.
    fn group_members(&self, exception: Addr) -> Option<Vec<Addr>> {
        self.type_check(exception, types::BASE_EXCEPTION_GROUP)
            .then(|| tuple::items(self, self.field(exception, exception::group::EXCEPTIONS)))
    }

    /// The exceptions before this one, then this one.
    fn print_chain(&mut self, printer: &mut Printer, at: usize) {
        let mut chain = Vec::new();
        let mut current = Some(at);
        while let Some(at) = current {
            let node = &printer.nodes[at];
            let (message, next) = if node.cause.is_some() {
                (Some(CAUSE), node.cause)
            } else if node.context.is_some() {
                (Some(CONTEXT), node.context)
            } else {
                (None, None)
            };
            chain.push((message, at));
            current = next;
        }
        for (message, at) in chain.into_iter().rev() {
            if let Some(message) = message {
                printer.emit(message);
            }
            match printer.nodes[at].exceptions.clone() {
                None => self.print_one(printer, at, "Traceback", '|'),
                Some(_) if printer.group_depth > GROUP_DEPTH_MAX => {
                    printer.emit(&format!("... (max_group_depth is {GROUP_DEPTH_MAX})\n"));
                }
                Some(members) => self.print_group(printer, at, &members),
            }
        }
    }

    /// The stack of an exception, if it has one, and its last lines.
    fn print_one(&mut self, printer: &mut Printer, at: usize, title: &str, margin: char) {
        let exception = printer.nodes[at].exception;
        let stack = self.stack_pieces(exception);
        if !stack.is_empty() {
            printer.emit_beside(&format!("{title} (most recent call last):\n"), margin);
        }
        for piece in stack {
            printer.emit(&piece);
        }
        let message = std::mem::take(&mut printer.nodes[at].message);
        for piece in self.last_lines(exception, &message) {
            printer.emit(&piece);
        }
        printer.nodes[at].message = message;
    }

    fn print_group(&mut self, printer: &mut Printer, at: usize, members: &[usize]) {
        let is_outermost = printer.group_depth == 0;
        printer.group_depth += usize::from(is_outermost);
        let margin = if is_outermost { '+' } else { '|' };
        self.print_one(printer, at, "Exception Group Traceback", margin);
        printer.need_close = false;
        let shown = members.len().min(GROUP_WIDTH_MAX + 1);
        for (i, &member) in members.iter().take(shown).enumerate() {
            let is_last = i + 1 == shown;
            // What the member prints may close the box before this does.
            printer.need_close |= is_last;
            let is_rest = i == GROUP_WIDTH_MAX;
            let title = if is_rest {
                "...".to_owned()
            } else {
                (i + 1).to_string()
            };
            let corner = if i == 0 { "+-" } else { "  " };
            let line = format!(
                "{}{corner}+---------------- {title} ----------------\n",
                printer.indent()
            );
            printer.pieces.push(line);
            printer.group_depth += 1;
            if is_rest {
                let rest = members.len() - GROUP_WIDTH_MAX;
                let s = if rest > 1 { "s" } else { "" };
                printer.emit(&format!("and {rest} more exception{s}\n"));
            } else {
                self.print_chain(printer, member);
            }
            if is_last && printer.need_close {
                let line = format!(
                    "{}+------------------------------------\n",
                    printer.indent()
                );
                printer.pieces.push(line);
                printer.need_close = false;
            }
            printer.group_depth -= 1;
        }
        printer.group_depth -= usize::from(is_outermost);
    }
}

impl Printer {
    fn indent(&self) -> String {
        "  ".repeat(self.group_depth)
    }

    /// Adds a piece, inside the boxes that are open.
    fn emit(&mut self, text: &str) {
        self.emit_beside(text, '|');
    }

    fn emit_beside(&mut self, text: &str, margin: char) {
        if self.group_depth == 0 {
            self.pieces.push(text.to_owned());
            return;
        }
        let lead = format!("{}{margin} ", self.indent());
        let lines = text.split_inclusive('\n');
        self.pieces
            .push(lines.map(|line| format!("{lead}{line}")).collect());
    }
}
