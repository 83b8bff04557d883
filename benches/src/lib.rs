//! What the benchmarks share: servers in processes of their own, load, and how to read what they cost.

pub mod load;
pub mod process;
pub mod table;
