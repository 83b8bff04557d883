//! What the benchmarks share: servers in processes of their own, load, a crowd, and how to read what they cost.

pub mod automation;
pub mod crowd;
pub mod history;
pub mod load;
pub mod process;
pub mod running;
pub mod staff;
pub mod table;
