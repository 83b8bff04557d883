//! What a key of the API may do.

/// One thing that a key is made for; it may do nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Reads links.
    LinksRead,
    /// Makes links and takes them back.
    LinksWrite,
    /// Reads inquiries.
    InquiriesRead,
    /// Opens inquiries again, with a link for the person.
    InquiriesResume,
    /// Reads receipts.
    ReceiptsRead,
    /// Reads what happened.
    EventsRead,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 6] = [
        Self::LinksRead,
        Self::LinksWrite,
        Self::InquiriesRead,
        Self::InquiriesResume,
        Self::ReceiptsRead,
        Self::EventsRead,
    ];

    /// The name in the database, in commands, in forms and in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LinksRead => "links:read",
            Self::LinksWrite => "links:write",
            Self::InquiriesRead => "inquiries:read",
            Self::InquiriesResume => "inquiries:resume",
            Self::ReceiptsRead => "receipts:read",
            Self::EventsRead => "events:read",
        }
    }

    /// What it lets a key do, in words.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::LinksRead => "see links and what came of them",
            Self::LinksWrite => "make links and take them back",
            Self::InquiriesRead => "see inquiries: IDs, statuses and times",
            Self::InquiriesResume => "open inquiries again, each with a link for the person",
            Self::ReceiptsRead => "see what was verified",
            Self::EventsRead => "follow what happens",
        }
    }

    /// The scope of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// The scopes that a text names with spaces between; names that we do not know grant nothing.
    #[must_use]
    pub fn parse_all(text: &str) -> Vec<Self> {
        text.split(' ').filter_map(Self::parse).collect()
    }

    /// Scopes as one text, in their order and each once.
    #[must_use]
    pub fn join(scopes: &[Self]) -> String {
        let wanted = Self::ALL.into_iter().filter(|scope| scopes.contains(scope));
        wanted.map(Self::code).collect::<Vec<_>>().join(" ")
    }
}
