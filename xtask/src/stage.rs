//! Stages of a test run: a heading, a timer, and a table at the end.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

/// What came of the stages so far.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    time: Duration,
    passed: bool,
}

impl Report {
    /// Runs one stage and notes what came of it; a failure does not keep the next from running.
    pub(crate) fn run<T>(
        &mut self,
        name: &'static str,
        stage: impl FnOnce() -> Result<T>,
    ) -> Option<T> {
        eprintln!("\n==> {name}");
        let start = Instant::now();
        let outcome = stage();
        let row = Row {
            name,
            time: start.elapsed(),
            passed: outcome.is_ok(),
        };
        if let Err(error) = &outcome {
            eprintln!("{error:#}");
        }
        eprintln!("<== {row}");
        self.rows.push(row);
        outcome.ok()
    }

    /// Notes a stage that could not run: it counts as failed.
    pub(crate) fn miss(&mut self, name: &'static str) {
        self.run::<()>(name, || {
            anyhow::bail!("not run, because a stage before it failed")
        });
    }

    /// Prints the table, and fails if any stage did.
    pub(crate) fn finish(self) -> Result<()> {
        eprintln!();
        for row in &self.rows {
            eprintln!("{row}");
        }
        let failed: Vec<&str> = self
            .rows
            .iter()
            .filter(|row| !row.passed)
            .map(|row| row.name)
            .collect();
        ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
        eprintln!("All {} stages passed.", self.rows.len());
        Ok(())
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let outcome = if self.passed { "passed" } else { "FAILED" };
        write!(
            f,
            "{outcome}  {:<18} {:>7.1} s",
            self.name,
            self.time.as_secs_f64()
        )
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use anyhow::bail;

    use super::Report;

    #[test]
    fn report_passes_when_every_stage_did() {
        let mut report = Report::default();
        assert_eq!(report.run("one", || Ok(1)), Some(1));
        assert!(report.finish().is_ok());
    }

    #[test]
    fn one_failed_stage_fails_the_report_by_name() {
        let mut report = Report::default();
        report.run::<()>("one", || bail!("broken"));
        report.run("two", || Ok(()));
        assert_eq!(report.finish().unwrap_err().to_string(), "failed: one");
    }

    #[test]
    fn stage_that_could_not_run_counts_as_failed() {
        let mut report = Report::default();
        report.miss("three");
        assert_eq!(report.finish().unwrap_err().to_string(), "failed: three");
    }
}
