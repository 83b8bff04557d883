//! The browser that the tests drive, and the fonts that their pictures need.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::apt;
use crate::workspace::{Workspace, read, run};

/// Names the browser to use instead of the one we would find.
pub(crate) const VARIABLE: &str = "LEFTOFF_CHROMIUM";
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// Letters for the languages of the portal, Arabic among them.
const FONTS: &str = "fonts-noto-core";

const DIRECTIONS: &str =
    "the browser tests need Chromium and fonts for Arabic; install them and try again:
  Fedora:  sudo dnf install chromium google-noto-sans-arabic-fonts
  Arch:    sudo pacman -S chromium noto-fonts
  macOS:   brew install --cask google-chrome
If the browser has another place, name it in LEFTOFF_CHROMIUM.";

#[derive(Debug, PartialEq)]
enum System {
    Debian,
    Ubuntu,
    Other,
}

/// Installs what is missing, and gives the browser's path.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    match System::from_os_release(&release) {
        System::Debian => apt::ensure(workspace, &["chromium", FONTS])?,
        System::Ubuntu => {
            apt::ensure(workspace, &[FONTS])?;
            return find().map_or_else(|| install_with_playwright(workspace), Ok);
        }
        System::Other => {}
    }
    find().context(DIRECTIONS)
}

/// Ubuntu's own Chromium is a snap that tests cannot drive; Playwright fetches one that they can.
fn install_with_playwright(workspace: &Workspace) -> Result<PathBuf> {
    const ASK_PATH: &str = "require('playwright-core').chromium.executablePath()";
    run(workspace
        .command("end2end/node_modules/.bin/playwright")
        .args(["install", "--with-deps", "chromium"]))?;
    let path = read(
        workspace
            .command("node")
            .current_dir(workspace.path("end2end"))
            .args(["--print", ASK_PATH]),
    );
    path.map(PathBuf::from)
        .context("Playwright does not say where its Chromium is")
}

fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE) {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let paths = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let on_mac = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    paths
        .chain([on_mac.to_path_buf()])
        .find(|path| path.is_file() && !is_snap(path))
}

/// Also true of `/usr/bin/chromium-browser` on Ubuntu, a script that only asks for the snap.
fn is_snap(path: &Path) -> bool {
    path.starts_with("/snap") || path == Path::new("/usr/bin/chromium-browser")
}

impl System {
    fn from_os_release(text: &str) -> Self {
        let names: Vec<&str> = text
            .lines()
            .filter_map(|line| {
                line.strip_prefix("ID=")
                    .or_else(|| line.strip_prefix("ID_LIKE="))
            })
            .flat_map(|value| value.trim_matches('"').split_whitespace())
            .collect();
        if names.contains(&"ubuntu") {
            Self::Ubuntu
        } else if names.contains(&"debian") {
            Self::Debian
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::System;

    #[test]
    fn debian_is_known_by_its_id() {
        assert_eq!(
            System::from_os_release("NAME=\"Debian GNU/Linux\"\nID=debian\n"),
            System::Debian
        );
    }

    #[test]
    fn ubuntu_is_not_taken_for_the_debian_it_is_like() {
        assert_eq!(
            System::from_os_release("ID=ubuntu\nID_LIKE=debian\n"),
            System::Ubuntu
        );
        assert_eq!(
            System::from_os_release("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            System::Ubuntu
        );
    }

    #[test]
    fn unknown_system_gets_directions_only() {
        assert_eq!(System::from_os_release(""), System::Other);
        assert_eq!(System::from_os_release("ID=fedora\n"), System::Other);
    }
}
