//! Calls on one inquiry: create, retrieve, update, resume, expire.

use crate::answer::Answer;
use crate::document::{Resource, Single};
use crate::inquiry::InquiryAttributes;
use crate::request::Call;
use crate::{
    Client, Error, IdempotencyKey, Inquiry, InquiryId, InquiryPatch, NewInquiry, OneTimeLink,
    SessionToken, Shape,
};

/// What a resume brings.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// The inquiry after it; `pending` if it was expired.
    pub inquiry: Inquiry,
    /// The token with which the person goes on.
    pub session_token: SessionToken,
}

/// What a creation brings.
#[derive(Clone, Debug)]
pub struct Created {
    /// The new inquiry.
    pub inquiry: Inquiry,
    /// The token of its first session, when [`NewInquiry::with_session`] asked for one.
    pub session_token: Option<SessionToken>,
    /// Its link, when [`NewInquiry::with_one_time_link`] asked for one.
    pub one_time_link: Option<OneTimeLink>,
}

impl Client {
    /// Reads an inquiry (docs.withpersona.com/api-reference/inquiries/retrieve-an-inquiry).
    pub async fn retrieve_inquiry(&self, id: &InquiryId, shape: &Shape) -> Result<Inquiry, Error> {
        let call = Call::get("retrieve_inquiry", &["inquiries", id.as_str()]).shape(shape);
        read_inquiry(&self.send(call).await?)
    }

    /// Makes an inquiry; the answer brings no personal data
    /// (docs.withpersona.com/api-reference/inquiries/create-an-inquiry).
    pub async fn create_inquiry(
        &self,
        new: &NewInquiry,
        key: &IdempotencyKey,
    ) -> Result<Created, Error> {
        let call = Call::post("create_inquiry", &["inquiries"])
            .key(key)
            .shape(&Shape::state())
            .body(&new.body());
        let answer = self.send(call).await?;
        let document: Single<Resource<InquiryAttributes>> = answer.json()?;
        Ok(Created {
            one_time_link: OneTimeLink::read(&document.meta)
                .map_err(|what| answer.malformed(what))?,
            inquiry: Inquiry::read(document.data, &document.included)
                .map_err(|what| answer.malformed(what))?,
            session_token: document.meta.session_token.map(SessionToken::new),
        })
    }

    /// Changes an inquiry in any status; the answer brings no personal data
    /// (docs.withpersona.com/api-reference/inquiries/update-an-inquiry).
    pub async fn update_inquiry(
        &self,
        id: &InquiryId,
        patch: &InquiryPatch,
    ) -> Result<Inquiry, Error> {
        let call = Call::patch("update_inquiry", &["inquiries", id.as_str()]);
        read_inquiry(
            &self
                .send(call.shape(&Shape::state()).body(&patch.body()))
                .await?,
        )
    }

    /// Resumes a pending or expired inquiry and brings the token for the person's browser
    /// (docs.withpersona.com/api-reference/inquiries/resume-an-inquiry).
    ///
    /// Persona hands out a session that was made and never opened again before it makes another, so two calls may bring
    /// the same session; 25 sessions are the default limit of an inquiry. A finished or redacted inquiry is a
    /// [`Error::Conflict`]. A `created` one needs no resume: it opens with its identifier alone.
    pub async fn resume_inquiry(
        &self,
        id: &InquiryId,
        key: &IdempotencyKey,
        shape: &Shape,
    ) -> Result<Resumed, Error> {
        let call = Call::post("resume_inquiry", &["inquiries", id.as_str(), "resume"])
            .key(key)
            .shape(shape);
        let answer = self.send(call).await?;
        let document: Single<Resource<InquiryAttributes>> = answer.json()?;
        let token = document
            .meta
            .session_token
            .filter(|token| !secrecy::ExposeSecret::expose_secret(token).is_empty());
        let missing = || Error::MissingSessionToken {
            request_id: answer.request_id.clone(),
        };
        Ok(Resumed {
            session_token: SessionToken::new(token.ok_or_else(missing)?),
            inquiry: Inquiry::read(document.data, &document.included)
                .map_err(|what| answer.malformed(what))?,
        })
    }

    /// Expires an inquiry with its sessions and links; it can still be resumed. The answer brings no personal data
    /// (docs.withpersona.com/api-reference/inquiries/expire-an-inquiry).
    pub async fn expire_inquiry(
        &self,
        id: &InquiryId,
        key: &IdempotencyKey,
    ) -> Result<Inquiry, Error> {
        let call = Call::post("expire_inquiry", &["inquiries", id.as_str(), "expire"]).key(key);
        read_inquiry(&self.send(call.shape(&Shape::state())).await?)
    }
}

/// Reads an answer that holds an inquiry and nothing else of interest.
pub(crate) fn read_inquiry(answer: &Answer) -> Result<Inquiry, Error> {
    let document: Single<Resource<InquiryAttributes>> = answer.json()?;
    Inquiry::read(document.data, &document.included).map_err(|what| answer.malformed(what))
}
