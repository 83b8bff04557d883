//! What an answer should hold: `include` and sparse `fields`.

use std::borrow::Cow;

use url::Url;

/// The attributes of an inquiry that hold no personal data.
const STATE: [&str; 15] = [
    "status",
    "reference-id",
    "tags",
    "created-at",
    "updated-at",
    "started-at",
    "expires-at",
    "completed-at",
    "failed-at",
    "marked-for-review-at",
    "decisioned-at",
    "expired-at",
    "redacted-at",
    "previous-step-name",
    "next-step-name",
];

type Name = Cow<'static, str>;

/// Which attributes and related objects an answer holds (docs.withpersona.com/response-body).
///
/// The default sends nothing, and Persona then answers with every attribute, personal data among them.
/// Relationships are in an answer whatever its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    include: Vec<Name>,
    fields: Vec<(Name, Vec<Name>)>,
}

impl Shape {
    /// Only what says where an inquiry stands, and no personal data: status, times, steps, reference ID and tags.
    #[must_use]
    pub fn state() -> Self {
        Self::default().fields("inquiry", STATE)
    }

    /// Adds the inquiry's template with its latest published version, to see whether the template moved on.
    #[must_use]
    pub fn with_template(self) -> Self {
        self.include("inquiry-template")
            .fields("inquiry-template", ["name", "status"])
    }

    /// Adds one of the inquiry's fields, such as `birthdate`.
    #[must_use]
    pub fn with_field(self, key: &str) -> Self {
        self.fields("inquiry", [format!("fields.{key}")])
    }

    /// Adds a related object by its relationship's name; one nested level is written with a dot.
    #[must_use]
    pub fn include(mut self, relationship: impl Into<Name>) -> Self {
        self.include.push(relationship.into());
        self
    }

    /// Narrows objects of a type to the attributes named; called again, it adds to them.
    #[must_use]
    pub fn fields<N: Into<Name>>(
        mut self,
        kind: impl Into<Name>,
        names: impl IntoIterator<Item = N>,
    ) -> Self {
        let kind = kind.into();
        let names = names.into_iter().map(Into::into);
        match self.fields.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, known)) => known.extend(names),
            None => self.fields.push((kind, names.collect())),
        }
        self
    }

    /// Writes the shape into a query; brackets and commas are percent-encoded.
    pub(crate) fn append_to(&self, url: &mut Url) {
        if !self.include.is_empty() {
            url.query_pairs_mut()
                .append_pair("include", &self.include.join(","));
        }
        for (kind, names) in &self.fields {
            // An inquiry cannot be read without its status, so a narrow shape asks for it too.
            let status = (kind == "inquiry" && !names.iter().any(|name| name == "status"))
                .then_some("status,");
            let value = status.unwrap_or_default().to_owned() + &names.join(",");
            url.query_pairs_mut()
                .append_pair(&format!("fields[{kind}]"), &value);
        }
    }
}
