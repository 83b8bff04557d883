//! Whatever strangers can send, near to what is right and far from it: nothing fails on our side, and nothing opens.
//!
//! A little of it is a part of every run of the tests; `cargo xtask fuzz` goes on for as long as it is told to.

mod cookies;
mod link_token;
mod near;
mod persona_json;
mod queries;
mod webhook;

use std::{
    cell::Cell,
    env,
    fmt::Debug,
    time::{Duration, Instant},
};

use proptest::{
    strategy::Strategy,
    test_runner::{Config, TestRunner},
};
use tokio::runtime::Runtime;

/// How many inputs each target is given in every run of the tests.
const FEW: u32 = 120;
/// For how many seconds each target runs instead.
const SECONDS: &str = "LEFTOFF_FUZZ_SECONDS";

/// A world of a target, and what runs it.
struct Target<W> {
    name: &'static str,
    runtime: Runtime,
    world: W,
}

impl<W> Target<W> {
    fn new<F: Future<Output = W>>(name: &'static str, world: impl FnOnce() -> F) -> Self {
        let runtime = Runtime::new().unwrap();
        let world = runtime.block_on(world());
        Self {
            name,
            runtime,
            world,
        }
    }

    /// Gives the target one input after the other; of one that fails the smallest is told.
    fn run<S: Strategy>(&self, inputs: &S, check: &impl AsyncFn(&W, S::Value))
    where
        S::Value: Debug,
    {
        let began = Instant::now();
        let seconds = env::var(SECONDS).ok();
        let until = seconds.map(|seconds| Duration::from_secs(seconds.parse().unwrap()));
        let runs = Cell::new(0_u64);
        loop {
            let config = Config {
                cases: FEW,
                failure_persistence: None,
                max_shrink_iters: 500,
                ..Config::default()
            };
            let tested = TestRunner::new(config).run(inputs, |input| {
                runs.set(runs.get() + 1);
                self.runtime.block_on(check(&self.world, input));
                Ok(())
            });
            if let Err(error) = tested {
                panic!("{}, after {} runs: {error}", self.name, runs.get());
            }
            if until.is_none_or(|until| began.elapsed() >= until) {
                break;
            }
        }
        let seconds = began.elapsed().as_secs_f64();
        eprintln!("fuzz {}: {} runs in {seconds:.1} s", self.name, runs.get());
    }
}
