//! The `leftoff` command.

/// Many small pieces are made and thrown away with each page; this one is quicker at it than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    leftoff::cli::run()
}
