//! The machine, in a line: figures are of it alone.

use std::{fs, thread::available_parallelism};

/// Its processors, memory and kernel, as far as Linux tells.
#[must_use]
pub fn describe() -> String {
    let processors = available_parallelism().map_or(0, usize::from);
    let model = value("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    let memory = value("/proc/meminfo", "MemTotal").and_then(|text| {
        let kib: f64 = text.split_whitespace().next()?.parse().ok()?;
        Some(kib * 1024.0 / 1e9)
    });
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "Machine: {processors} × {model}, {:.0} GB, Linux {}",
        memory.unwrap_or_default(),
        kernel.trim()
    )
}

/// What stands behind a name and a colon.
fn value(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = pairs.find(|(found, _)| found.trim() == name)?;
    Some(value.trim().to_owned())
}
