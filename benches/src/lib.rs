//! What the benchmarks share: servers in processes of their own, load, a crowd, and how to read what they cost.

pub mod automation;
pub mod browser;
pub mod crowd;
pub mod history;
pub mod indexes;
pub mod linked;
pub mod load;
pub mod machine;
pub mod peers;
pub mod process;
pub mod rounds;
pub mod running;
pub mod staff;
pub mod table;
