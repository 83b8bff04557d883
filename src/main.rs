//! The `leftoff` command.

/// Many small pieces are made and thrown away with each page and in SQLite; this one is quicker at it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    stay_small();
    leftoff::cli::run()
}

/// Some systems give memory in pieces of 2 MB even to who does not ask for them, and an idle server uses a third of each;
/// in pieces of 4 KB it holds no more than it uses. A system that cannot do that goes on as it was.
#[cfg(target_os = "linux")]
fn stay_small() {
    rustix::thread::disable_transparent_huge_pages(true).ok();
}

#[cfg(not(target_os = "linux"))]
const fn stay_small() {}
