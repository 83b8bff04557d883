//! Who acts, as the audit names them.

use std::fmt;

/// Somebody, or something, that acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of the staff, by ID.
    Staff(String),
    /// Somebody at the command line, by the name that they gave.
    Cli(String),
    /// The company's own software, by the ID of its key.
    Key(String),
    /// Leftoff itself.
    System,
    /// Persona, whose events tell what happened there.
    Persona,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::Cli(name) => write!(f, "cli:{name}"),
            Self::Key(id) => write!(f, "key:{id}"),
            Self::System => f.write_str("system"),
            Self::Persona => f.write_str("persona"),
        }
    }
}
