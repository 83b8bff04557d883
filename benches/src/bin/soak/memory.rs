//! Memory over time, and whether it grows.

use std::time::Duration;

use anyhow::{Result, ensure};

/// How often the memory is looked at, whatever the length: once a minute in half an hour.
pub(crate) const COUNT: usize = 30;
/// The part of the time after which SQLite's caches are full, and the allocator has seen the busiest moment.
const WARM: f64 = 1.0 / 2.0;
/// The growth that counts as flat, in MB of a whole run of half an hour: what an allocator breathes.
const FLAT: f64 = 6.0;

/// One look.
#[derive(Clone, Copy, Debug)]
struct Sample {
    minutes: f64,
    megabytes: f64,
    visits: u64,
}

/// All looks of a run.
#[derive(Debug)]
pub(crate) struct Samples {
    length: Duration,
    all: Vec<Sample>,
}

impl Samples {
    pub(crate) fn new(length: Duration) -> Self {
        Self {
            length,
            all: Vec::with_capacity(COUNT),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// When the next look is due, from the beginning.
    pub(crate) fn next(&self) -> Duration {
        let next = u32::try_from(self.all.len() + 1).unwrap_or(u32::MAX);
        self.length / u32::try_from(COUNT).unwrap_or(1) * next
    }

    pub(crate) fn take(&mut self, at: Duration, megabytes: f64, visits: u64) {
        self.all.push(Sample {
            minutes: at.as_secs_f64() / 60.0,
            megabytes,
            visits,
        });
    }

    pub(crate) fn print(&self) {
        println!("{:>8} {:>12} {:>10}", "minute", "memory, MB", "people");
        for sample in &self.all {
            let Sample {
                minutes,
                megabytes,
                visits,
            } = sample;
            println!("{minutes:>8.1} {megabytes:>12.1} {visits:>10}");
        }
    }

    /// Fails when memory grows after the warm-up, by the slope of the line that fits best.
    pub(crate) fn judge(&self) -> Result<()> {
        let begin = self.length.as_secs_f64() / 60.0 * WARM;
        let warm: Vec<_> = self.all.iter().filter(|one| one.minutes > begin).collect();
        let slope = slope(&warm);
        let growth = slope * self.length.as_secs_f64() / 60.0;
        println!(
            "after the warm-up memory grows by {slope:+.3} MB a minute, {growth:+.1} MB in the whole run; \
             flat is up to {FLAT} MB"
        );
        ensure!(growth <= FLAT, "memory is not flat");
        Ok(())
    }
}

/// Least squares: MB a minute.
fn slope(samples: &[&Sample]) -> f64 {
    let count = f64::from(u32::try_from(samples.len()).unwrap_or(u32::MAX));
    let mean = |of: fn(&Sample) -> f64| samples.iter().map(|one| of(one)).sum::<f64>() / count;
    let (at, size) = (mean(|one| one.minutes), mean(|one| one.megabytes));
    let both = |one: &&Sample| (one.minutes - at) * (one.megabytes - size);
    let above: f64 = samples.iter().map(both).sum();
    let below: f64 = samples.iter().map(|one| (one.minutes - at).powi(2)).sum();
    above / below
}
