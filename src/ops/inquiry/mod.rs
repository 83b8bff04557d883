//! An inquiry: where it stands, what happened to it, and what can be done about it.

mod advice;
mod confirm;
mod draft;
mod expire;
mod facts;
mod links;
mod made;
mod mail;
mod names;
mod panel;
mod refresh;
mod resume;
mod sessions;
mod show;
mod timeline;

use super::{page, refused, route::Route, time};
use crate::{model::role::Act, paths};

/// The page of an inquiry and its acts.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::INQUIRY, Act::SeeInquiry, show::show),
        Route::act(paths::RESUME, Act::Resume, resume::make),
        Route::act(paths::REFRESH, Act::Refresh, refresh::refresh),
        Route::act(
            paths::EXPIRE_SESSIONS,
            Act::ExpireSessions,
            sessions::expire,
        ),
        Route::page(paths::EXPIRE_INQUIRY, Act::ExpireInquiry, expire::ask),
        Route::act(paths::EXPIRE_INQUIRY, Act::ExpireInquiry, expire::expire),
        Route::page(paths::REVOKE_LINK, Act::RevokeLink, links::ask),
        Route::act(paths::REVOKE_LINK, Act::RevokeLink, links::revoke),
        Route::act(paths::PREVIEW_MAIL, Act::Mail, mail::preview),
        Route::act(paths::MAIL_LINK, Act::Mail, mail::send),
    ]
}
