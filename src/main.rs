//! The `leftoff` command.

fn main() -> std::process::ExitCode {
    leftoff::cli::run()
}
