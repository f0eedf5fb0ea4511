//! Runs one target: the corpus first, then inputs made of it and of the target's grammar, until the
//! time is up.
//!
//! There is no coverage on stable Rust. In its place a target names what an input led to (an answer,
//! a kind of error); inputs that led somewhere new are kept and changed further.
//!
//! Environment: `FUZZ_SECONDS` (1), `FUZZ_SEED` (from the clock), `FUZZ_INPUT` (a file: only that is run).

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crate::files::{self, Current};
use crate::minimise::minimise;
use crate::mutate;
use crate::random::Random;
use crate::usage;

/// What an input led to, in as few different texts as distinguish what is worth exploring.
pub type Observation = String;

/// One reader of what others wrote, with its grammar and its rules.
pub trait Target {
    /// Names the target's folders.
    fn name(&self) -> &'static str;

    /// A new input, of the grammar or close to it.
    fn generate(&mut self, random: &mut Random) -> Vec<u8>;

    /// Feeds an input. Panics when a rule does not hold.
    fn check(&mut self, input: &[u8]) -> Observation;

    /// Beginnings of what inputs must have led to at the end of a run: a grammar that no longer
    /// reaches what it tests is a failure.
    fn must_find(&self) -> &'static [&'static str];
}

/// A run goes on beyond its time until it has found what it must, for so many inputs at most.
const MAX_OVERTIME_INPUTS: usize = 3_000;
/// Inputs that led somewhere new, at most.
const MAX_KEPT: usize = 1_000;
/// Longer inputs are not changed further.
const MAX_KEPT_BYTES: usize = 64 * 1024;
/// Bytes of an input at most.
const MAX_INPUT_BYTES: usize = 32 << 20;
/// Processor time one input may take in this thread, unoptimised and on a busy machine.
const MAX_CPU: Duration = Duration::from_secs(5);
/// One input may take this long altogether before the run is ended.
const MAX_WAIT: Duration = Duration::from_mins(1);
/// Memory the process may reach: what one input leads to stays far below.
const MAX_MEMORY_KIB: u64 = 1 << 20;

/// Runs a target by the environment's settings.
///
/// # Panics
/// When a rule did not hold; the input is saved then, and the message says how to repeat it.
pub fn run(target: &mut dyn Target) {
    if let Some(path) = std::env::var_os("FUZZ_INPUT").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        let input = std::fs::read(&path).expect("FUZZ_INPUT names a file");
        println!("{}: {}", path.display(), target.check(&input));
        return;
    }
    Run::new(target).go();
}

struct Run<'a> {
    target: &'a mut dyn Target,
    random: Random,
    seed: u64,
    kept: Vec<Vec<u8>>,
    found: BTreeSet<Observation>,
    current: Current,
    alive: Sender<()>,
    tried: usize,
}

impl<'a> Run<'a> {
    fn new(target: &'a mut dyn Target) -> Self {
        let seed = number("FUZZ_SEED").unwrap_or_else(|| RandomState::new().hash_one(()));
        let current = Current::create(target.name());
        let alive = watch(current.path().to_owned());
        let random = Random::from_seed(seed);
        Self {
            target,
            random,
            seed,
            kept: Vec::new(),
            found: BTreeSet::new(),
            current,
            alive,
            tried: 0,
        }
    }

    fn go(mut self) {
        let name = self.target.name();
        println!("{name}: FUZZ_SEED={}", self.seed);
        for (_, input) in files::corpus(name) {
            self.try_one(input);
        }
        let time = Duration::from_secs(number("FUZZ_SECONDS").unwrap_or(1));
        let started = Instant::now();
        while started.elapsed() < time
            || (self.missing().is_some() && self.tried < MAX_OVERTIME_INPUTS)
        {
            let input = self.next();
            self.try_one(input);
        }
        let (tried, seed) = (self.tried, self.seed);
        println!("{name}: {tried} inputs led to {} different things", self.found.len());
        if let Some(needed) = self.missing() {
            panic!("{name}: nothing led to {needed:?} (FUZZ_SEED={seed}): {:#?}", self.found);
        }
        self.current.remove();
    }

    /// What must be found and is not yet.
    fn missing(&self) -> Option<&'static str> {
        let is_found = |needed: &str| self.found.iter().any(|found| found.starts_with(needed));
        self.target.must_find().iter().copied().find(|needed| !is_found(needed))
    }

    fn next(&mut self) -> Vec<u8> {
        if self.kept.is_empty() || !self.random.one_in(3) {
            return self.target.generate(&mut self.random);
        }
        let (one, other) = (self.random.below(self.kept.len()), self.random.below(self.kept.len()));
        mutate::bytes(&mut self.random, &self.kept[one], &self.kept[other])
    }

    fn try_one(&mut self, mut input: Vec<u8>) {
        // Many times what any door takes. Of more, compressing it for the test would take longer
        // than the test allows.
        input.truncate(MAX_INPUT_BYTES);
        self.tried += 1;
        self.current.put(&input);
        // The watcher ends with the run only.
        let _ = self.alive.send(());
        match check(self.target, &input) {
            Ok(found) => {
                if self.found.insert(found)
                    && self.kept.len() < MAX_KEPT
                    && input.len() <= MAX_KEPT_BYTES
                {
                    self.kept.push(input);
                }
            }
            Err(why) => self.fail(&input, &why),
        }
    }

    fn fail(&mut self, input: &[u8], why: &str) -> ! {
        let name = self.target.name();
        let saved = files::save_failure(name, input);
        let is_same = |other: &str| kind(other) == kind(why);
        let least = minimise(input, |shorter| {
            check(self.target, shorter).is_err_and(|other| is_same(&other))
        });
        let path =
            if least.len() < input.len() { files::save_failure(name, &least) } else { saved };
        panic!(
            "{name}: {why}\ninput {} (FUZZ_SEED={}):\n{}\nrepeat it: make fuzz TARGET={name} INPUT={}\n\
             keep it, once mended: move it to fuzz/corpus/{name}/",
            self.tried,
            self.seed,
            String::from_utf8_lossy(&least[..least.len().min(2_000)]),
            path.display(),
        );
    }
}

/// Feeds one input; an error is what did not hold.
fn check(target: &mut dyn Target, input: &[u8]) -> Result<Observation, String> {
    let before = usage::processor_time();
    let found = catch_unwind(AssertUnwindSafe(|| target.check(input)));
    let taken = usage::processor_time().saturating_sub(before);
    let found = found.map_err(|panic| message(&*panic))?;
    if taken > MAX_CPU {
        return Err(format!("took {taken:?} of processor time"));
    }
    let peak = usage::peak_memory_kib();
    if peak > MAX_MEMORY_KIB {
        return Err(format!("the process grew to {peak} KiB"));
    }
    Ok(found)
}

/// What a failure is about: a smaller input is to fail for the same reason.
fn kind(why: &str) -> String {
    why.lines()
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|it| it.is_alphabetic())
        .take(40)
        .collect()
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panicked").to_owned()
}

/// Ends the process when an input takes for ever. What is sent says that the last one did not.
fn watch(current: PathBuf) -> Sender<()> {
    let (alive, signs) = mpsc::channel();
    std::thread::spawn(move || {
        loop {
            match signs.recv_timeout(MAX_WAIT) {
                Ok(()) => {}
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    eprintln!("an input takes longer than {MAX_WAIT:?}: {}", current.display());
                    std::process::abort();
                }
            }
        }
    });
    alive
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} must be a number")))
}
