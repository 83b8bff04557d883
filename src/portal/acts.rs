//! The server functions: each is a public endpoint and lets nobody in but who may use the link.

use axum::{
    Json,
    extract::{Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{RETRY_AFTER, SET_COOKIE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use leptos::{
    prelude::{
        FromServerFnError, ServerFnErrorErr, expect_context, provide_context, server, use_context,
    },
    server_fn::codec::{self, JsonEncoding},
};
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};

use crate::{
    device,
    failure::{Failure, Refused},
    model::{refusal::Refusal, trouble::Trouble},
    secret::Secret,
    state::AppState,
    store::links::LinkRow,
    visit::Visit,
};

/// What opens the flow in the browser.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Opening {
    /// The inquiry.
    pub inquiry_id: String,
    /// Persona's session token; absent for an inquiry that was never started.
    pub session_token: Option<String>,
}

/// What the server read from Persona.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Verified {
    /// Whether the person has nothing more to do.
    pub is_settled: bool,
}

/// The HTTP status of a refusal.
pub(super) fn status(refusal: Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Gives an answer that is being made the status and headers of a refusal.
fn mark(response: &ResponseOptions, refused: Refused) {
    response.set_status(status(refused.refusal));
    if let Some(seconds) = refused.retry_after {
        response.insert_header(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = (status(self.refusal), Json(&self)).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl FromServerFnError for Refused {
    type Encoder = JsonEncoding;

    /// Whatever the framework could not read was not sent by our page; its text is not repeated.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        let refused = Self::from(Refusal::BadRequest);
        if let Some(response) = use_context::<ResponseOptions>() {
            mark(&response, refused);
        }
        refused
    }
}

/// Resumes the inquiry of a link: the button "Continue verification".
///
/// # Errors
/// [`Refused`], with its status.
#[server(name = ResumeInquiry, prefix = "/api", endpoint = "resume_inquiry", input = codec::Json)]
pub(crate) async fn resume_inquiry(
    link: String,
    #[server(default)] birthdate: Option<String>,
) -> Result<Opening, Refused> {
    let act = Act::begin();
    let opened = async {
        let link = act.link(&link).await?;
        act.state
            .inquiries
            .resume(&link, &act.visit.visitor(birthdate))
            .await
    };
    let opened = opened
        .await
        .map_err(|failure| act.refuse(&failure, "resume"))?;
    act.set_device(&opened.device);
    Ok(Opening {
        inquiry_id: opened.inquiry_id.to_string(),
        session_token: opened.session_token.map(|token| token.expose().to_owned()),
    })
}

/// Has the server read what became of the inquiry. It takes no status from the browser.
///
/// # Errors
/// [`Refused`], with its status.
#[server(name = ReportCompletion, prefix = "/api", endpoint = "report_completion", input = codec::Json)]
pub(crate) async fn report_completion(link: String) -> Result<Verified, Refused> {
    let act = Act::begin();
    let verified = async {
        let link = act.link(&link).await?;
        act.state
            .inquiries
            .verify(&link, &act.visit.visitor(None))
            .await
    };
    let inquiry = verified
        .await
        .map_err(|failure| act.refuse(&failure, "verify"))?;
    Ok(Verified {
        is_settled: inquiry.phase().is_settled(),
    })
}

/// Records trouble in the browser; the link stays usable.
///
/// # Errors
/// [`Refused`], with its status.
#[server(name = ReportTrouble, prefix = "/api", endpoint = "report_trouble", input = codec::Json)]
pub(crate) async fn report_trouble(link: String, trouble: Trouble) -> Result<(), Refused> {
    let act = Act::begin();
    let recorded = async {
        let link = act.link(&link).await?;
        act.state
            .inquiries
            .record_trouble(&link, &act.visit.visitor(None), trouble)
            .await
    };
    recorded
        .await
        .map_err(|failure| act.refuse(&failure, "trouble"))
}

/// Records that the flow is on view.
///
/// # Errors
/// [`Refused`], with its status.
#[server(name = ReportReady, prefix = "/api", endpoint = "report_ready", input = codec::Json)]
pub(crate) async fn report_ready(link: String) -> Result<(), Refused> {
    let act = Act::begin();
    let recorded = async {
        let link = act.link(&link).await?;
        act.state
            .inquiries
            .record_ready(&link, &act.visit.visitor(None))
            .await
    };
    recorded
        .await
        .map_err(|failure| act.refuse(&failure, "ready"))
}

/// Runs the server function that a path names.
pub async fn handle(State(state): State<AppState>, request: Request) -> Response {
    leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request)
        .await
        .into_response()
}

/// What one call of a server function works with.
struct Act {
    state: AppState,
    visit: Visit,
    response: ResponseOptions,
}

impl Act {
    fn begin() -> Self {
        Self {
            state: expect_context(),
            visit: Visit::of(&expect_context::<Parts>()),
            response: expect_context(),
        }
    }

    async fn link(&self, token: &str) -> Result<LinkRow, Failure> {
        super::link::find(&self.state, token).await
    }

    fn refuse(&self, failure: &Failure, act: &'static str) -> Refused {
        let refused = failure.report(act);
        mark(&self.response, refused);
        refused
    }

    fn set_device(&self, secret: &Secret) {
        self.response.insert_header(SET_COOKIE, device::set(secret));
    }
}
