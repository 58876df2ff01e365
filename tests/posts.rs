//! A test for every block of every post in `content/`: its claims hold, it ends as it says, and its result is the one
//! that somebody reviewed (`cargo insta review`). And one for each post: nothing else is wrong with it.

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use gieok::book::{Book, Checked, Entry};
use gieok::diagnostic::{Diagnostic, Style, render};
use gieok::post::Block;
use gieok::run::{Plan, audited_engine};
use gieok::verify::snapshot;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = Book::open(root).expect("the book of this repository can be read");
    assert!(book.unreadable.is_empty(), "{:?}", book.unreadable);
    let plans = book.entries.iter().map(|entry| {
        let plan = book.plan(entry, None);
        plan.expect("there are engines for the versions that the post asks for")
    });
    let plans: Vec<Plan> = plans.collect();
    // A post is run once for all of its tests, and only if one of them is asked for.
    let posts = book.entries.into_iter().zip(plans).map(|(entry, plan)| {
        Arc::new(Tested {
            entry,
            plan,
            checked: OnceLock::new(),
        })
    });
    let trials = posts.flat_map(trials_of).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

struct Tested {
    entry: Entry,
    plan: Plan,
    checked: OnceLock<Checked>,
}

impl Tested {
    fn checked(&self) -> &Checked {
        self.checked.get_or_init(|| {
            let run = |version: &str| {
                let engine = audited_engine(version).expect("the plan has versions with an engine");
                self.plan.run(&self.entry.post, engine.as_ref())
            };
            let runs = self.plan.versions().into_iter().map(run).collect();
            Checked::of(&self.entry, &self.plan, runs)
        })
    }

    fn fail_with(&self, diagnostics: Vec<Diagnostic>) -> Result<(), Failed> {
        if diagnostics.is_empty() {
            Ok(())
        } else {
            Err(render(&self.entry.post.source, &diagnostics, Style::Plain).into())
        }
    }
}

fn trials_of(tested: Arc<Tested>) -> Vec<Trial> {
    let page = tested.entry.page.display().to_string();
    let form = Arc::clone(&tested);
    let mut trials = vec![Trial::test(format!("{page}::form"), move || {
        form.fail_with(outside_blocks(&form))
    })];
    let blocks: Vec<Block> = tested.entry.post.runnable().cloned().collect();
    trials.extend(blocks.into_iter().map(|block| {
        let tested = Arc::clone(&tested);
        Trial::test(format!("{page}::{}", block.id), move || {
            check_block(&tested, &block)
        })
    }));
    trials
}

/// What is wrong with the post that no block's test tells.
fn outside_blocks(tested: &Tested) -> Vec<Diagnostic> {
    let in_block = |diagnostic: &Diagnostic| {
        tested
            .entry
            .post
            .runnable()
            .any(|block| block.span.contains(diagnostic.span.start))
    };
    tested
        .entry
        .post
        .diagnostics
        .iter()
        .filter(|diagnostic| !in_block(diagnostic))
        .cloned()
        .collect()
}

fn check_block(tested: &Tested, block: &Block) -> Result<(), Failed> {
    let checked = tested.checked();
    let mut diagnostics = checked.diagnostics(&tested.entry);
    diagnostics.retain(|diagnostic| block.span.contains(diagnostic.span.start));
    tested.fail_with(diagnostics)?;
    let ran = checked.ran(block.index);
    if ran.is_empty() {
        return Err("the block did not run".into());
    }
    for (version, result) in &ran {
        if !result.audit.is_empty() {
            let audit = result.audit.join("\n");
            return Err(format!("wrong reference counts under {version}:\n{audit}").into());
        }
    }
    if !block.unstable {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("snapshots")
                .join(&tested.entry.page),
        );
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(block.id.as_str(), snapshot::text_of(&ran)));
    }
    Ok(())
}
